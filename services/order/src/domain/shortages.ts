import type { LineQuantity, Reason } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import { inQuestion, linesOf, pendingEdit, unitsOf } from './cancellations';
import { cancellation, most } from './cancelling';
import { changedLine } from './edited';
import { editOf } from './editing';
import type { Decision } from './events';
import { evolve } from './evolve';
import { Faults } from './faults';
import { carriedOut } from './handovers';
import { gone, wanted } from './lines';
import { isAfter, later, shortagePolicyIn, type Occasion, type Patience, type ShortagePolicy } from './occasion';
import { present } from './present';
import { reckonedOnce } from './reckoned-once';
import type { PlacedOrder, ShortageChoice } from './state';

/** Units of a line that wait for stock. What was released may be told before it was reserved, and what has left waits for nothing. */
const shortUnits = (order: PlacedOrder, lineId: string): number => {
  const line = order.short.has(lineId) ? order.progress.get(lineId) : undefined;
  return line ? wanted(line) - Math.max(0, line.reserved, gone(line)) : 0;
};

export const shortLines = (order: PlacedOrder): readonly LineQuantity[] =>
  unitsOf(linesOf(order), ({ lineId }) => shortUnits(order, lineId));

/** Of these lines, the units of which nothing is decided, and nobody was asked whether they can be done without. */
const undecidedOf = (order: PlacedOrder, lines: readonly LineQuantity[]): readonly LineQuantity[] =>
  unitsOf(lines, ({ lineId }) => shortUnits(order, lineId) - inQuestion(order, lineId));

const undecided = (order: PlacedOrder): readonly LineQuantity[] => undecidedOf(order, linesOf(order));

/** Choices that stand as long as the line waits; what others chose is done with the units that they were about. */
const standing: ReadonlySet<ShortageChoice | undefined> = new Set<ShortageChoice>(['wait', 'split']);

/** Until when a line waits: some time after it was short, or after its goods are expected. */
export const patienceEnds = ({ short, expected }: PlacedOrder, lineId: string, { shortageMs }: Patience): string => {
  const since = short.get(lineId)?.at ?? '';
  const goods = expected.get(lineId);
  return later(isAfter(goods, since) ? (goods ?? since) : since, shortageMs);
};

interface Chosen {
  readonly choice: ShortageChoice;
  readonly reason: Reason;
}

const chosen = (
  { placed: { orderId } }: PlacedOrder,
  lines: readonly LineQuantity[],
  { choice, reason, now }: Chosen & { readonly now: string },
): Decision => ({
  type: 'ShortageResolved',
  data: { orderId, lines, choice, reason, resolvedAt: now },
});

/** Done without, in one cancellation. Of units that were lost after they were confirmed, routing is asked. */
const doneWithout = (
  order: PlacedOrder,
  waiting: readonly LineQuantity[],
  { reason, now, newId }: Pick<Chosen, 'reason'> & Pick<Occasion, 'now' | 'newId'>,
): readonly Decision[] => {
  const lines = unitsOf(waiting, ({ lineId, quantity }) => Math.min(quantity, most(order, lineId)));
  return lines.length > 0 ? cancellation(order, lines, { cancellationId: newId(), reason, now }) : [];
};

/** A choice, and what it entails by itself. */
const resolved = (
  order: PlacedOrder,
  lines: readonly LineQuantity[],
  how: Chosen & Pick<Occasion, 'now' | 'newId'>,
): readonly Decision[] => [chosen(order, lines, how), ...(how.choice === 'cancel' ? doneWithout(order, lines, how) : [])];

const byPolicy = (detail: string): Reason => ({ code: 'stock-short', detail, by: 'policy' });

export interface Substitute {
  readonly sku: string;
  /** Of one unit; without it, that of the line. */
  readonly unitPrice?: number | null | undefined;
}

export interface ShortageRequest extends Occasion {
  readonly lineId: string;
  readonly choice: ShortageChoice;
  readonly substitute?: Substitute | null | undefined;
  readonly reason: Reason;
}

const substituteOf = ({ choice, substitute }: ShortageRequest): Substitute | undefined => {
  if (choice !== 'substitute') return undefined;
  if (substitute) return substitute;
  const message = 'must say which SKU stands in';
  throw new Refused('SUBSTITUTE_MISSING', `The substitute ${message}.`, 'invalid', [
    { field: 'substitute', code: 'SUBSTITUTE_MISSING', message },
  ]);
};

/** Another SKU instead of what is not there, at the line's price unless another is told: its discounts and taxes go with the units. */
const substituted = (order: PlacedOrder, { lineId, quantity }: LineQuantity, request: ShortageRequest): readonly Decision[] => {
  const substitute = substituteOf(request);
  const line = order.sold.lines.find((each) => each.lineId === lineId);
  if (!substitute || !line) return [];
  const { newId, reason, now } = request;
  const terms = { faults: new Faults(now), taxIncluded: order.placed.taxIncluded };
  const change = { lineId, at: 'substitute', by: quantity - line.quantity, ...present({ unitPrice: substitute.unitPrice }) };
  const { lineId: _, description: _d, ...taken } = changedLine(terms, { ...line, sku: substitute.sku }, change);
  terms.faults.refuse('EDIT_INVALID', 'Nothing was changed.');
  const add = [{ ...taken, substitutes: lineId }];
  return editOf(order, { editId: newId(), add, change: [{ lineId, quantity: line.quantity - quantity }], reason, now });
};

