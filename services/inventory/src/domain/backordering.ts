import type { LineQuantity } from '@cartage/contracts';
import type { StockFacts } from './book';
import type { ReservationEvent } from './events';
import { backorderedOf, type Backorder, type ClaimedLine, type Reservation } from './reservation';
import type { FillBackorder, PromiseSupply } from './reservation-command';
import { channelOf } from './settling';

type Facts = readonly ReservationEvent[];

/** What came is reserved for those who had a claim on it, also where a line waits for more: the rest of its units comes with what is still on order. */
export const filledBackorder = (
  { orderId, sku, units, reservationId, now }: FillBackorder['data'],
  state: Reservation,
  stock: StockFacts,
): Facts => {
  let left = Math.min(units, stock.promisable(sku, channelOf(state)));
  const lines = [...state.lines.values()].flatMap((line): readonly LineQuantity[] => {
    const quantity = line.sku === sku ? Math.min(left, backorderedOf(line)) : 0;
    left -= quantity;
    return quantity > 0 ? [{ lineId: line.lineId, sku, quantity }] : [];
  });
  if (lines.length === 0) return [];
  const data = { orderId, ...channelOf(state), reservationId: state.reservationId ?? reservationId, lines, waited: true, reservedAt: now };
  return [{ type: 'StockReserved', data }];
};

/** A date is told when there is one, and whenever it is another one. */
export const promisedSupply = (data: PromiseSupply['data'], { lines }: Reservation): Facts => {
  const line = lines.get(data.lineId);
  if (!line || line.waiting === 0) return [];
  if (line.backorder) return line.backorder.promisedAt === data.promisedAt ? [] : [moved(data, line, line.backorder)];
  return data.promisedAt === undefined ? [] : [backordered({ ...data, promisedAt: data.promisedAt }, line)];
};

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
