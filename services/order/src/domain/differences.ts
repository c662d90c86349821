import { Refused, type FieldError } from '@cartage/eventsourcing';
import type { Placing } from './commands';
import type { PlacedData } from './events';

/** What a channel may not change by sending its order again. Not our own part: policies, seals. */
const compared = ['customerId', 'currency', 'locale', 'totals', 'payment', 'priority', 'instructions', 'destination', 'placedAt'] as const;

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

const linesThatDiffer = (placed: PlacedData['lines'], again: PlacedData['lines']): readonly string[] =>
  Array.from({ length: Math.max(placed.length, again.length) }, (_, i) => i)
    .filter((i) => !sameValue(placed[i], again[i]))
    .map((i) => `lines[${i}]`);

/** Where an order that is sent again is not the one that was placed. A repeat without a time of its own means the time it was placed. */
export const differences = (placed: PlacedData, again: Placing): readonly FieldError[] =>
  [
    ...compared.filter((field) => !(field === 'placedAt' && again.placedAt === undefined) && !sameValue(placed[field], again[field])),
    ...linesThatDiffer(placed.lines, again.lines),
  ].map(differs);

/** What is sealed, and what requests call it. */
const personalFields = [
  ['name', 'customer.name'],
  ['email', 'customer.email'],
  ['phone', 'customer.phone'],
  ['address', 'shipTo'],
  ['raw', 'raw'],
] as const;
type Opened = { readonly [Name in (typeof personalFields)[number][0]]?: unknown };

/** The same for what is sealed, once both are open. */
export const personalDifferences = (kept: Opened, again: Opened): readonly FieldError[] =>
  personalFields.filter(([name]) => !sameValue(kept[name], again[name])).map(([, field]) => differs(field));

export const refuseDifferences = (errors: readonly FieldError[]): void => {
  if (errors.length === 0) return;
  const fields = errors.slice(0, 10).map(({ field }) => field);
  throw new Refused(
    'CHANNEL_ORDER_DIFFERS',
    `This order was received before with another content; it differs in ${fields.join(', ')}${errors.length > 10 ? ', …' : ''}. Nothing was changed.`,
    'conflict',
    errors,
  );
};

export const requireSame = (placed: PlacedData, again: Placing): void => refuseDifferences(differences(placed, again));
