import type { LineQuantity, Reason } from '@cartage/contracts';
import type { Edit } from './edits';
import { inHandover } from './handovers';
import { counted, gone, uncounted, wanted, withoutUndelivered, type Units } from './lines';
import type { PlacedOrder } from './state';

/** Units by line. */
type ByLine = ReadonlyMap<string, number>;

/** Units that are not to ship after all, and what became of that. */
export interface Cancellation {
  readonly cancellationId: string;
  readonly reason: Reason;
  readonly at: string;
  /** Confirmed units: whoever holds the goods is asked about them. */
  readonly asked: readonly LineQuantity[];
  /** Of these, answered: they will not ship. */
  readonly freed: ByLine;
  /** Of these, answered: they are on their way. */
  readonly refused: ByLine;
  /** Decided: they will not ship. */
  readonly cancelled: ByLine;
  /** Of what is decided, the units that were asked for. */
  readonly taken: ByLine;
  /** It was decided which units come too late: the last word. */
  readonly closed: boolean;
  /** The edit that takes these units away, and whether it has come about. */
  readonly edit?: Edit;
  readonly edited: boolean;
}

export type Cancellations = ReadonlyMap<string, Cancellation>;

const none: ByLine = new Map();

const plus = (before: ByLine, units: Units): ByLine => {
  const sums = new Map(before);
  for (const { lineId, quantity } of units) sums.set(lineId, (sums.get(lineId) ?? 0) + quantity);
  return sums;
};

/** Units of lines, each line once. */
export const together = (units: readonly LineQuantity[]): readonly LineQuantity[] => {
  const sums = new Map<string, LineQuantity>();
  for (const each of units) sums.set(each.lineId, { ...each, quantity: each.quantity + (sums.get(each.lineId)?.quantity ?? 0) });
  return [...sums.values()];
};

/** Of these lines, the units that `of` says of each; lines without any are left out. */
export const unitsOf = (lines: readonly LineQuantity[], of: (line: LineQuantity) => number): readonly LineQuantity[] =>
  lines.flatMap((line) => {
    const quantity = of(line);
    return quantity > 0 ? [{ lineId: line.lineId, sku: line.sku, quantity }] : [];
  });

/** Every line as ordered, whatever of it is still wanted. */
export const linesOf = ({ sold }: Pick<PlacedOrder, 'sold'>): readonly LineQuantity[] =>
  sold.lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));

const at = (units: ByLine, { lineId }: Pick<LineQuantity, 'lineId'>): number => units.get(lineId) ?? 0;

/** Units that were asked for and nobody has answered. */
export const unanswered = ({ asked, freed, refused }: Cancellation): readonly LineQuantity[] =>
  unitsOf(asked, (line) => line.quantity - at(freed, line) - at(refused, line));

/** Units that were asked for, will not ship, and are not decided yet. */
export const freedNow = ({ asked, freed, taken }: Cancellation): readonly LineQuantity[] =>
  unitsOf(asked, (line) => at(freed, line) - at(taken, line));

export const refusedUnits = ({ asked, refused }: Cancellation): readonly LineQuantity[] => unitsOf(asked, (line) => at(refused, line));

/** Of a line, over all that was asked; reckoned once for all lines, for whoever asks of one mostly asks of every one. */
const askedOf = (of: (cancellation: Cancellation) => Units): ((order: PlacedOrder, lineId: string) => number) => {
  const reckoned = new WeakMap<Cancellations, ByLine>();
  return ({ cancellations }, lineId) => {
    if (cancellations.size === 0) return 0;
    const sums = reckoned.get(cancellations) ?? plus(none, [...cancellations.values()].flatMap(of));
    reckoned.set(cancellations, sums);
    return sums.get(lineId) ?? 0;
  };
};

/** Units of a line that somebody has been asked about and not answered. */
const pending = askedOf(unanswered);

/** Units of a line that were asked for too late. */
const tooLate = askedOf(refusedUnits);

/** The edit that waits for an answer. */
const waitingEdit = ({ cancellations }: PlacedOrder): Cancellation | undefined => {
  for (const each of cancellations.values()) if (each.edit && !each.edited && !each.closed) return each;
  return undefined;
};

export const pendingEdit = (order: PlacedOrder): Edit | undefined => waitingEdit(order)?.edit;

const leftOf = new WeakMap<Cancellation, ByLine>();

