import type { Reason } from '@cartage/contracts';
import type { StockBook } from '../domain/book';
import { perUnit, skusOf } from '../domain/kit';
import { backorderedOf, leaningOf, type ClaimedLine, type Reservation } from '../domain/reservation';
import type { ReservationCommand } from '../domain/reservation-command';
import { expectedOf, promisedDates, promisedLines, type SupplyPool, type SupplyPromise } from '../domain/supply/expected';
import type { Cause } from './drafting';
import type { LedgerTransaction, PromisedLine } from './ledger';
import { linesInQueue } from './waiting-lines';

/** An order whose claims were moved, and by what. */
export interface MovedOrder {
  readonly orderId: string;
  readonly before: Reservation;
  readonly state: Reservation;
  readonly cause: Cause | undefined;
}

/** The orders of a transaction. */
export interface OrdersAtHand {
  all(): readonly MovedOrder[];
  get(orderId: string): MovedOrder | undefined;
  /** Reads those that are not at hand yet. */
  openAll(orderIds: readonly string[]): Promise<void>;
  do(command: ReservationCommand, cause: Cause): void;
}

export interface Supplying {
  readonly newId: () => string;
  readonly transaction: Pick<LedgerTransaction, 'queue' | 'waiting'>;
  readonly book: StockBook;
  readonly orders: OrdersAtHand;
}

const queueMoved: Reason = { code: 'queue-moved', detail: 'Others who waited before wait no more, or wait for more.', by: 'system' };

const supplyIn = ({ book }: Supplying, line: ClaimedLine): boolean =>
  skusOf([line]).some((sku) => {
    const { dates, backordered, leaning } = book.supply(sku);
    return dates.length > 0 || backordered > 0 || leaning > 0;
  });

interface MovedLine {
  readonly order: MovedOrder;
  readonly line: ClaimedLine;
  readonly before: ClaimedLine | undefined;
}

const linesAtHand = ({ orders }: Supplying): readonly MovedLine[] =>
  orders
    .all()
    .flatMap((order) => [...order.state.lines.values()].map((line) => ({ order, line, before: order.before.lines.get(line.lineId) })));

/** Lines that moved and of whose SKUs something is on order: none, on most days. */
const movedLines = (needs: Supplying): readonly MovedLine[] =>
  linesAtHand(needs).filter(({ line, before }) => line !== before && supplyIn(needs, line));

/** Whoever begins to wait stands behind all others, and takes a date from none of them. A kit needs more than one queue. */
const isLast = ({ line, before }: MovedLine): boolean => before === undefined && !line.parts;

const movesQueue = ({ line, before }: MovedLine): boolean =>
  before === undefined ? line.parts !== undefined && line.waiting > 0 : line.waiting !== before.waiting || isOtherClaim(line, before);

const isOtherClaim = (line: ClaimedLine, before: ClaimedLine): boolean =>
  skusOf([line]).some((sku) => backorderedOf(line, sku) !== backorderedOf(before, sku));

/** A kit that was offered what came, and waits on: whether a part that came gives it a date, or a better one. */
const gainsDate = ({ book }: Supplying, line: ClaimedLine): boolean => {
  const pieces = skusOf([line]).map((sku) => ({
    ...book.supply(sku),
    needed: line.waiting * perUnit(line, sku),
    shelf: book.promisable(sku),
  }));
  const awaited = line.backorder?.promisedAt === undefined ? undefined : line.backorder.parts;
  if (awaited) return pieces.some(({ sku, needed, shelf, leaning }) => awaited.includes(sku) && shelf - leaning >= needed);
  return pieces.every(({ dates, needed, shelf }) => shelf >= needed || expectedOf({ dates }) >= needed);
};

const kitsThatGain = (needs: Supplying): readonly ClaimedLine[] =>
  linesAtHand(needs)
    .filter(({ line, before }) => line.parts && line === before && line.waiting > 0 && supplyIn(needs, line) && gainsDate(needs, line))
    .map(({ line }) => line);

/**
 * Gives those who wait their claims on what is on order: first in, first out, within what is expected. It follows from the queue, from the dates and, for
 * kits, from what is there, so that it does not matter in which order they came to be so. `also`: SKUs of which it may have changed who waits for them.
 */
export const promiseSupply = async (needs: Supplying, cause: Cause, also: readonly string[] = []): Promise<void> => {
  const { book } = needs;
  const moved = movedLines(needs);
  const others = skusOf([...moved.filter(movesQueue).map(({ line }) => line), ...kitsThatGain(needs)]);
  const skus = new Set([...also, ...book.changed().supply.map(({ sku }) => sku), ...book.leanedOver(), ...others]);
  const last = moved.filter((each) => isLast(each) && each.line.waiting > 0 && !skus.has(each.line.sku));
  promiseLast(needs, last, cause);
  if (skus.size > 0) await promiseAnew(needs, [...skus], cause);
  claimPromised(needs);
};

