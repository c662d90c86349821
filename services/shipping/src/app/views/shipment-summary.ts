import { patch, put, type View } from '@cartage/views';
import type { ShipmentEvent } from '../../domain/events';
import type { CarriedStatus } from '../../domain/status';

const key = ({ shipmentId }: { readonly shipmentId: string }) => ({ shipment_id: shipmentId });

interface Scanned {
  readonly shipmentId: string;
  readonly place?: string;
  readonly occurredAt: string;
}

const scanned = ({ place, occurredAt }: Scanned) => ({ last_place: place ?? null, last_scan_at: occurredAt });

const moved =
  (status: CarriedStatus) =>
  ({ data }: { readonly data: Scanned }) =>
    patch(key(data), { status, ...scanned(data) });

const units = (lines: readonly { readonly quantity: number }[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

export const shipmentSummary: View<ShipmentEvent> = {
  name: 'shipment_summary',
  about: 'Each shipment: what it is, where it stands, and when it reached each step.',
  key: ['shipment_id'],
  revision: 1,
  columns: {
    shipment_id: { type: 'uuid not null', about: 'The shipment.' },
    order_id: { type: 'uuid not null', about: 'The order that it is part of.' },
    fulfillment_id: { type: 'uuid not null', about: 'The fulfilment that it carries out.' },
    location: { type: 'text not null', about: 'Code of the location that it leaves from.' },
    status: {
      type: 'text not null',
      about:
        'planned, to-pack, packed, label-failed, labelled, dispatched, in-transit, out-for-delivery, attempt-failed, exception, delivered, returning or cancelled.',
    },
    priority: { type: 'text not null', about: 'standard or expedited.' },
    country: { type: 'text not null', about: 'Country of the destination, ISO 3166-1 alpha-2.' },
    postal_area: { type: 'text', about: 'Area of the destination’s postal code that names no household.' },
    lines: { type: 'integer not null', about: 'Number of order lines in it.' },
    units: { type: 'integer not null', about: 'Number of units in it.' },
    parcels: { type: 'integer', about: 'Number of parcels; empty until it is packed.' },
    weight_grams: { type: 'bigint', about: 'Weight of all parcels, in grams.' },
    carrier: { type: 'text', about: 'Name of the carrier.' },
    service: { type: 'text', about: 'The carrier’s service.' },
    tracking_number: { type: 'text', about: 'The carrier’s number.' },
    tracking_token: { type: 'text', about: 'Opens the public tracking page.' },
    label_cost: { type: 'bigint', about: 'What the carrier charges us, minor units of label_currency.' },
    label_currency: { type: 'text', about: 'ISO 4217.' },
    label_failure: { type: 'text', about: 'Why the carrier refused the last label that was asked for.' },
    last_place: { type: 'text', about: 'Where the carrier’s newest scan was made.' },
    last_scan_at: { type: 'timestamptz', about: 'When the carrier’s newest scan was made, by its clock.' },
    planned_at: { type: 'timestamptz not null', about: 'When routing’s decision was heard.' },
    released_at: { type: 'timestamptz', about: 'Since when it may be picked and packed.' },
    packed_at: { type: 'timestamptz', about: 'When it was packed.' },
    labelled_at: { type: 'timestamptz', about: 'When its label was bought.' },
    dispatched_at: { type: 'timestamptz', about: 'When the carrier got it.' },
    delivered_at: { type: 'timestamptz', about: 'When the customer got it, by the carrier’s clock.' },
    cancelled_at: { type: 'timestamptz', about: 'When it was cancelled.' },
    cancel_reason: { type: 'text', about: 'order-cancelled, fulfillment-rejected or allocation-refused.' },
    late_cancellation: {
      type: 'text',
      about: 'Reason of a cancellation that came when the carrier already had it: somebody must recall it.',
    },
  },
  indexes: [
    '(planned_at, shipment_id)',
    '(status, planned_at, shipment_id)',
    '(location, status, planned_at, shipment_id)',
    '(location, planned_at, shipment_id)',
    '(order_id, planned_at, shipment_id)',
    '(tracking_number)',
    '(tracking_token)',
  ],
  on: {
    ShipmentPlanned: ({ data }) =>
      put({
        ...key(data),
        order_id: data.orderId,
        fulfillment_id: data.fulfillmentId,
        location: data.location,
        status: 'planned',
        priority: data.priority,
        country: data.destination.country,
        postal_area: data.destination.postalArea ?? null,
        lines: data.lines.length,
        units: units(data.lines),
        planned_at: data.plannedAt,
      }),
    ShipmentReleased: ({ data }) => patch(key(data), { status: 'to-pack', location: data.location, released_at: data.releasedAt }),
    ShipmentPacked: ({ data }) =>
      patch(key(data), {
        status: 'packed',
        parcels: data.parcels.length,
        weight_grams: data.parcels.reduce((sum, { weightGrams }) => sum + weightGrams, 0),
        packed_at: data.packedAt,
      }),
    LabelFailed: ({ data }) => patch(key(data), { status: 'label-failed', carrier: data.carrier, label_failure: data.reason }),
    LabelPurchased: ({ data }) =>
      patch(key(data), {
        status: 'labelled',
        carrier: data.carrier,
        service: data.service,
        tracking_number: data.trackingNumber,
        tracking_token: data.trackingToken,
        label_cost: data.cost,
        label_currency: data.currency,
        label_failure: null,
        labelled_at: data.purchasedAt,
      }),
    ShipmentDispatched: ({ data }) => patch(key(data), { status: 'dispatched', dispatched_at: data.dispatchedAt }),
    ShipmentInTransit: moved('in-transit'),
    ShipmentOutForDelivery: moved('out-for-delivery'),
    DeliveryAttemptFailed: moved('attempt-failed'),
    ShipmentException: moved('exception'),
    ShipmentDelivered: ({ data }) => patch(key(data), { status: 'delivered', delivered_at: data.occurredAt, ...scanned(data) }),
    RtoInitiated: moved('returning'),
    ScanRecorded: ({ data }) => (data.late ? [] : patch(key(data), scanned(data))),
    ShipmentCancelled: ({ data }) => patch(key(data), { status: 'cancelled', cancelled_at: data.cancelledAt, cancel_reason: data.reason }),
    CancellationCameLate: ({ data }) => patch(key(data), { late_cancellation: data.reason }),
  },
};
