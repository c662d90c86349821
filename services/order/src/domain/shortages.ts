import type { LineQuantity, Reason } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import { cancellable, inQuestion, linesOf, pendingEdit, unitsOf } from './cancellations';
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

/** Units of a line, and what is to stand in for them. */
interface StandIn {
  readonly line: LineQuantity;
  readonly substitute: Substitute;
}

/** Other SKUs instead of what is not there, in one edit, at the lines' prices unless others are told: their discounts and taxes go with the units. */
const substituted = (
  order: PlacedOrder,
  standIns: readonly StandIn[],
  { newId, reason, now }: Pick<Chosen, 'reason'> & Pick<Occasion, 'now' | 'newId'>,
): readonly Decision[] => {
  const sold = new Map(order.sold.lines.map((line) => [line.lineId, line]));
  const terms = { faults: new Faults(now), taxIncluded: order.placed.taxIncluded };
  const edits = standIns.flatMap(({ line: { lineId, quantity }, substitute }) => {
    const line = sold.get(lineId);
    if (!line) return [];
    const change = { lineId, at: 'substitute', by: quantity - line.quantity, ...present({ unitPrice: substitute.unitPrice }) };
    const { lineId: _, description: _d, ...taken } = changedLine(terms, { ...line, sku: substitute.sku }, change);
    return [{ add: { ...taken, substitutes: lineId }, change: { lineId, quantity: line.quantity - quantity } }];
  });
  if (edits.length === 0) return [];
  terms.faults.refuse('EDIT_INVALID', 'Nothing was changed.');
  const [add, change] = [edits.map((edit) => edit.add), edits.map((edit) => edit.change)];
  return editOf(order, { editId: newId(), add, change, reason, now });
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

/** What is decided so far, what is still to be, and the order as it is then. */
interface Course {
  readonly decided: Decision[];
  readonly together: Together;
  order: PlacedOrder;
}

const follow = (course: Course, events: readonly Decision[]): void => {
  course.decided.push(...events);
  course.order = events.reduce((before, event) => evolve(before, event) ?? before, course.order);
};

/** What the policy says of lines of which nobody has chosen; and of those that have waited long enough: by choice all at once, on what the choices before left. */
export const resolveShortages = (order: PlacedOrder, occasion: Occasion): readonly Decision[] => {
  if (order.short.size === 0) return [];
  const course: Course = { decided: [], together: new Map(), order };
  const standIns: StandIn[] = [];
  for (const line of undecided(order)) {
    const said = resolvedByPolicy(order, line, occasion);
    if (said && 'substitute' in said) standIns.push(said);
    else if (said) add(course.together, line, said);
  }
  for (const some of editedTogether(order, standIns)) substitute(course, some, occasion);
  for (const { lines, ...how } of course.together.values()) follow(course, resolved(course.order, lines, { ...occasion, ...how }));
  return course.decided;
};

/** All in one edit. Where the order cannot be edited so, one half after the other; a line of which it cannot goes on by the rest of its policy. */
const substitute = (course: Course, standIns: readonly StandIn[], occasion: Occasion): void => {
  const edits = substitutedByPolicy(course.order, standIns, occasion);
  if (edits) return follow(course, edits);
  const [first, ...others] = standIns;
  if (!first) return;
  const half = Math.ceil(others.length / 2);
  if (half > 0) for (const some of [standIns.slice(0, half), standIns.slice(half)]) substitute(course, some, occasion);
  const said = half > 0 ? undefined : followed(course.order, first.line, { ...occasion, isEditable: false });
  if (said && 'choice' in said) add(course.together, first.line, said);
};

/** In one edit, but for units of which somebody has to be asked first: what waits for an answer keeps nothing else waiting. */
const editedTogether = (order: PlacedOrder, standIns: readonly StandIn[]): readonly (readonly StandIn[])[] => {
  const isFree = ({ line: { lineId, quantity } }: StandIn): boolean => cancellable(order, lineId).atOnce >= quantity;
  const free = standIns.filter(isFree);
  return [...(free.length > 0 ? [free] : []), ...standIns.filter((each) => !isFree(each)).map((each) => [each])];
};

const waitedLongEnough = byPolicy('It has waited for stock long enough.');
const notCarriedOut = byPolicy('It is not there for the customer to carry out.');
const reasonOfPolicy = byPolicy('The policy for what is not in stock.');

/** A choice that may be that of other lines, too; or what is to stand in, as it may be for others. */
type Said = Chosen | StandIn | undefined;

const resolvedByPolicy = (order: PlacedOrder, line: LineQuantity, occasion: Occasion): Said => {
  if (!isAfter(patienceEnds(order, line.lineId, occasion.patience), occasion.now)) return { choice: 'cancel', reason: waitedLongEnough };
  if (carriedOut(order).has(line.lineId)) return { choice: 'cancel', reason: notCarriedOut };
  return standing.has(order.choices.get(line.lineId)) ? undefined : followed(order, line, { ...occasion, isEditable: true });
};

const followed = (
  order: PlacedOrder,
  line: LineQuantity,
  { isEditable, ...occasion }: Occasion & { readonly isEditable: boolean },
): Said => {
  for (const choice of policyFor(order, occasion)) {
    if (choice === 'wait') return undefined;
    if (choice !== 'substitute') return { choice, reason: reasonOfPolicy };
    // What is being taken away or added may be this; the answer brings it up again.
    if (pendingEdit(order)) return undefined;
    const sku = isEditable ? standInFor(order, line) : undefined;
    if (sku !== undefined) return { line, substitute: { sku } };
  }
  return undefined;
};

const skusOf = reckonedOnce((short: PlacedOrder['short']): ReadonlySet<string> => new Set([...short.values()].map(({ sku }) => sku)));

const shortSkus = ({ short }: PlacedOrder): ReadonlySet<string> => skusOf(short);

/**
 * The item of the group that there is most of. One that was short in this order itself is not tried again, so that two that are short by turns end. Nothing, where none can
 * stand in.
 */
const standInFor = (order: PlacedOrder, { lineId, quantity }: LineQuantity): string | undefined => {
  const tried = shortSkus(order);
  return order.short.get(lineId)?.substitutes?.find(({ sku, available }) => available >= quantity && !tried.has(sku))?.sku;
};

/** At the prices that were agreed: never dearer. Nothing, where the order cannot be edited so. */
const substitutedByPolicy = (order: PlacedOrder, standIns: readonly StandIn[], occasion: Occasion): readonly Decision[] | undefined => {
  if (pendingEdit(order)) return [];
  const how = { ...occasion, choice: 'substitute' as const, reason: reasonOfPolicy };
  try {
    const lines = standIns.map(({ line }) => line);
    return [...resolved(order, lines, how), ...substituted(order, standIns, how)];
  } catch (error) {
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
  if (line) {
    const stands = substituteOf(request);
    return [...resolved(order, [line], request), ...(stands ? substituted(order, [{ line, substitute: stands }], request) : [])];
  }
  if (!order.progress.has(lineId)) throw new Refused('LINE_UNKNOWN', `The order has no line ${lineId}.`, 'unknown');
  const why = shortLines(order).some(isOfLine) ? 'is being taken away already' : 'does not wait for stock';
  throw new Refused('LINE_NOT_SHORT', `Line ${lineId} ${why}: there is nothing to choose.`);
};
