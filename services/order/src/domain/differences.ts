import type { OrderLine, PaymentToken, Personal, ShipGroup } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';
import type { PlacedData, Placing } from './state';

/** What a channel may not change by sending its order again. Not our own part: policies, ids, seals. */
const compared = ['customerId', 'currency', 'locale', 'taxIncluded', 'totals', 'priority', 'instructions', 'placedAt'] as const;

/** Equal as JSON, whatever the order of names: a store may have changed it. */
export const sameValue = (one: unknown, other: unknown): boolean => {
  if (!isObject(one) || !isObject(other)) return one === other;
  const names = definedNames(one);
  return names.length === definedNames(other).length && names.every((name) => sameValue(one[name], other[name]));
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const definedNames = (value: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.keys(value).filter((name) => value[name] !== undefined);

const differs = (field: string): FieldError => ({ field, code: 'DIFFERS', message: 'It was received with another value before.' });

/** Which list a price is from is our own word, and lists change. */
const asTold = (line: OrderLine | undefined): Omit<OrderLine, 'priceList'> | undefined => {
  if (!line) return undefined;
  const { priceList: _, ...told } = line;
  return told;
};

const linesThatDiffer = (placed: PlacedData['lines'], again: PlacedData['lines']): readonly string[] =>
  eachOf(placed, again)
    .filter((i) => !sameValue(asTold(placed[i]), asTold(again[i])))
    .map((i) => `lines[${i}]`);

/** In the words of requests. An order that goes to one place says that as `shipTo`, and what it costs and promises as `shipping`. */
const fieldOf = (groups: number, i: number, field: 'shipTo' | 'shipping'): string => (groups === 1 ? field : `shipGroups[${i}].${field}`);

const eachOf = <Each>(one: readonly Each[], other: readonly Each[]): readonly number[] =>
  Array.from({ length: Math.max(one.length, other.length) }, (_, i) => i);

const groupThatDiffers = (placed: ShipGroup | undefined, again: ShipGroup | undefined): readonly ('shipTo' | 'shipping')[] => {
  const { destination, personal, ...terms } = placed ?? {};
  const { destination: elsewhere, personal: other, ...otherTerms } = again ?? {};
  const isThere = sameValue(destination, elsewhere) && (personal === undefined) === (other === undefined);
  return [...(isThere ? [] : (['shipTo'] as const)), ...(sameValue(terms, otherTerms) ? [] : (['shipping'] as const))];
};

const groupsThatDiffer = (placed: readonly ShipGroup[], again: readonly ShipGroup[]): readonly string[] =>
  eachOf(placed, again).flatMap((i) =>
    groupThatDiffers(placed[i], again[i]).map((field) => fieldOf(Math.max(placed.length, again.length), i, field)),
  );

/** What a single payment pays is the total. */
const unsealed = ({ payments }: Pick<PlacedData, 'payments'>): readonly unknown[] =>
  payments.map(({ token, amount, ...payment }) => ({
    ...payment,
    ...(payments.length > 1 ? { amount } : {}),
    hasToken: token !== undefined,
  }));

/** Where an order that is sent again is not the one that was placed. A repeat without a time of its own means the time it was placed. */
export const differences = (placed: PlacedData, again: Placing): readonly string[] => [
  ...compared.filter((field) => !(field === 'placedAt' && again.placedAt === undefined) && !sameValue(placed[field], again[field])),
  ...(sameValue(unsealed(placed), unsealed(again)) ? [] : ['payment']),
  ...groupsThatDiffer(placed.shipGroups, again.shipGroups),
  ...linesThatDiffer(placed.lines, again.lines),
];

/** What is sealed, and what requests call it. */
const personalFields = [
  ['name', 'customer.name'],
  ['email', 'customer.email'],
  ['phone', 'customer.phone'],
  ['address', 'shipTo'],
] as const;

/** The same for what is sealed, once both are open. */
export const personalDifferences = (kept: Personal, again: Personal): readonly string[] =>
  personalFields.filter(([name]) => !sameValue(kept[name], again[name])).map(([, field]) => field);

/** Who receives each ship group; nobody where it is who bought it. */
export const recipientDifferences = (
  kept: readonly (Personal | undefined)[],
  again: readonly (Personal | undefined)[],
): readonly string[] => eachOf(kept, again).flatMap((i) => (sameValue(kept[i], again[i]) ? [] : [fieldOf(again.length, i, 'shipTo')]));

export const tokenDifferences = (kept: readonly (PaymentToken | undefined)[], again: readonly (string | undefined)[]): readonly string[] =>
  kept.every((each, i) => each?.token === again[i]) ? [] : ['payment'];

export const refuseDifferences = (fields: readonly string[]): void => {
  const different = [...new Set(fields)];
  if (different.length === 0) return;
  const named = `${different.slice(0, 10).join(', ')}${different.length > 10 ? ', …' : ''}`;
  throw new Refused(
    'CHANNEL_ORDER_DIFFERS',
    `This order was received before with another content; it differs in ${named}. Nothing was changed.`,
    'conflict',
    different.map(differs),
  );
};

export const requireSame = (placed: PlacedData, again: Placing): void => refuseDifferences(differences(placed, again));
