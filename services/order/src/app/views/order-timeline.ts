import type { StoredEvent } from '@cartage/eventsourcing';
import { put, type Change, type View } from '@cartage/views';
import type { OrderEvent, OrderEventType } from '../../domain/events';
import { orderIdOf } from '../../domain/order';
import { entryOf } from '../timeline';

const row = (event: StoredEvent<OrderEvent>): Change => {
  const entry = entryOf(event);
  return put({
    order_id: orderIdOf(event),
    version: entry.version,
    step: entry.step,
    occurred_at: entry.at,
    recorded_at: entry.recordedAt,
    actor: entry.actor,
    detail: entry.detail ?? null,
    location: entry.location ?? null,
    shipment_id: entry.shipmentId ?? null,
    return_id: entry.returnId ?? null,
    lines: entry.lines ?? null,
  });
};

const every: { readonly [Type in OrderEventType]: typeof row } = {
  OrderPlaced: row,
  ReservationRecorded: row,
  ShortageRecorded: row,
  PaymentRecorded: row,
  ReviewRecorded: row,
  DeclineRecorded: row,
  OrderConfirmed: row,
  HoldApplied: row,
  HoldReleased: row,
  FulfillmentRecorded: row,
  FulfillmentRejectionRecorded: row,
  UnfillableRecorded: row,
  AllocationRecorded: row,
  AllocationRefusalRecorded: row,
  ShipmentProgressed: row,
  PaymentProgressed: row,
  ReturnProgressed: row,
  OrderCancelled: row,
  OrderCompleted: row,
};

/** The log's own words as a table, for questions over many orders (how long from packed to handed over?). One order's is read from the log. */
export const orderTimeline: View<OrderEvent> = {
  name: 'order_timeline',
  about: 'One row for each thing that happened to an order.',
  revision: 1,
  key: ['order_id', 'version'],
  columns: {
    order_id: { type: 'uuid not null', about: 'The order.' },
    version: { type: 'integer not null', about: 'Place in the order’s history, from 1 without gaps.' },
    step: {
      type: 'text not null',
      about: 'What happened: placed, verified, allocated, packed, handed-over, in-transit, delivered, returned …',
    },
    occurred_at: { type: 'timestamptz not null', about: 'When it happened, by the clock of whoever told it.' },
    recorded_at: { type: 'timestamptz not null', about: 'When the order service recorded it.' },
    actor: { type: 'text not null', about: 'Who asked: a user, or the listening group that heard it.' },
    detail: { type: 'text', about: 'For a person.' },
    location: { type: 'text', about: 'Location code.' },
    shipment_id: { type: 'uuid', about: 'The shipment that it is about.' },
    return_id: { type: 'uuid', about: 'The return that it is about.' },
    lines: {
      type: 'jsonb',
      about: 'Lines that it concerns: lineId, quantity, status after it. Null: the whole order, or all that is in the shipment.',
    },
  },
  on: every,
};
