import type { StoredEvent } from '@cartage/eventsourcing';
import { put, type Change, type View } from '@cartage/views';
import type { Milestone, ShipmentEvent } from '../../domain/events';

interface Told {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly place?: string;
  readonly reason?: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly late?: boolean;
}

const row = (milestone: Milestone, version: number, told: Told): Change =>
  put({
    shipment_id: told.shipmentId,
    version,
    order_id: told.orderId,
    milestone,
    place: told.place ?? null,
    reason: told.reason ?? null,
    late: told.late ?? false,
    occurred_at: told.occurredAt,
    recorded_at: told.recordedAt,
  });

const scanned =
  (milestone: Milestone) =>
  ({ data, version }: Pick<StoredEvent, 'version'> & { readonly data: Told }): Change =>
    row(milestone, version, data);

export const shipmentMilestone: View<ShipmentEvent> = {
  name: 'shipment_milestone',
  about: 'What happened to each shipment on its way, every scan once.',
  key: ['shipment_id', 'version'],
  revision: 1,
  columns: {
    shipment_id: { type: 'uuid not null', about: 'The shipment.' },
    version: { type: 'integer not null', about: 'Counts the shipment’s events, in the order in which they were recorded.' },
    order_id: { type: 'uuid not null', about: 'The order that it is part of.' },
    milestone: {
      type: 'text not null',
      about: 'label-created, picked-up, in-transit, out-for-delivery, delivered, attempt-failed, exception or returned.',
    },
    place: { type: 'text', about: 'Where, as the carrier names it.' },
    reason: { type: 'text', about: 'Why, for a failed attempt, an exception or a return.' },
    late: { type: 'boolean not null', about: 'Whether a newer scan had been heard before, so that this one moved nothing.' },
    occurred_at: { type: 'timestamptz not null', about: 'When, by the carrier’s clock (by ours for a label or a dispatch of our own).' },
    recorded_at: { type: 'timestamptz not null', about: 'When we heard of it.' },
  },
  indexes: ['(milestone, occurred_at)', '(order_id)'],
  on: {
    LabelPurchased: ({ data, version }) =>
      row('label-created', version, { ...data, occurredAt: data.purchasedAt, recordedAt: data.purchasedAt }),
    ShipmentDispatched: ({ data, version, recordedAt }) =>
      row('picked-up', version, { ...data, occurredAt: data.dispatchedAt, recordedAt }),
    ShipmentInTransit: scanned('in-transit'),
    ShipmentOutForDelivery: scanned('out-for-delivery'),
    DeliveryAttemptFailed: scanned('attempt-failed'),
    ShipmentException: scanned('exception'),
    ShipmentDelivered: scanned('delivered'),
    RtoInitiated: scanned('returned'),
    ScanRecorded: ({ data, version }) => row(data.milestone, version, data),
  },
};
