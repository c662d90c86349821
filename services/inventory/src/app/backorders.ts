import type { Reason } from '@cartage/contracts';
import type { StockBook } from '../domain/book';
import { backorderedOf, type ClaimedLine, type Reservation } from '../domain/reservation';
import type { ReservationCommand } from '../domain/reservation-command';
import { promisedDates } from '../domain/supply/expected';
import type { Cause } from './drafting';
import type { LedgerTransaction, PromisedLine } from './ledger';

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

const supplyIn = (book: StockBook, sku: string): boolean => {
  const { dates, backordered } = book.supply(sku);
  return dates.length > 0 || backordered > 0;
};

interface MovedLine {
  readonly order: MovedOrder;
  readonly line: ClaimedLine;
  readonly before: ClaimedLine | undefined;
}

const claimsOf = (line: ClaimedLine | undefined): number => (line ? backorderedOf(line) : 0);

/** Lines that moved and of whose SKU something is on order: none, on most days. */
const movedLines = ({ orders, book }: Supplying): readonly MovedLine[] =>
  orders.all().flatMap((order) =>
    [...order.state.lines.values()]
      .map((line) => ({ order, line, before: order.before.lines.get(line.lineId) }))
      // A kit waits for all its parts: it has no date of one of them.
      .filter(({ line, before }) => line !== before && !line.parts && supplyIn(book, line.sku)),
  );

/** Whoever begins to wait stands behind all others, and takes a date from none of them. */
const isLast = ({ before }: MovedLine): boolean => before === undefined;

const movesQueue = ({ line, before }: MovedLine): boolean =>
  before !== undefined && (line.waiting !== before.waiting || backorderedOf(line) !== backorderedOf(before));

/**
 * Gives those who wait their claims on what is on order: first in, first out, within what is expected. It follows from the queue and from the dates alone,
 * so that it does not matter in which order they came to be so.
 */
export const promiseSupply = async (needs: Supplying, cause: Cause): Promise<void> => {
  const { book } = needs;
  const moved = movedLines(needs);
  const skus = new Set([...book.changed().supply.map(({ sku }) => sku), ...moved.filter(movesQueue).map(({ line }) => line.sku)]);
  promiseLast(
    needs,
    moved.filter((each) => isLast(each) && each.line.waiting > 0 && !skus.has(each.line.sku)),
    cause,
  );
  for (const sku of skus) await promiseAnew(needs, sku, cause);
  for (const [sku, units] of claimed(movedLines(needs))) book.claimSupply(sku, units);
};

const claimed = (moved: readonly MovedLine[]): ReadonlyMap<string, number> => {
  const units = new Map<string, number>();
  for (const { line, before } of moved) units.set(line.sku, (units.get(line.sku) ?? 0) + backorderedOf(line) - claimsOf(before));
  return units;
};

const promiseLast = (needs: Supplying, moved: readonly MovedLine[], cause: Cause): void => {
  for (const sku of new Set(moved.map(({ line }) => line.sku))) {
    const lines = moved.filter(({ line }) => line.sku === sku);
    const { dates, backordered } = needs.book.supply(sku);
    const promised = promisedDates(
      lines.map(({ line }) => line.waiting),
      dates,
      backordered,
    );
    lines.forEach(({ order, line }, i) => tell(needs, { ...line, orderId: order.orderId, promisedAt: promised[i] }, order.cause ?? cause));
  }
};

const promiseAnew = async (needs: Supplying, sku: string, cause: Cause): Promise<void> => {
  const waiting = await queueOf(needs, sku);
  const { dates } = needs.book.supply(sku);
  const promised = promisedDates(
    waiting.map(({ units }) => units),
    dates,
  );
  const others = waiting.map((line, i) => ({ ...line, now: promised[i] })).filter(({ promisedAt, now }) => promisedAt !== now);
  await needs.orders.openAll(others.map(({ orderId }) => orderId));
  for (const { orderId, lineId, now } of others) tell(needs, { orderId, lineId, promisedAt: now }, cause);
};

/** All who wait for a SKU, as they stand now: those who began to wait just now stand in no table yet, behind all others. */
const queueOf = async ({ transaction, orders }: Supplying, sku: string): Promise<readonly PromisedLine[]> => {
  const atHand = new Map(orders.all().map(({ orderId, state }) => [orderId, state]));
  const rows = await transaction.waiting(sku, [...atHand.keys()]);
  const kept = rows.flatMap((row): readonly PromisedLine[] => {
    const state = atHand.get(row.orderId);
    if (!state) return [row];
    const line = state.lines.get(row.lineId);
    return line ? [waitingOf(row.orderId, line)] : [];
  });
  const inTable = new Set(rows.map(({ orderId, lineId }) => `${orderId} ${lineId}`));
  const last = [...atHand].flatMap(([orderId, { lines }]) =>
    [...lines.values()]
      .filter((line) => line.sku === sku && !line.parts && !inTable.has(`${orderId} ${line.lineId}`))
      .map((line) => waitingOf(orderId, line)),
  );
  return [...kept, ...last].filter(({ units }) => units > 0);
};

const waitingOf = (orderId: string, { lineId, waiting, backorder }: ClaimedLine): PromisedLine => ({
  orderId,
  lineId,
  units: waiting,
  promisedAt: backorder?.promisedAt,
});

const tell = (
  { newId, orders }: Supplying,
  { orderId, lineId, promisedAt }: { readonly orderId: string; readonly lineId: string; readonly promisedAt: string | undefined },
  cause: Cause,
): void =>
  orders.do(
    {
      type: 'PromiseSupply',
      data: { orderId, lineId, promisedAt, backorderId: newId(), reason: cause.reason ?? queueMoved, now: cause.now },
    },
    cause,
  );

/** What came of what was on order is for those who have a claim on it, the first first; what nobody has a claim on is offered to all who wait. */
export const fillBackorders = async (
  { newId, transaction, orders }: Supplying,
  { sku, units }: { readonly sku: string; readonly units: number },
  cause: Cause,
): Promise<void> => {
  const takers: string[] = [];
  let left = units;
  for (const { orderId, promisedAt, units: wanted } of await transaction.waiting(sku, [])) {
    if (left <= 0) break;
    if (promisedAt === undefined) continue;
    takers.push(orderId);
    left -= wanted;
  }
  await orders.openAll(takers);
  left = units;
  for (const orderId of new Set(takers)) {
    const before = claimsIn(orders, orderId, sku);
    orders.do({ type: 'FillBackorder', data: { orderId, sku, units: left, reservationId: newId(), now: cause.now } }, cause);
    left -= before - claimsIn(orders, orderId, sku);
  }
};

const claimsIn = (orders: OrdersAtHand, orderId: string, sku: string): number => {
  const lines = orders.get(orderId)?.state.lines.values() ?? [];
  return [...lines].reduce((sum, line) => (line.sku === sku ? sum + backorderedOf(line) : sum), 0);
};
