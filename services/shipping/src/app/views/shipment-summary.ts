import type { DataOf } from '@cartage/eventsourcing';
import { patch, put, type Change, type View } from '@cartage/views';
import { holdsOf } from '../../domain/beside';
import { shipment } from '../../domain/decide';
import type { Plan, PlannedLine, ShipmentEvent } from '../../domain/events';
import { isCollected, type Shipment } from '../../domain/shipment';

const key = ({ shipmentId }: { readonly shipmentId: string }) => ({ shipment_id: shipmentId });

interface ScanFact {
  readonly shipmentId: string;
  readonly place?: string;
  readonly occurredAt: string;
}

/** A scan is of one parcel; the status is that of the shipment. */
const scanned = ({ data }: { readonly data: ScanFact }, state: () => Shipment): Change =>
  patch(key(data), { status: state().status, last_place: data.place ?? null, last_scan_at: data.occurredAt });

const units = (lines: readonly { readonly quantity: number }[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

export const shipmentSummary: View<ShipmentEvent, Shipment> = {
  name: 'shipment_summary',
  about: 'Each shipment: what it is, where it stands, and when it reached each step.',
  key: ['shipment_id'],
  revision: 8,
  fold: shipment,
  columns: {
    shipment_id: { type: 'uuid not null', about: 'The shipment.' },
    order_id: { type: 'uuid not null', about: 'The order that it is part of.' },
    channel: { type: 'text', about: 'The sales channel of the order.' },
    fulfillment_id: { type: 'uuid not null', about: 'The fulfilment that it carries out.' },
    location: { type: 'text not null', about: 'Code of the location that it leaves from.' },
    status: {
      type: 'text not null',
      about:
        'to-pack, packed, label-requested, label-delayed, label-failed, labelled, dispatched, in-transit, out-for-delivery, attempt-failed, exception, delivered, returning, returned, collected or cancelled.',
    },
    priority: { type: 'text not null', about: 'standard or expedited.' },
    special: {
      type: 'boolean not null',
      about: 'Something is said to whoever packs it, or a line of it has attributes: made or treated otherwise than usual.',
    },
    country: { type: 'text', about: 'Country of the destination, ISO 3166-1 alpha-2; null where nobody knows it.' },
    postal_area: { type: 'text', about: 'Area of the destination’s postal code that names no household.' },
    lines: { type: 'jsonb not null', about: 'What is to be packed: lineId, sku, quantity, and the packer’s notes.' },
    line_count: { type: 'integer not null', about: 'Number of order lines in it.' },
    unit_count: { type: 'bigint not null', about: 'Number of units in it.' },
    short_count: { type: 'bigint not null', about: 'Units that were found missing when it was picked; they are no part of it any more.' },
    sold_service: { type: 'text', about: 'The delivery service that was sold.' },
    wave_id: { type: 'uuid', about: 'The wave that it is picked in, or was.' },
    ship_by: { type: 'timestamptz', about: 'To be handed over until then.' },
    deliver_by: { type: 'timestamptz', about: 'Promised to be delivered until then, as the customer was told when it was planned.' },
    parcels: { type: 'integer', about: 'Number of parcels; empty until it is packed.' },
    weight_grams: { type: 'bigint', about: 'Weight of all parcels, in grams.' },
    carrier: { type: 'text', about: 'Name of the carrier.' },
    service: { type: 'text', about: 'The carrier’s service.' },
    tracking_numbers: { type: 'text[]', about: 'The carrier’s number of each parcel, in the order of the parcels.' },
    tracking_token: { type: 'text', about: 'Opens the public tracking page.' },
    label_cost: { type: 'bigint', about: 'What the carrier charges us, minor units of label_currency.' },
    label_currency: { type: 'text', about: 'ISO 4217.' },
    label_policy: {
      type: 'text',
      about: 'The carrier policy with its version by which its carrier was chosen, or there was none; empty: none was asked.',
    },
    label_failure: { type: 'text', about: 'Why the carrier refused the last label that was asked for: the code.' },
    last_place: { type: 'text', about: 'Where the carrier’s newest scan was made.' },
    last_scan_at: { type: 'timestamptz', about: 'When the carrier’s newest scan was made, by its clock.' },
    planned_at: { type: 'timestamptz not null', about: 'Since when it may be picked and packed.' },
    picked_at: { type: 'timestamptz', about: 'When every unit of it was found, or found missing; empty where nobody said so.' },
    packed_at: { type: 'timestamptz', about: 'When it was packed.' },
    labelled_at: { type: 'timestamptz', about: 'When its label was bought.' },
    dispatched_at: { type: 'timestamptz', about: 'When the carrier got it.' },
    delivered_at: { type: 'timestamptz', about: 'When the customer got the last of it, by the carrier’s clock.' },
    rto_received_at: { type: 'timestamptz', about: 'When the last of what came back undelivered was received at a location of ours.' },
    lost_at: { type: 'timestamptz', about: 'Since when nobody knows where a parcel of it is; empty where all are known.' },
    held: { type: 'text', about: 'Why it stands still: the type of the first of its holds; empty while it may go.' },
    cancelled_at: { type: 'timestamptz', about: 'When it was cancelled.' },
    cancel_reason: { type: 'text', about: 'Why: a code of an open vocabulary.' },
    late_cancellation: {
      type: 'text',
      about: 'Why it was not to go out, when that came after the carrier had it: somebody must recall it.',
    },
  },
  indexes: [
    '(planned_at, shipment_id)',
    '(channel, planned_at, shipment_id)',
    '(status, planned_at, shipment_id)',
    '(location, status, planned_at, shipment_id)',
    '(location, planned_at, shipment_id)',
    '(order_id, planned_at, shipment_id)',
    '(held, planned_at, shipment_id) where held is not null',
    '(priority, planned_at, shipment_id)',
    // Of those that are not, nearly all rows are: they are found by when they were planned.
    '(planned_at, shipment_id) where special',
    '(tracking_token) where tracking_token is not null',
    '(carrier, location, dispatched_at) where dispatched_at is not null',
    "(location, ship_by, planned_at, shipment_id) where status = 'to-pack' and held is null and picked_at is null",
    '(dispatched_at, shipment_id) where dispatched_at is not null and delivered_at is null',
    '(delivered_at) where delivered_at is not null',
    '(deliver_by) where deliver_by is not null',
  ],
  on: {
    ShipmentPlanned: ({ data }, state) =>
      put({
        ...key(data),
        ...saleOf(data),
        order_id: data.orderId,
        fulfillment_id: data.fulfillmentId,
        location: data.location,
        status: 'to-pack',
        priority: data.priority,
        special: isSpecial(data),
        country: data.destination?.country ?? null,
        postal_area: data.destination?.postalArea ?? null,
        lines: data.lines,
        line_count: data.lines.length,
        unit_count: units(data.lines),
        short_count: 0,
        wave_id: null,
        ship_by: data.shipBy ?? null,
        deliver_by: data.deliverBy ?? null,
        planned_at: data.plannedAt,
        held: heldBy(state()),
      }),
    WaveJoined: ({ data }) => patch(key(data), { wave_id: data.waveId }),
    WaveLeft: ({ data }) => patch(key(data), { wave_id: null }),
    ShipmentPicked: ({ data }, state) =>
      patch(key(data), {
        lines: linesOf(state()),
        line_count: data.lines.length,
        unit_count: units(data.lines),
        short_count: units(state().picking?.short ?? []),
        picked_at: data.pickedAt,
      }),
    ShipmentPacked: ({ data }) =>
      patch(key(data), {
        status: 'packed',
        parcels: data.parcels.length,
        weight_grams: data.parcels.reduce((sum, { weightGrams }) => sum + weightGrams, 0),
        packed_at: data.packedAt,
      }),
    LabelRequested: ({ data: { carrier, service, policy, ...data } }) =>
      patch(key(data), { status: 'label-requested', carrier, service, label_policy: policy }),
    LabelDelayed: ({ data }) => patch(key(data), { status: 'label-delayed' }),
    LabelFailed: ({ data: { carrier, policy, reason, ...data } }) =>
      patch(key(data), { status: 'label-failed', carrier, label_policy: policy, label_failure: reason.code }),
    LabelPurchased: ({ data }) =>
      patch(key(data), {
        status: 'labelled',
        carrier: data.carrier,
        service: data.service,
        tracking_numbers: data.parcels.map(({ trackingNumber }) => trackingNumber),
        tracking_token: data.trackingToken,
        label_cost: data.cost ?? null,
        label_currency: data.currency ?? null,
        label_failure: null,
        labelled_at: data.purchasedAt,
      }),
    DestinationReplaced: ({ data }, state) =>
      patch(key(data), {
        status: state().status,
        country: data.destination?.country ?? null,
        postal_area: data.destination?.postalArea ?? null,
      }),
    InstructionsReplaced: ({ data }, state) => {
      const now = state();
      return 'plan' in now && now.plan ? patch(key(data), { lines: now.plan.lines, special: isSpecial(now.plan) }) : [];
    },
    ShipmentHeld: ({ data }, state) => patch(key(data), { held: heldBy(state()) }),
    ShipmentReleased: ({ data }, state) => patch(key(data), { held: heldBy(state()) }),
    ShipmentDispatched: ({ data }, state) =>
      patch(key(data), { status: 'dispatched', dispatched_at: data.dispatchedAt, ...(isCollected(state()) ? collectedOf(data) : {}) }),
    ShipmentInTransit: scanned,
    ShipmentOutForDelivery: scanned,
    DeliveryAttemptFailed: scanned,
    ShipmentException: scanned,
    ArrivedAtStore: scanned,
    ShipmentDelivered: (event, state) => [scanned(event, state), ...whenDelivered(event.data, state().status)],
    RtoInitiated: scanned,
    RtoInTransit: scanned,
    RtoReceived: ({ data }, state) => patch(key(data), { status: state().status, rto_received_at: data.receivedAt }),
    ParcelLost: ({ data }) => patch(key(data), { lost_at: data.lostAt }),
    ParcelFound: ({ data }, state) => patch(key(data), { lost_at: lostAt(state()) }),
    ScanRecorded: (event, state) => (event.data.late ? [] : scanned(event, state)),
    ShipmentCancelled: ({ data }) =>
      patch(key(data), { status: 'cancelled', cancelled_at: data.cancelledAt, cancel_reason: data.reason.code }),
    CancellationRefused: (event, state) => patch(key(event.data), { late_cancellation: lateReason(state()) }),
  },
};

const isSpecial = ({ instructions, groupInstructions, lines }: Pick<Plan, 'instructions' | 'groupInstructions' | 'lines'>): boolean =>
  instructions !== undefined ||
  groupInstructions !== undefined ||
  lines.some(({ attributes = {}, instructions: ofLine }) => ofLine !== undefined || Object.keys(attributes).length > 0);

const saleOf = ({ channel, service }: DataOf<ShipmentEvent, 'ShipmentPlanned'>) => ({
  channel: channel ?? null,
  sold_service: service ?? null,
});

const collectedOf = ({ lines, carrier }: DataOf<ShipmentEvent, 'ShipmentDispatched'>) => ({
  ...{ status: 'collected', carrier, lines, line_count: lines.length, unit_count: units(lines) },
});

const linesOf = (state: Shipment): readonly PlannedLine[] => ('plan' in state && state.plan ? state.plan.lines : []);
const lostAt = ({ lost = [] }: Shipment): string | null => lost.find(({ foundAt }) => foundAt === undefined)?.lostAt ?? null;

const heldBy = (state: Shipment): string | null => holdsOf(state)[0]?.type ?? null;

const whenDelivered = (data: ScanFact, status: Shipment['status']): readonly Change[] =>
  status === 'delivered' || status === 'collected' ? [patch(key(data), { delivered_at: data.occurredAt })] : [];

const lateReason = (state: Shipment): string | null => ('lateCancellation' in state ? (state.lateCancellation?.code ?? null) : null);
