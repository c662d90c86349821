import { unitsBySku, withParts, type LineQuantity, type Reason } from '@cartage/contracts';
import { withLevels, type StockFacts } from './book';
import type { ReservationEvent } from './events';
import { perUnit, skusOf } from './kit';
import type { Reservation } from './reservation';
import type { LoseStock } from './reservation-command';
import type { Cell } from './stock';

/** How much of what is claimed is not there. */
export interface Shortfall {
  /** Of the claims at the location. */
  readonly allocated: number;
  /** Of all claims, after those at the location are claims on the network again. */
  readonly reserved: number;
}

/** What a change of what is on hand at a location leaves uncovered: nothing, unless promised units are lost. */
export const shortfallOf = (
  { sku, location, quantity }: { readonly sku: string; readonly location: string; readonly quantity: number },
  stock: StockFacts,
): Shortfall => {
  const here = stock.at({ sku, location });
  if (!here || quantity >= 0) return { allocated: 0, reserved: 0 };
  const { onHand, allocated, reserved } = stock.over(sku);
  return {
    allocated: Math.max(0, here.allocated - (here.onHand + quantity)),
    reserved: here.active ? Math.max(0, reserved + allocated - (onHand + quantity)) : 0,
  };
};

/** Up to so many units of one order's claims are not there: those at the location go back to the network, those on the network are gone. */
export const lost = ({ location, ...data }: LoseStock['data'], state: Reservation, stock: StockFacts): readonly ReservationEvent[] =>
  location === undefined ? lostReserved(data, state) : lostAllocated({ ...data, location }, state, stock);

/** What must be locked for an order to lose units: of a kit all parts are given back together. */
export const cellsToLose = ({ lines, fulfillments }: Reservation, { sku, location }: Cell): readonly Cell[] => {
  const there = [...fulfillments.values()].flatMap((each) => (each.location === location ? each.lines : []));
  const losing = skusOf((location === undefined ? [...lines.values()] : there).filter((line) => perUnit(line, sku) > 0));
  return losing.map((each) => (location === undefined ? { sku: each } : { sku: each, location }));
};

const reasonOf = (location?: string): Reason => ({
  code: 'stock-lost',
  detail: location === undefined ? 'The units are not there.' : `The units are not at ${location}.`,
  by: 'system',
});

const lostReserved = (
  { orderId, sku, quantity, now }: LoseStock['data'],
  { lines, reservationId }: Reservation,
): readonly ReservationEvent[] => {
  const held = [...lines.values()].map((line) => withParts({ lineId: line.lineId, sku: line.sku, quantity: line.reserved }, line.parts));
  const taken = take(held, { sku, units: quantity });
  return taken.length > 0 && reservationId !== undefined
    ? [{ type: 'StockReleased', data: { orderId, reservationId, reason: reasonOf(), lines: taken, releasedAt: now } }]
    : [];
};

/** The last fulfilment first. */
const lostAllocated = (
  { orderId, sku, location, quantity, now }: LoseStock['data'] & { readonly location: string },
  { fulfillments }: Reservation,
  stock: StockFacts,
): readonly ReservationEvent[] => {
  let left = quantity;
  return [...fulfillments].reverse().flatMap(([fulfillmentId, fulfillment]): readonly ReservationEvent[] => {
    const there = fulfillment.location === location ? fulfillment.lines : [];
    const lines = take(there, { sku, units: left });
    left -= unitsOf(lines, sku);
    if (lines.length === 0) return [];
    const data = { orderId, fulfillmentId, location, lines, reason: reasonOf(location), levels: [], releasedAt: now };
    return [withLevels(stock, { type: 'AllocationReleased', data })];
  });
};

/** So many units of a SKU, the last line first; lines that have none of it stay. Who misses a part of a kit misses the kit. */
export const take = (
  lines: readonly LineQuantity[],
  { sku, units }: { readonly sku: string; readonly units: number },
): readonly LineQuantity[] => {
  let left = units;
  return [...lines].reverse().flatMap((line) => {
    const each = perUnit(line, sku);
    const quantity = each === 0 ? 0 : Math.min(Math.ceil(Math.max(0, left) / each), line.quantity);
    left -= quantity * each;
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });
};

/** Units of a SKU in these lines. */
export const unitsOf = (lines: readonly LineQuantity[], sku: string): number => unitsBySku(lines).get(sku) ?? 0;
