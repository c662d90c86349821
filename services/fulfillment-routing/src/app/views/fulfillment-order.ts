import { patch, put, type View } from '@cartage/views';
import type { BrokeringEvent } from '../../domain/events';

const newestFirst = 'brokered_at desc, fulfillment_id desc';
const unitsOf = (lines: readonly { readonly quantity: number }[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

export const fulfillmentOrder: View<BrokeringEvent> = {
  name: 'fulfillment_order',
  about: 'One row for each location that was to ship lines of an order, and what came of it.',
  revision: 1,
  key: ['fulfillment_id'],
  columns: {
    fulfillment_id: { type: 'uuid not null', about: 'The fulfilment.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    location: { type: 'text not null', about: 'Code of the location that is to ship it.' },
    status: {
      type: 'text not null',
      about: 'brokered, allocated (stock is claimed), refused (stock was gone), rejected (by the location) or closed (it left).',
    },
    attempt: { type: 'integer not null', about: '1 for the first brokering of these lines.' },
    decision_id: { type: 'uuid not null', about: 'The decision that chose the location: see routing_decision.' },
    priority: { type: 'text not null', about: 'standard or expedited.' },
    country: { type: 'text not null', about: 'Destination, ISO 3166-1 alpha-2.' },
    lines: { type: 'jsonb not null', about: 'Lines to ship: lineId, sku, quantity.' },
    line_count: { type: 'integer not null', about: 'Number of lines.' },
    unit_count: { type: 'bigint not null', about: 'Units over all lines.' },
    brokered_at: { type: 'timestamptz not null', about: 'When the location was chosen.' },
    allocated_at: { type: 'timestamptz', about: 'When its stock was claimed.' },
    ended_at: { type: 'timestamptz', about: 'When the goods left, or it came to nothing.' },
    reject_reason: { type: 'text', about: 'Why the location rejected it.' },
  },
  indexes: [
    '(order_id)',
    `(${newestFirst})`,
    `(location, ${newestFirst})`,
    `(status, ${newestFirst})`,
    `(location, status, ${newestFirst})`,
  ],
  on: {
    FulfillmentBrokered: ({ data }) =>
      put({
        fulfillment_id: data.fulfillmentId,
        order_id: data.orderId,
        location: data.location,
        status: 'brokered',
        attempt: data.attempt,
        decision_id: data.decisionId,
        priority: data.priority,
        country: data.destination.country,
        lines: data.lines,
        line_count: data.lines.length,
        unit_count: unitsOf(data.lines),
        brokered_at: data.brokeredAt,
        allocated_at: null,
        ended_at: null,
        reject_reason: null,
      }),
    AllocationRecorded: ({ data }) =>
      patch({ fulfillment_id: data.fulfillmentId }, { status: 'allocated', allocated_at: data.allocatedAt }),
    AllocationRefusalRecorded: ({ data }) => patch({ fulfillment_id: data.fulfillmentId }, { status: 'refused', ended_at: data.refusedAt }),
    FulfillmentRejected: ({ data }) =>
      patch({ fulfillment_id: data.fulfillmentId }, { status: 'rejected', ended_at: data.rejectedAt, reject_reason: data.reason }),
    DispatchRecorded: ({ data }) => patch({ fulfillment_id: data.fulfillmentId }, { status: 'closed', ended_at: data.dispatchedAt }),
  },
};
