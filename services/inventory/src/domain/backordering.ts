import { piecesOf, wholeUnits, withParts, type LineQuantity } from '@cartage/contracts';
import type { StockFacts } from './book';
import type { ReservationEvent } from './events';
import { perUnit, skusOf } from './kit';
import { backorderedOf, type ClaimedLine, type Reservation } from './reservation';
import type { FillBackorder, PromisedSupply, PromiseSupply } from './reservation-command';
import { channelOf } from './settling';

type Facts = readonly ReservationEvent[];

/**
 * What came is reserved for those who had a claim on it, also where a line waits for more: the rest of its units comes with what is still on order.
 * Kits are reserved with all of their parts.
 */
export const filledBackorder = (
  { orderId, come, reservationId, now }: FillBackorder['data'],
  state: Reservation,
  stock: StockFacts,
): Facts => {
  const coming = new Map(come.map(({ sku, units }) => [sku, units]));
  const taken = new Map<string, number>();
  const takenOf = (sku: string): number => taken.get(sku) ?? 0;
  const there = (sku: string): number => stock.promisable(sku, channelOf(state)) - takenOf(sku);
  const lines = [...state.lines.values()].flatMap((line): readonly LineQuantity[] => {
    const awaits = skusOf([line]).filter((sku) => coming.has(sku) && backorderedOf(line, sku) > 0);
    if (awaits.length === 0) return [];
    stock.require(skusOf([line]).map((sku) => ({ sku })));
    const comes = awaits.map((sku) => Math.floor(((coming.get(sku) ?? 0) - takenOf(sku)) / perUnit(line, sku)));
    const quantity = Math.max(0, Math.min(line.waiting, wholeUnits(line, there), ...comes));
    for (const piece of piecesOf(line)) taken.set(piece.sku, takenOf(piece.sku) + quantity * piece.quantity);
    return quantity > 0 ? [withParts({ lineId: line.lineId, sku: line.sku, quantity }, line.parts)] : [];
  });
  if (lines.length === 0) return [];
  const data = {
    ...{ orderId, ...channelOf(state), reservationId: state.reservationId ?? reservationId },
    ...{ lines, waited: true, reservedAt: now },
  };
  return [{ type: 'StockReserved', data }];
};

/** A date is told when there is one, and whenever it is another one: of all lines of an order together, however many there are. */
export const promisedSupply = ({ orderId, promises, reason, now }: PromiseSupply['data'], { lines }: Reservation): Facts => {
  const waiting = promises.flatMap((promise): readonly Waiting[] => {
    const line = lines.get(promise.lineId);
    return line && line.waiting > 0 ? [{ promise, line }] : [];
  });
  const [dated, others, kits] = [waiting.flatMap(backordered), waiting.flatMap(moved), waiting.flatMap(awaited)];
  return [
    ...(dated.length > 0 ? [{ type: 'StockBackordered' as const, data: { orderId, lines: dated, backorderedAt: now } }] : []),
    ...(others.length > 0 ? [{ type: 'BackorderMoved' as const, data: { orderId, lines: others, reason, movedAt: now } }] : []),
    ...(kits.length > 0 ? [{ type: 'PartsAwaited' as const, data: { orderId, kits, awaitedAt: now } }] : []),
  ];
};

/** A line that waits, and what is promised to it. */
interface Waiting {
  readonly promise: PromisedSupply;
  readonly line: ClaimedLine;
}

const named = ({ lineId, sku, waiting }: ClaimedLine) => ({ lineId, sku, quantity: waiting });

const backordered = ({ promise: { backorderId, promisedAt }, line }: Waiting) =>
  line.backorder || promisedAt === undefined ? [] : [{ ...named(line), backorderId, promisedAt }];

const moved = ({ promise: { promisedAt }, line }: Waiting) => {
  if (!line.backorder || line.backorder.promisedAt === promisedAt) return [];
  const { backorderId, promisedAt: before } = line.backorder;
  const dates = { ...(promisedAt === undefined ? {} : { promisedAt }), ...(before === undefined ? {} : { before }) };
  return [{ ...named(line), backorderId, ...dates }];
};

const awaited = ({ promise: { promisedAt, parts = [] }, line }: Waiting) =>
  !line.parts || promisedAt === undefined || isSame(parts, line.backorder?.parts) ? [] : [{ lineId: line.lineId, parts }];

const isSame = (parts: readonly string[], others: readonly string[] | undefined): boolean =>
  parts.length === others?.length && parts.every((sku) => others.includes(sku));
