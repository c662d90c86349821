import type { Reason } from '@cartage/contracts';
import type { StoredEvent } from '@cartage/eventsourcing';
import { put, type Change, type View } from '@cartage/views';
import type { Milestone, ShipmentEvent } from '../../domain/events';

interface ScanFact {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly parcelId?: string;
  readonly place?: string;
  readonly reason?: Reason;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly late?: boolean;
}

interface NamedParcel {
  readonly parcelId: string;
}

/** A row is of one parcel; what concerns all of them has none. */
const row = (milestone: Milestone, version: number, fact: ScanFact): Change =>
  put({
    shipment_id: fact.shipmentId,
    version,
    order_id: fact.orderId,
    parcel_id: fact.parcelId ?? '',
    milestone,
    place: fact.place ?? null,
    reason: fact.reason?.code ?? null,
    detail: fact.reason?.detail ?? null,
    late: fact.late ?? false,
    occurred_at: fact.occurredAt,
    recorded_at: fact.recordedAt,
  });

const scanned =
  (milestone: Milestone) =>
  ({ data, version }: Pick<StoredEvent, 'version'> & { readonly data: ScanFact }): Change =>
    row(milestone, version, data);

/** The end of each parcel's way, where one event tells of several. */
const ended =
  (milestone: Milestone) =>
  ({
    data,
    version,
  }: Pick<StoredEvent, 'version'> & { readonly data: ScanFact & { readonly parcels: readonly NamedParcel[] } }): readonly Change[] =>
    data.parcels.map(({ parcelId }) => row(milestone, version, { ...data, parcelId }));

export const shipmentMilestone: View<ShipmentEvent> = {
  name: 'shipment_milestone',
  about: 'What happened to each shipment on its way, every scan once.',
  key: ['shipment_id', 'version', 'parcel_id'],
  revision: 3,
  columns: {
    shipment_id: { type: 'uuid not null', about: 'The shipment.' },
    version: { type: 'integer not null', about: 'Counts the shipment’s events, in the order in which they were recorded.' },
    order_id: { type: 'uuid not null', about: 'The order that it is part of.' },
    parcel_id: { type: 'text not null', about: 'The parcel; empty for what concerns all of them.' },
    milestone: {
      type: 'text not null',
      about:
        'label-created, picked-up, in-transit, out-for-delivery, delivered, attempt-failed, exception, returned, or other: in the carrier’s own words.',
    },
    place: { type: 'text', about: 'Where, as the carrier names it.' },
    reason: { type: 'text', about: 'Why, for a failed attempt, an exception or a return: a code.' },
    detail: { type: 'text', about: 'The same in words, if there were any.' },
    late: { type: 'boolean not null', about: 'Whether a newer scan had been heard before, so that this one moved nothing.' },
    occurred_at: { type: 'timestamptz not null', about: 'When, by the carrier’s clock (by ours for a label or a dispatch of our own).' },
    recorded_at: { type: 'timestamptz not null', about: 'When we heard of it.' },
  },
  on: {
    LabelPurchased: ({ data, version }) =>
      row('label-created', version, { ...data, occurredAt: data.purchasedAt, recordedAt: data.purchasedAt }),
    ShipmentDispatched: ({ data, version, recordedAt }) =>
      row('picked-up', version, { ...data, occurredAt: data.dispatchedAt, recordedAt }),
    ShipmentInTransit: scanned('in-transit'),
    ShipmentOutForDelivery: scanned('out-for-delivery'),
    DeliveryAttemptFailed: scanned('attempt-failed'),
    ShipmentException: scanned('exception'),
    ArrivedAtStore: ended('delivered'),
    ShipmentDelivered: ended('delivered'),
    RtoInitiated: ended('returned'),
    RtoInTransit: scanned('in-transit'),
    ScanRecorded: ({ data, version }) => row(data.milestone, version, data),
  },
};
