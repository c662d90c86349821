import type { Meta } from '@cartage/eventsourcing';
import type { Heard, RecordFact } from './recording';

/** What inventory decided about an order. */
export const stockFacts = (record: RecordFact) => ({
  reserved: ({ orderId, reservationId, reservedAt }: Heard<'StockReserved'>, meta: Meta) =>
    record('RecordReservation', orderId, { reservationId, at: reservedAt }, meta),

  short: ({ orderId, short, decidedAt }: Heard<'StockShort'>, meta: Meta) =>
    record('RecordShortage', orderId, { short, at: decidedAt }, meta),

  allocated: ({ orderId, fulfillmentId, location, lines, allocatedAt }: Heard<'StockAllocated'>, meta: Meta) =>
    record('RecordAllocation', orderId, { fulfillmentId, location, lines, at: allocatedAt }, meta),

  allocationRefused: ({ orderId, fulfillmentId, location, short, refusedAt }: Heard<'AllocationRefused'>, meta: Meta) =>
    record('RecordAllocationRefusal', orderId, { fulfillmentId, location, short, at: refusedAt }, meta),
});
export type StockFacts = ReturnType<typeof stockFacts>;
