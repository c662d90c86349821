import { unitsBySku, withParts, type LineQuantity, type Reason, type ShortLine } from '@cartage/contracts';
import type { StockFacts } from './book';
import type { ReservationEvent } from './events';
import { skusOf } from './kit';
import { excessOf, missingOf, type ClaimedLine, type Reservation } from './reservation';
import { divide } from './shortage';
import type { Cell } from './stock';

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
  const lines = touched(state, settling.stock);
  settling.stock.require(partsOf(lines));
  const excess = quantities(lines, excessOf);
  return [...released(state, excess, { ...settling, reason }), ...claimed(state, lines, { ...settling, freed: excess })];
};

/**
 * Lines whose claims may move now. A kit's own row is locked by whoever asks for it; those of its parts are known only then. What is not counted is
 * there always.
 */
const touched = ({ lines }: Reservation, stock: Pick<StockFacts, 'holds'>): readonly ClaimedLine[] =>
  [...lines.values()].filter((line) => line.parts?.length === 0 || [line.sku, ...skusOf([line])].some((sku) => stock.holds(sku)));

/** Of a kit all parts move together. */
const partsOf = (lines: readonly ClaimedLine[]): readonly Cell[] =>
  skusOf(lines.filter((line) => line.parts && excessOf(line) + missingOf(line) > 0)).map((sku) => ({ sku }));

/** What must be locked for the claims of all of these orders to be settled: asked of one order after the other, each kit would be found by itself. */
export const cellsToSettle = (orders: readonly Reservation[], stock: Pick<StockFacts, 'holds'>): readonly Cell[] =>
  orders.flatMap((state) => partsOf(touched(state, stock)));

const quantities = (lines: readonly ClaimedLine[], unitsOf: (line: ClaimedLine) => number): readonly LineQuantity[] =>
  lines
    .map((line) => withParts({ lineId: line.lineId, sku: line.sku, quantity: unitsOf(line) }, line.parts))
    .filter(({ quantity }) => quantity > 0);

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
  const { fitting, short } = divide(quantities(lines, missingOf), promisableWith(state, stock, freed));
  const reservationId = state.reservationId ?? settling.reservationId;
  const news = short.filter(({ lineId, requested }) => state.lines.get(lineId)?.waiting !== requested);
  const waited = fitting.some(({ lineId }) => (state.lines.get(lineId)?.waiting ?? 0) > 0);
  const reserved = { orderId, ...channelOf(state), reservationId, lines: fitting, ...(waited ? { waited } : {}), reservedAt: now };
  return [
    ...(fitting.length > 0 ? [{ type: 'StockReserved' as const, data: reserved }] : []),
    ...(news.length > 0
      ? [{ type: 'StockShort' as const, data: { orderId, ...channelOf(state), short: news.map(expected(stock)), decidedAt: now } }]
      : []),
  ];
};

const expected =
  (stock: StockFacts) =>
  (line: ShortLine): ShortLine & { readonly nextSupplyAt?: string } => {
    const nextSupplyAt = stock.nextSupplyAt(line.sku);
    return nextSupplyAt === undefined ? line : { ...line, nextSupplyAt };
  };

/** What an order gives back it may take again for another of its lines: an edit that swaps units between lines loses none. */
const promisableWith = ({ channel }: Reservation, stock: StockFacts, freed: readonly LineQuantity[]): ((sku: string) => number) => {
  const back = unitsBySku(freed);
  return (sku) => stock.promisable(sku, { ...(channel === undefined ? {} : { channel }), freed: back.get(sku) ?? 0 });
};

/** As facts tell it. */
export const channelOf = ({ channel }: { readonly channel?: string | undefined }): Pick<Reservation, 'channel'> =>
  channel === undefined ? {} : { channel };