/** What an edit takes away of each line without asking anybody; reckoned once for all lines, as above. */
const takenAway = (waiting: Cancellation): ByLine => {
  const left = leftOf.get(waiting) ?? plus(new Map(waiting.edit?.changed.map(({ lineId, by }) => [lineId, -by])), negative(waiting.asked));
  leftOf.set(waiting, left);
  return left;
};

const negative = (units: Units): Units => [...units].map(({ lineId, quantity }) => ({ lineId, quantity: -quantity }));

/** Units of a line that nobody needs to be asked about, and that the edit that waits takes away: nothing else becomes of them meanwhile. */
export const setAside = (order: PlacedOrder, lineId: string): number => {
  const waiting = order.cancellations.size === 0 ? undefined : waitingEdit(order);
  return waiting ? Math.max(0, takenAway(waiting).get(lineId) ?? 0) : 0;
};

/** Units of a line of which it is decided, or asked, whether they ship at all. */
export const inQuestion = (order: PlacedOrder, lineId: string): number => {
  if (order.cancellations.size === 0) return 0;
  const line = order.progress.get(lineId);
  const leaving = Math.max(0, tooLate(order, lineId) - (line ? gone(line) : 0));
  return pending(order, lineId) + setAside(order, lineId) + leaving;
};

/** What of a line can still be cancelled: at once, and by asking. */
export interface Cancellable {
  readonly atOnce: number;
  readonly byAsking: number;
}

export const cancellable = (order: PlacedOrder, lineId: string): Cancellable => {
  const line = order.progress.get(lineId);
  if (!line) return { atOnce: 0, byAsking: 0 };
  const free = wanted(line) - setAside(order, lineId) - (order.handovers.size === 0 ? 0 : inHandover(order, lineId));
  const atOnce = Math.max(0, free - Math.max(line.confirmed, gone(line)));
  return { atOnce, byAsking: Math.max(0, free - atOnce - gone(line) - pending(order, lineId)) };
};

const withCancellation = (order: PlacedOrder, cancellation: Cancellation): PlacedOrder => ({
  ...order,
  cancellations: new Map(order.cancellations).set(cancellation.cancellationId, cancellation),
});

interface Told {
  readonly cancellationId: string;
  readonly lines: readonly LineQuantity[];
  readonly reason: Reason;
}

const begun = ({ cancellations }: PlacedOrder, { cancellationId, reason }: Told, since: string): Cancellation =>
  cancellations.get(cancellationId) ?? {
    ...{ cancellationId, reason, at: since },
    ...{ asked: [], freed: none, refused: none, cancelled: none, taken: none, closed: false, edited: false },
  };

export const withRequest = (order: PlacedOrder, told: Told & { readonly requestedAt: string; readonly edit?: Edit }): PlacedOrder =>
  withCancellation(order, { ...begun(order, told, told.requestedAt), asked: told.lines, ...(told.edit ? { edit: told.edit } : {}) });

/** Nobody can answer more than was asked. */
export const withAnswer = (
  order: PlacedOrder,
  answer: 'freed' | 'refused',
  { cancellationId, lines }: Omit<Told, 'reason'>,
): PlacedOrder => {
  const cancellation = order.cancellations.get(cancellationId);
  if (!cancellation) return order;
  const open = new Map(unanswered(cancellation).map(({ lineId, quantity }) => [lineId, quantity]));
  const answered = unitsOf(together(lines), (line) => Math.min(line.quantity, at(open, line)));
  return withCancellation(order, { ...cancellation, [answer]: plus(cancellation[answer], answered) });
};

/** Units are taken from what was confirmed if they were asked for, and else from what was not. */
export const withoutUnits = (
  order: PlacedOrder,
  told: Told & { readonly cancelledAt: string; readonly undelivered?: object },
): PlacedOrder => {
  const before = begun(order, told, told.cancelledAt);
  const wereAsked = before.asked.length > 0 ? told.lines : [];
  const progress = told.undelivered
    ? withoutUndelivered(order.progress, told.lines)
    : uncounted(counted(order.progress, 'cancelled', told.lines), 'confirmed', wereAsked);
  return withCancellation(
    { ...order, progress },
    { ...before, cancelled: plus(before.cancelled, told.lines), taken: plus(before.taken, wereAsked) },
  );
};

export const closed = (order: PlacedOrder, { cancellationId }: Pick<Told, 'cancellationId'>): PlacedOrder => {
  const cancellation = order.cancellations.get(cancellationId);
  return cancellation ? withCancellation(order, { ...cancellation, closed: true }) : order;
};
