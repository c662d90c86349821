import { piecesOf, wholeUnits, withParts, type LineQuantity } from '@cartage/contracts';
import type { StockFacts } from './book';
import type { ReservationEvent } from './events';
import { perUnit, skusOf } from './kit';
import { backorderedOf, type Backorder, type ClaimedLine, type Reservation } from './reservation';
import type { FillBackorder, PromiseSupply } from './reservation-command';
import { channelOf } from './settling';

type Facts = readonly ReservationEvent[];

/**
 * What came is reserved for those who had a claim on it, also where a line waits for more: the rest of its units comes with what is still on order.
 * Kits are reserved with all of their parts.
 */
export const filledBackorder = (
  { orderId, sku, units, reservationId, now }: FillBackorder['data'],
  state: Reservation,
  stock: StockFacts,
): Facts => {
  const taken = new Map<string, number>();
  const takenOf = (each: string): number => taken.get(each) ?? 0;
  const there = (each: string): number => stock.promisable(each, channelOf(state)) - takenOf(each);
  const lines = [...state.lines.values()].flatMap((line): readonly LineQuantity[] => {
    if (backorderedOf(line, sku) === 0) return [];
    stock.require(skusOf([line]).map((each) => ({ sku: each })));
    const comes = Math.floor((units - takenOf(sku)) / perUnit(line, sku));
    const quantity = Math.min(line.waiting, comes, wholeUnits(line, there));
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

/** A date is told when there is one, and whenever it is another one. */
export const promisedSupply = (data: PromiseSupply['data'], { lines }: Reservation): Facts => {
  const line = lines.get(data.lineId);
  return line && line.waiting > 0 ? [...dated(data, line), ...awaited(data, line)] : [];
};

const dated = (data: PromiseSupply['data'], line: ClaimedLine): Facts => {
  if (line.backorder) return line.backorder.promisedAt === data.promisedAt ? [] : [moved(data, line, line.backorder)];
  return data.promisedAt === undefined ? [] : [backordered({ ...data, promisedAt: data.promisedAt }, line)];
};

const awaited = ({ orderId, lineId, promisedAt, parts = [], now }: PromiseSupply['data'], line: ClaimedLine): Facts =>
  !line.parts || promisedAt === undefined || isSame(parts, line.backorder?.parts)
    ? []
    : [{ type: 'PartsAwaited', data: { orderId, lineId, parts, awaitedAt: now } }];

const isSame = (parts: readonly string[], others: readonly string[] | undefined): boolean =>
  parts.length === others?.length && parts.every((sku) => others.includes(sku));

const named = ({ orderId }: PromiseSupply['data'], { lineId, sku, waiting }: ClaimedLine) => ({ orderId, lineId, sku, quantity: waiting });

const backordered = (data: PromiseSupply['data'] & { readonly promisedAt: string }, line: ClaimedLine): ReservationEvent => {
  const { backorderId, promisedAt, now } = data;
  return { type: 'StockBackordered', data: { ...named(data, line), backorderId, promisedAt, backorderedAt: now } };
};

const moved = (data: PromiseSupply['data'], line: ClaimedLine, { backorderId, promisedAt: before }: Backorder): ReservationEvent => {
  const { promisedAt, reason, now } = data;
  const dates = { ...(promisedAt === undefined ? {} : { promisedAt }), ...(before === undefined ? {} : { before }) };
  return { type: 'BackorderMoved', data: { ...named(data, line), backorderId, ...dates, reason, movedAt: now } };
};
