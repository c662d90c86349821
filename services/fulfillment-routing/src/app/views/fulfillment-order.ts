import { patch, put, type View } from '@cartage/views';
import type { BrokeringEvent } from '../../domain/events';
import { orderBrokering } from '../../domain/order-brokering';
import type { Brokering } from '../../domain/state';

const newestFirst = 'brokered_at desc, fulfillment_id desc';
const unitsOf = (lines: readonly { readonly quantity: number }[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

export const fulfillmentOrder: View<BrokeringEvent, Brokering> = {
  name: 'fulfillment_order',
  about: 'One row for each location that was to ship lines of an order, and what came of it.',
  revision: 2,
  fold: orderBrokering,
  key: ['fulfillment_id'],
  columns: {
    fulfillment_id: { type: 'uuid not null', about: 'The fulfilment.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    location: { type: 'text not null', about: 'Code of the location that is to ship it.' },
    status: {
      type: 'text not null',
      about:
        'brokered, refused (stock was gone), rejecting or cancelling (asked, nobody answered yet), rejected, cancelled, or closed (it had left when it was asked).',
    },
    attempt: { type: 'integer not null', about: '1 for the first brokering of these lines.' },
    decision_id: { type: 'uuid not null', about: 'The decision that chose the location: see routing_decision.' },
    priority: { type: 'text not null', about: 'standard, expedited, or another word.' },
    country: { type: 'text', about: 'Destination, ISO 3166-1 alpha-2; null where nobody knows it.' },
    lines: { type: 'jsonb not null', about: 'Lines to ship: lineId, sku, quantity.' },
    line_count: { type: 'integer not null', about: 'Number of lines.' },
    unit_count: { type: 'bigint not null', about: 'Units over all lines.' },
    brokered_at: { type: 'timestamptz not null', about: 'When the location was chosen.' },
    ended_at: { type: 'timestamptz', about: 'When it came to nothing, or was found to have left.' },
    accept_by: { type: 'timestamptz', about: 'The location is to accept it until then; null: it need not.' },
    accepted_at: { type: 'timestamptz', about: 'When it accepted it.' },
    overdue: { type: 'boolean not null', about: 'It was not accepted in time, and is not yet.' },
    reject_reason: { type: 'text', about: 'Why the location would not ship it: the code.' },
  },
  indexes: [
    '(order_id)',
    `(${newestFirst})`,
    `(location, ${newestFirst})`,
    `(status, ${newestFirst})`,
    `(location, status, ${newestFirst})`,
    `(${newestFirst}) where overdue`,
  ],
  on: {
    OrderBrokered: ({ data: { orderId, decisionId, request, assignments, brokeredAt } }) =>
      assignments.map(({ fulfillmentId, location, lines }) =>
        put({
          fulfillment_id: fulfillmentId,
          order_id: orderId,
          location,
          status: 'brokered',
          attempt: request.attempt,
          decision_id: decisionId,
          priority: request.priority,
          country: request.destination?.country ?? null,
          lines,
          line_count: lines.length,
          unit_count: unitsOf(lines),
          brokered_at: brokeredAt,
          ended_at: null,
          accept_by: null,
          accepted_at: null,
          overdue: false,
          reject_reason: null,
        }),
      ),
    FulfillmentBrokered: ({ data: { fulfillmentId, acceptBy } }) =>
      acceptBy === undefined ? [] : patch({ fulfillment_id: fulfillmentId }, { accept_by: acceptBy }),
    FulfillmentAccepted: ({ data }) => patch({ fulfillment_id: data.fulfillmentId }, { accepted_at: data.acceptedAt, overdue: false }),
    FulfillmentNotAccepted: ({ data }) => patch({ fulfillment_id: data.fulfillmentId }, { overdue: true }),
    AllocationRefused: ({ data }) => patch({ fulfillment_id: data.fulfillmentId }, { status: 'refused', ended_at: data.refusedAt }),
    FulfillmentRejectionRequested: ({ data }) =>
      patch({ fulfillment_id: data.fulfillmentId }, { status: 'rejecting', reject_reason: data.reason.code }),
    FulfillmentRejected: ({ data }) =>
      patch({ fulfillment_id: data.fulfillmentId }, { status: 'rejected', ended_at: data.rejectedAt, reject_reason: data.reason.code }),
    FulfillmentCancellationRequested: ({ data }, state) =>
      patch({ fulfillment_id: data.fulfillmentId }, { status: statusIn(state(), data) }),
    FulfillmentCancelled: ({ data: { fulfillmentId, cancelledAt } }, state) =>
      fulfillmentId === undefined
        ? []
        : patch({ fulfillment_id: fulfillmentId }, { status: statusIn(state(), { fulfillmentId }), ended_at: cancelledAt }),
    CancellationRefused: ({ data }) => patch({ fulfillment_id: data.fulfillmentId }, { status: 'closed', ended_at: data.refusedAt }),
  },
};

/** What it is known as after the event: a request finds one that is rejecting already as it was. */
const statusIn = (state: Brokering, { fulfillmentId }: { readonly fulfillmentId: string }): string =>
  state?.fulfillments.get(fulfillmentId)?.status ?? 'cancelled';