/** As the order was sold, else as its channel is. */
const policyFor = ({ placed }: PlacedOrder, { shortagePolicy }: Occasion): ShortagePolicy =>
  shortagePolicyIn(placed.policies['shortage'] ?? '') ?? shortagePolicy(placed.channel);

/** What is chosen for the same reason is one choice, and one cancellation, however many lines it is of. */
type Together = Map<string, Chosen & { readonly lines: LineQuantity[] }>;

const add = (all: Together, line: LineQuantity, { choice, reason }: Chosen): void => {
  const key = `${choice} ${reason.detail}`;
  const one = all.get(key) ?? { choice, reason, lines: [] };
  one.lines.push(line);
  all.set(key, one);
};

/** What the policy says of lines of which nobody has chosen; and of those that have waited long enough. One after the other: each is decided on what those before it left. */
export const resolveShortages = (order: PlacedOrder, occasion: Occasion): readonly Decision[] => {
  if (order.short.size === 0) return [];
  const decided: Decision[] = [];
  const together: Together = new Map();
  let current = order;
  const follow = (events: readonly Decision[]): void => {
    decided.push(...events);
    current = events.reduce((before, event) => evolve(before, event) ?? before, current);
  };
  for (const waiting of undecided(order)) {
    const [line] = undecidedOf(current, [waiting]);
    if (!line) continue;
    const said = resolvedByPolicy(current, line, occasion);
    if ('choice' in said) add(together, line, said);
    else follow(said);
  }
  for (const { lines, ...how } of together.values()) follow(resolved(current, lines, { ...occasion, ...how }));
  return decided;
};

const waitedLongEnough = byPolicy('It has waited for stock long enough.');
const notCarriedOut = byPolicy('It is not there for the customer to carry out.');
const reasonOfPolicy = byPolicy('The policy for what is not in stock.');

/** A choice that may be that of other lines, too; or what follows of this one. */
type Said = Chosen | readonly Decision[];

const resolvedByPolicy = (order: PlacedOrder, line: LineQuantity, occasion: Occasion): Said => {
  if (!isAfter(patienceEnds(order, line.lineId, occasion.patience), occasion.now)) return { choice: 'cancel', reason: waitedLongEnough };
  if (carriedOut(order).has(line.lineId)) return { choice: 'cancel', reason: notCarriedOut };
  return standing.has(order.choices.get(line.lineId)) ? [] : followed(order, line, occasion);
};

const followed = (order: PlacedOrder, line: LineQuantity, occasion: Occasion): Said => {
  for (const choice of policyFor(order, occasion)) {
    if (choice === 'wait') return [];
    if (choice !== 'substitute') return { choice, reason: reasonOfPolicy };
    const stoodIn = substitutedByPolicy(order, line, occasion);
    if (stoodIn) return stoodIn;
  }
  return [];
};

const skusOf = reckonedOnce((short: PlacedOrder['short']): ReadonlySet<string> => new Set([...short.values()].map(({ sku }) => sku)));

const shortSkus = ({ short }: PlacedOrder): ReadonlySet<string> => skusOf(short);

/**
 * The item of the group that there is most of, at the price that was agreed: never dearer. One that was short in this order itself is not tried again, so that two that are
 * short by turns end. Nothing, where none can stand in.
 */
const substitutedByPolicy = (order: PlacedOrder, line: LineQuantity, occasion: Occasion): readonly Decision[] | undefined => {
  // What is being taken away or added may be this; the answer brings it up again.
  if (pendingEdit(order)) return [];
  const tried = shortSkus(order);
  const substitute = order.short.get(line.lineId)?.substitutes?.find(({ sku, available }) => available >= line.quantity && !tried.has(sku));
  if (!substitute) return undefined;
  const request = {
    ...occasion,
    lineId: line.lineId,
    choice: 'substitute' as const,
    substitute: { sku: substitute.sku },
    reason: reasonOfPolicy,
  };
  try {
    return [...resolved(order, [line], request), ...substituted(order, line, request)];
  } catch (error) {
    // An order that cannot be edited so goes on by the rest of its policy.
    if (error instanceof Refused) return undefined;
    throw error;
  }
};

/** What was chosen already is so; units that came to wait since may be done without, or substituted, as others of their line before. */
export const chooseForShortage = (order: PlacedOrder, request: ShortageRequest): readonly Decision[] => {
  const { lineId, choice } = request;
  const isOfLine = (each: LineQuantity): boolean => each.lineId === lineId;
  const line = undecided(order).find(isOfLine);
  if (order.choices.get(lineId) === choice && (!line || standing.has(choice))) return [];
  if (line) return [...resolved(order, [line], request), ...substituted(order, line, request)];
  if (!order.progress.has(lineId)) throw new Refused('LINE_UNKNOWN', `The order has no line ${lineId}.`, 'unknown');
  const why = shortLines(order).some(isOfLine) ? 'is being taken away already' : 'does not wait for stock';
  throw new Refused('LINE_NOT_SHORT', `Line ${lineId} ${why}: there is nothing to choose.`);
};
