import { sharesOf, type Parcel } from '@cartage/contracts';
import { patch, put, type Change, type Row, type View } from '@cartage/views';
import { labelsToVoid } from '../../domain/beside';
import { courseOf } from '../../domain/course';
import { shipment } from '../../domain/decide';
import type { Milestone, ShipmentEvent } from '../../domain/events';
import { lostParcels } from '../../domain/loss';
import { hasLabel, isCarried, type Shipment, type WithLabel } from '../../domain/shipment';

const keyOf = (labelId: string, parcelId: string) => ({ label_id: labelId, parcel_id: parcelId });

/** What each parcel bears of what is paid for all of them: by its weight. */
const sharedBy = (amount: number | undefined, grams: readonly number[]): readonly (number | null)[] =>
  amount === undefined ? grams.map(() => null) : sharesOf(amount, grams);

/** What was offered for this label, and for no earlier one. */
const offeredFor = ({ quote, label }: WithLabel) => (quote?.labelId === label.labelId ? quote : undefined);

const costsOf = (state: WithLabel, grams: readonly number[]): readonly Row[] => {
  const { label } = state;
  const quote = offeredFor(state);
  const [costs, quoted] = [sharedBy(label.cost, grams), sharedBy(quote?.cost, grams)];
  const of = { currency: label.currency ?? null, quote_currency: quote?.currency ?? null, quoted_days: quote?.days ?? null };
  return grams.map((_, n) => ({ ...of, cost: costs[n] ?? null, quoted: quoted[n] ?? null }));
};

/** As it was packed. */
const sizeOf = ({ weightGrams, lengthMm, widthMm, heightMm }: Partial<Parcel> = {}): Row => ({
  ...{ weight_grams: weightGrams ?? 0, length_mm: lengthMm ?? null, width_mm: widthMm ?? null, height_mm: heightMm ?? null },
});

/** The parcels of a label that was bought now. */
const labelled = (state: Shipment): readonly Change[] => {
  if (!hasLabel(state)) return [];
  const { plan, label, parcels, tracked } = state;
  const packed = new Map(parcels.map((parcel) => [parcel.parcelId, parcel]));
  const costs = costsOf(
    state,
    tracked.map(({ parcelId }) => packed.get(parcelId)?.weightGrams ?? 0),
  );
  return tracked.map(({ parcelId, trackingNumber }, n) =>
    put({
      ...keyOf(label.labelId, parcelId),
      ...{ shipment_id: plan.shipmentId, order_id: plan.orderId, carrier: label.carrier, service: label.service },
      ...{ tracking_number: trackingNumber, location: plan.location, promised_at: plan.deliverBy ?? null },
      ...{ country: plan.destination?.country ?? null, postal_area: plan.destination?.postalArea ?? null },
      ...sizeOf(packed.get(parcelId)),
      ...costs[n],
      ...{ labelled_at: label.purchasedAt, unused: false, failed_attempts: 0, damaged: false, lost: false, went_back: false },
    }),
  );
};

/** Of labels that nobody uses any more. */
const unused = (state: Shipment): readonly Change[] =>
  labelsToVoid(state).flatMap(({ labelId, parcels = [] }) =>
    parcels.map(({ parcelId }) => patch(keyOf(labelId, parcelId), { unused: true })),
  );

interface OfParcel {
  readonly parcelId: string;
}

/** How these parcels fared up to now, or all of them. */
const fared = (state: Shipment, named?: readonly OfParcel[], more: Row = {}): readonly Change[] => {
  if (!isCarried(state)) return [];
  const wanted = named && new Set(named.map(({ parcelId }) => parcelId));
  const lost = lostParcels(state);
  return state.tracked
    .filter(({ parcelId }) => wanted?.has(parcelId) ?? true)
    .map((parcel) => {
      const { deliveredAt, failedAttempts, damaged, wentBack } = courseOf(parcel);
      const course = {
        delivered_at: deliveredAt ?? null,
        failed_attempts: failedAttempts,
        damaged,
        lost: lost.has(parcel.parcelId),
        went_back: wentBack,
      };
      return patch(keyOf(state.label.labelId, parcel.parcelId), { ...course, ...more });
    });
};

type Scanned = { readonly data: OfParcel };
type Ended = { readonly data: { readonly parcels: readonly OfParcel[] } };
type Course = readonly Change[];

