import type { LineQuantity, Reason } from '@cartage/contracts';
import type { StockFacts } from './book';
import type { ReservationEvent } from './events';
import { excessOf, missingOf, type ClaimedLine, type Reservation } from './reservation';
import { divide } from './shortage';
import { promisableOf } from './stock';

/** What claims are settled with. */
export interface Settling {
  readonly orderId: string;
  /** Of the claim on the network's stock, if the order has none so far. */
  readonly reservationId: string;
  readonly now: string;
  readonly stock: StockFacts;
}

/**
 * The one rule of an order's claims: what is reserved and not wanted is given back; what is wanted and not claimed is reserved if it is there, a
 * line whole or not at all, or else waits. Settled claims settle to nothing.
 */
export const settled = (state: Reservation, settling: Settling, reason?: Reason): readonly ReservationEvent[] => {
  const lines = [...state.lines.values()].filter(({ sku }) => settling.stock.holds(sku));
  const excess = quantities(lines, excessOf);
  return [...released(state, excess, { ...settling, reason }), ...claimed(state, lines, { ...settling, freed: excess })];
};

const quantities = (lines: readonly ClaimedLine[], unitsOf: (line: ClaimedLine) => number): readonly LineQuantity[] =>
  lines.map((line) => ({ lineId: line.lineId, sku: line.sku, quantity: unitsOf(line) })).filter(({ quantity }) => quantity > 0);

const notWanted: Reason = { code: 'not-wanted', by: 'system' };

const released = (
  { reservationId }: Reservation,
  lines: readonly LineQuantity[],
  { orderId, reason = notWanted, now }: Settling & { readonly reason: Reason | undefined },
): readonly ReservationEvent[] =>
  lines.length > 0 && reservationId !== undefined
    ? [{ type: 'StockReleased', data: { orderId, reservationId, reason, lines, releasedAt: now } }]
    : [];

const claimed = (
  state: Reservation,
  lines: readonly ClaimedLine[],
  { orderId, now, stock, freed, ...settling }: Settling & { readonly freed: readonly LineQuantity[] },
): readonly ReservationEvent[] => {
  const { fitting, short } = divide(quantities(lines, missingOf), promisableWith(stock, freed));
  const reservationId = state.reservationId ?? settling.reservationId;
  const news = short.filter(({ lineId, requested }) => state.lines.get(lineId)?.waiting !== requested);
  const waited = fitting.some(({ lineId }) => (state.lines.get(lineId)?.waiting ?? 0) > 0);
  const reserved = { orderId, reservationId, lines: fitting, ...(waited ? { waited } : {}), reservedAt: now };
  return [
    ...(fitting.length > 0 ? [{ type: 'StockReserved' as const, data: reserved }] : []),
    ...(news.length > 0 ? [{ type: 'StockShort' as const, data: { orderId, short: news, decidedAt: now } }] : []),
  ];
};

/** What an order gives back it may take again for another of its lines: an edit that swaps units between lines loses none. */
const promisableWith = (stock: StockFacts, freed: readonly LineQuantity[]): ((sku: string) => number) => {
  if (freed.length === 0) return (sku) => stock.promisable(sku);
  return (sku) => {
    const network = stock.over(sku);
    const back = freed.reduce((units, line) => (line.sku === sku ? units + line.quantity : units), 0);
    return promisableOf({ ...network, reserved: network.reserved - back });
  };
};