/** All lines together: what one gives back another may have. */
const claimPromised = (needs: Supplying): void => {
  const moved = movedLines(needs);
  for (const [sku, units] of changesOf(moved, backorderedOf)) needs.book.claimSupply(sku, units);
  for (const [sku, units] of changesOf(moved, leaningOf)) needs.book.leanOn(sku, units);
};

const changesOf = (moved: readonly MovedLine[], unitsOf: (line: ClaimedLine, sku: string) => number): ReadonlyMap<string, number> => {
  const changes = new Map<string, number>();
  for (const { line, before } of moved)
    for (const sku of skusOf([line])) {
      const change = unitsOf(line, sku) - (before ? unitsOf(before, sku) : 0);
      changes.set(sku, (changes.get(sku) ?? 0) + change);
    }
  return changes;
};

/** What comes to a place that a channel may not sell from is no use to it: where it may not sell from everywhere, its orders wait without a date. */
const isConfined = ({ book }: Supplying, skus: readonly string[], channel: string | undefined): boolean =>
  channel !== undefined && skus.some((sku) => book.confines(sku, channel));

const promiseLast = (needs: Supplying, moved: readonly MovedLine[], cause: Cause): void => {
  const free = moved.filter(({ line, order }) => !isConfined(needs, [line.sku], order.state.channel));
  promise(
    needs,
    [...grouped(free, ({ line }) => line.sku)].flatMap(([sku, lines]) => datesOfLast(needs, sku, lines)),
    (orderId) => needs.orders.get(orderId)?.cause ?? cause,
  );
};

const datesOfLast = ({ book }: Supplying, sku: string, lines: readonly MovedLine[]): readonly LinePromise[] => {
  const { dates, backordered } = book.supply(sku);
  const promised = promisedDates(
    lines.map(({ line }) => line.waiting),
    dates,
    backordered,
  );
  return lines.map(({ order: { orderId }, line: { lineId } }, i) => {
    const at = promised[i];
    return { orderId, lineId, promise: at === undefined ? undefined : { at, parts: [] } };
  });
};

const poolIn =
  ({ book }: Supplying) =>
  (sku: string): SupplyPool => ({ dates: book.supply(sku).dates, shelf: book.promisable(sku) });

const promiseAnew = async (needs: Supplying, skus: readonly string[], cause: Cause): Promise<void> => {
  const queue = await linesInQueue(needs, skus);
  const isFree = ({ pieces, channel }: PromisedLine): boolean => !isConfined(needs, skusIn(pieces), channel);
  const waiting = queue.filter(isFree);
  const promised = promisedLines(waiting, poolIn(needs));
  const confined = queue.filter((line) => !isFree(line)).map((line) => ({ ...line, now: undefined }));
  const others = [...waiting.map((line, i) => ({ ...line, now: promised[i] })), ...confined].filter(
    (line) => !isSame(line.promise, line.now),
  );
  await needs.orders.openAll(others.map(({ orderId }) => orderId));
  promise(
    needs,
    others.map(({ orderId, lineId, now }) => ({ orderId, lineId, promise: now })),
    () => cause,
  );
};

const skusIn = (pieces: readonly { readonly sku: string }[]): readonly string[] => pieces.map(({ sku }) => sku);

const isSame = (one: SupplyPromise | undefined, other: SupplyPromise | undefined): boolean =>
  one === undefined || other === undefined
    ? one === other
    : one.at === other.at && one.parts.length === other.parts.length && one.parts.every((sku) => other.parts.includes(sku));

interface LinePromise {
  readonly orderId: string;
  readonly lineId: string;
  readonly promise: SupplyPromise | undefined;
}

/** An order is told of all its lines at once: told of each alone, whoever hears of thousands would look at thousands for each of them. */
const promise = ({ newId, orders }: Supplying, promised: readonly LinePromise[], causeOf: (orderId: string) => Cause): void => {
  for (const [orderId, lines] of grouped(promised, (line) => line.orderId)) {
    const cause = causeOf(orderId);
    const promises = lines.map(({ lineId, promise: made }) => ({
      ...{ lineId, backorderId: newId() },
      ...(made ? { promisedAt: made.at, parts: made.parts } : {}),
    }));
    orders.do({ type: 'PromiseSupply', data: { orderId, promises, reason: cause.reason ?? queueMoved, now: cause.now } }, cause);
  }
};

const grouped = <Each>(all: readonly Each[], keyOf: (each: Each) => string): ReadonlyMap<string, readonly Each[]> => {
  const groups = new Map<string, Each[]>();
  for (const each of all) {
    const group = groups.get(keyOf(each));
    if (group) group.push(each);
    else groups.set(keyOf(each), [each]);
  }
  return groups;
};