const ofOne = ({ data }: Scanned, state: () => Shipment): Course => fared(state(), [data]);
const ofSome = ({ data }: Ended, state: () => Shipment): Course => fared(state(), data.parcels);

/** Scans that say how a parcel fared; all others say where it is. */
const telling: ReadonlySet<Milestone> = new Set(['attempt-failed', 'exception', 'delivered', 'returned']);

export const carrierParcel: View<ShipmentEvent, Shipment> = {
  name: 'carrier_parcel',
  about:
    'Each parcel of each label that was bought: what it is, what it costs, and how it fared with its carrier. Scorecards and the audit of carriers’ invoices read it.',
  key: ['label_id', 'parcel_id'],
  revision: 1,
  fold: shipment,
  columns: {
    label_id: { type: 'uuid not null', about: 'The label.' },
    parcel_id: { type: 'text not null', about: 'The parcel.' },
    shipment_id: { type: 'uuid not null', about: 'The shipment.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    carrier: { type: 'text not null', about: 'Name of the carrier.' },
    service: { type: 'text not null', about: 'The carrier’s service.' },
    tracking_number: { type: 'text not null', about: 'The carrier’s number of the parcel.' },
    location: { type: 'text not null', about: 'Code of the location that it leaves from.' },
    country: { type: 'text', about: 'Country of the destination, ISO 3166-1 alpha-2; null where nobody knows it.' },
    postal_area: { type: 'text', about: 'Area of the destination’s postal code that names no household.' },
    weight_grams: { type: 'bigint not null', about: 'Weight as packed, in grams.' },
    length_mm: { type: 'integer', about: 'As packed, where it was measured.' },
    width_mm: { type: 'integer', about: 'As packed, where it was measured.' },
    height_mm: { type: 'integer', about: 'As packed, where it was measured.' },
    currency: { type: 'text', about: 'Of the cost, ISO 4217; empty where the carrier charges whoever fulfils it for us.' },
    cost: { type: 'bigint', about: 'What the parcel bears of the label’s price, by its weight, minor units.' },
    quote_currency: { type: 'text', about: 'Of what was quoted; empty where no carrier was asked before.' },
    quoted: { type: 'bigint', about: 'What it bears of what the carrier had quoted, by its weight, minor units.' },
    quoted_days: { type: 'integer', about: 'Days until delivery as the carrier had quoted them.' },
    labelled_at: { type: 'timestamptz not null', about: 'When the label was bought.' },
    unused: { type: 'boolean not null', about: 'Whether nobody uses the label any more: it is void, or to be voided.' },
    dispatched_at: { type: 'timestamptz', about: 'When the carrier got it.' },
    promised_at: { type: 'timestamptz', about: 'Promised to be delivered until then, as the customer was told when it was planned.' },
    delivered_at: { type: 'timestamptz', about: 'When it was brought to its door, or its store, by the carrier’s clock.' },
    failed_attempts: { type: 'integer not null', about: 'Attempts that failed before it was brought, or in all.' },
    damaged: { type: 'boolean not null', about: 'Whether its carrier says that it is damaged.' },
    lost: { type: 'boolean not null', about: 'Whether nobody knows where it is.' },
    went_back: { type: 'boolean not null', about: 'Whether it is coming back undelivered, or is back.' },
  },
  indexes: ['(dispatched_at) where dispatched_at is not null', '(tracking_number)'],
  on: {
    LabelPurchased: (_, state) => [...unused(state()), ...labelled(state())],
    LabelRequested: (_, state) => unused(state()),
    DestinationReplaced: (_, state) => unused(state()),
    ShipmentCancelled: (_, state) => unused(state()),
    ShipmentDispatched: ({ data }, state) => fared(state(), undefined, { dispatched_at: data.dispatchedAt }),
    DeliveryAttemptFailed: ofOne,
    ShipmentException: ofOne,
    ArrivedAtStore: ofSome,
    ShipmentDelivered: ofSome,
    RtoInitiated: ofSome,
    RtoReceived: ofSome,
    ParcelLost: ofSome,
    ParcelFound: ofSome,
    ScanRecorded: ({ data }, state) => (telling.has(data.milestone) ? fared(state(), [data]) : []),
  },
};
