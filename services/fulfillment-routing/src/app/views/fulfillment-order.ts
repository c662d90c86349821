import { patch, put, type View } from '@cartage/views';
import type { BrokeringEvent } from '../../domain/events';
import { orderBrokering } from '../../domain/order-brokering';
import type { Brokering } from '../../domain/state';
import { unitsOf } from '../../domain/units';

const newestFirst = 'brokered_at desc, fulfillment_id desc';

export const fulfillmentOrder: View<BrokeringEvent, Brokering> = {
  name: 'fulfillment_order',
  about: 'One row for each location that was to ship lines of an order, and what came of it.',
  revision: 4,
  fold: orderBrokering,
  key: ['fulfillment_id'],
  columns: {
    fulfillment_id: { type: 'uuid not null', about: 'The fulfilment.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    channel: { type: 'text', about: 'The sales channel of the order; empty where that was not heard yet.' },
    location: { type: 'text not null', about: 'Code of the location that is to ship it.' },
    status: {
      type: 'text not null',
      about:
        'brokered, refused (stock was gone), rejecting or cancelling (asked, nobody answered yet), rejected, cancelled, or closed (it had left when it was asked, or its customer has it).',
    },
    attempt: { type: 'integer not null', about: '1 for the first brokering of these lines.' },
    decision_id: { type: 'uuid not null', about: 'The decision that chose the location: see routing_decision.' },
    priority: { type: 'text not null', about: 'standard, expedited, or another word.' },
    country: { type: 'text', about: 'Destination, ISO 3166-1 alpha-2; null where nobody knows it.' },
    lines: { type: 'jsonb not null', about: 'Lines to ship: lineId, sku, quantity.' },
    instructions: { type: 'text', about: 'Of its ship group, for whoever packs it or hands it over; empty where there are none.' },
    line_count: { type: 'integer not null', about: 'Number of lines.' },
    unit_count: { type: 'bigint not null', about: 'Units over all lines.' },
    short_count: { type: 'bigint not null', about: 'Units that were found missing when it was picked: they are no part of it any more.' },
    brokered_at: { type: 'timestamptz not null', about: 'When the location was chosen.' },
    ended_at: { type: 'timestamptz', about: 'When it came to nothing, or was found to have left.' },
    accept_by: { type: 'timestamptz', about: 'The location is to accept it until then; null: it need not.' },
    accepted_at: { type: 'timestamptz', about: 'When it accepted it.' },
    overdue: { type: 'boolean not null', about: 'It was not accepted in time, and is not yet.' },
    collect_at: { type: 'text', about: 'Code of the location where the customer fetches it, once it waits there.' },
    collect_by: { type: 'timestamptz', about: 'The customer is to fetch it until then; null: it does not wait for that, or not any more.' },
    reject_reason: { type: 'text', about: 'Why the location would not ship it: the code.' },
  },
  indexes: [
    '(order_id)',
    `(${newestFirst})`,
    `(channel, ${newestFirst})`,
    `(location, ${newestFirst})`,
    `(status, ${newestFirst})`,
    `(location, status, ${newestFirst})`,
    `(${newestFirst}) where overdue`,
    `(collect_at, ${newestFirst}) where collect_by is not null`,
  ],
  on: {
    OrderBrokered: ({ data: { orderId, decisionId, shipGroup, request, assignments, brokeredAt } }) =>
      assignments.map(({ fulfillmentId, location, lines }) =>
        put({
          fulfillment_id: fulfillmentId,
          order_id: orderId,
          channel: request.channel ?? null,
          location,
          status: 'brokered',
          attempt: request.attempt,
          decision_id: decisionId,
          priority: request.priority,
          country: request.destination?.country ?? null,
          lines,
          instructions: shipGroup.instructions ?? null,
          line_count: lines.length,
          unit_count: unitsOf(lines),
          short_count: 0,
          brokered_at: brokeredAt,
          ended_at: null,
          accept_by: null,
          accepted_at: null,
          overdue: false,
          collect_at: null,
          collect_by: null,
          reject_reason: null,
        }),
      ),
    FulfillmentBrokered: ({ data: { fulfillmentId, acceptBy } }) =>
      acceptBy === undefined ? [] : patch({ fulfillment_id: fulfillmentId }, { accept_by: acceptBy }),
    FulfillmentAccepted: ({ data }) => patch({ fulfillment_id: data.fulfillmentId }, { accepted_at: data.acceptedAt, overdue: false }),
    FulfillmentNotAccepted: ({ data }) => patch({ fulfillment_id: data.fulfillmentId }, { overdue: true }),
    ShipGroupChanged: ({ data: { shipGroup } }, state) =>
      fulfillmentsOf(state(), shipGroup.shipGroupId).map((fulfillmentId) =>
        patch({ fulfillment_id: fulfillmentId }, { instructions: shipGroup.instructions ?? null }),
      ),
    AllocationRefused: ({ data }) => patch({ fulfillment_id: data.fulfillmentId }, { status: 'refused', ended_at: data.refusedAt }),
    FulfillmentRejectionRequested: ({ data }) =>
      patch({ fulfillment_id: data.fulfillmentId }, { status: 'rejecting', collect_by: null, reject_reason: data.reason.code }),
    FulfillmentRejected: ({ data }) =>
      patch({ fulfillment_id: data.fulfillmentId }, { status: 'rejected', ended_at: data.rejectedAt, reject_reason: data.reason.code }),
    FulfillmentPickedShort: ({ data: { fulfillmentId, lines, short } }, state) =>
      patch(
        { fulfillment_id: fulfillmentId },
        {
          lines,
          line_count: lines.length,
          unit_count: unitsOf(lines),
          short_count: unitsOf(state()?.fulfillments.get(fulfillmentId)?.short ?? short),
        },
      ),
    FulfillmentCancellationRequested: ({ data }, state) =>
      patch({ fulfillment_id: data.fulfillmentId }, { status: statusIn(state(), data), collect_by: null }),
    FulfillmentCancelled: ({ data: { fulfillmentId, cancelledAt } }, state) =>
      fulfillmentId === undefined
        ? []
        : patch({ fulfillment_id: fulfillmentId }, { status: statusIn(state(), { fulfillmentId }), ended_at: cancelledAt }),
    ReadyForPickup: ({ data }) => patch({ fulfillment_id: data.fulfillmentId }, { collect_at: data.location, collect_by: data.expiresAt }),
    PickupExtended: ({ data }) => patch({ fulfillment_id: data.fulfillmentId }, { collect_by: data.expiresAt }),
    PickupExpired: ({ data }) => patch({ fulfillment_id: data.fulfillmentId }, { collect_by: null }),
    HandedOver: ({ data: { fulfillmentId, lines, handedOverAt } }) =>
      patch(
        { fulfillment_id: fulfillmentId },
        { status: 'closed', ended_at: handedOverAt, collect_by: null, lines, line_count: lines.length, unit_count: unitsOf(lines) },
      ),
    CancellationRefused: ({ data }) => patch({ fulfillment_id: data.fulfillmentId }, { status: 'closed', ended_at: data.refusedAt }),
  },
};

const fulfillmentsOf = (state: Brokering, shipGroupId: string): readonly string[] =>
  [...(state?.fulfillments.values() ?? [])].flatMap((one) => (one.shipGroupId === shipGroupId ? [one.fulfillmentId] : []));

/** What it is known as after the event: a request finds one that is rejecting already as it was. */
const statusIn = (state: Brokering, { fulfillmentId }: { readonly fulfillmentId: string }): string =>
  state?.fulfillments.get(fulfillmentId)?.status ?? 'cancelled';
