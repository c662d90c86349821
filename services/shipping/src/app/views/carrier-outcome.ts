import type { DataOf, StoredEvent } from '@cartage/eventsourcing';
import { put, type Change, type Row, type View } from '@cartage/views';
import { shipment } from '../../domain/decide';
import type { ShipmentEvent } from '../../domain/events';
import { courseOf } from '../../domain/course';
import { isOurs } from '../../domain/label';
import { isCarried, type Carried, type Shipment } from '../../domain/shipment';
import type { Beside } from '../../domain/beside';

type Told = Pick<StoredEvent, 'position' | 'recordedAt'>;
type Quoted = DataOf<ShipmentEvent, 'RatesQuoted'>;
type Learned = NonNullable<Quoted['learned']>;

const DAY_MS = 86_400_000;
/** Later than by so many days is as late as it gets: one parcel that lay forgotten says little of a service. */
const LATEST_DAYS = 30;

const nobody = { location: null, country: null, carrier: null, service: null, ended: null, days_late: null };
const nothing = {
  ...{ decided_by: null, currency: null, baseline_carrier: null, baseline_service: null, baseline_cost: null, baseline_expected: null },
  ...{ learned_carrier: null, learned_service: null, learned_cost: null, learned_expected: null, allows: null, spends: null },
  ...{ late_day_cost: null, lost_cost: null },
};

const rowOf = ({ position, recordedAt }: Told, step: 'chosen' | 'ended', labelId: string): Row => ({
  ...{ position, recorded_at: recordedAt, step, label_id: labelId, ...nobody, ...nothing },
});

/** Until the promise, or in as many days as the carrier had quoted for this label; where nobody said anything, whenever it comes. */
const dueOf = ({ plan, label, quote, dispatchedAt }: Carried & Beside): number | undefined => {
  if (plan.deliverBy !== undefined) return Date.parse(plan.deliverBy);
  return quote?.days === undefined || quote.labelId !== label.labelId ? undefined : Date.parse(dispatchedAt) + quote.days * DAY_MS;
};

/** When the last of it was at its door, or at its store: how long it lay there for its customer is nothing to its carrier. */
const cameAt = ({ tracked }: Carried, toldAt: string): string =>
  tracked
    .flatMap((parcel) => courseOf(parcel).deliveredAt ?? [])
    .toSorted()
    .at(-1) ?? toldAt;

/** A part of a day counts as a day. */
const daysLate = (due: number | undefined, deliveredAt: string): number =>
  due === undefined ? 0 : Math.min(LATEST_DAYS, Math.max(0, Math.ceil((Date.parse(deliveredAt) - due) / DAY_MS)));

/** Of whoever fulfils it for us the carrier is not ours to choose. */
const ended = (event: Told, state: Shipment, end: Row | ((carried: Carried & Beside) => Row)): readonly Change[] => {
  if (!isCarried(state) || !isOurs(state.label)) return [];
  const { plan, label } = state;
  const way = { location: plan.location, country: plan.destination?.country ?? '', carrier: label.carrier, service: label.service };
  return [put({ ...rowOf(event, 'ended', label.labelId), ...way, ...(typeof end === 'function' ? end(state) : end) })];
};

const lost = { ended: 'lost', days_late: 0 };

const sideOf = ({ offers: quoted }: Quoted, { offers }: Learned, choice: Learned['choice']) => {
  const isOf = (each: { readonly carrier: string; readonly service?: string }): boolean =>
    each.carrier === choice.carrier && each.service === choice.service;
  return { ...choice, cost: quoted.find(isOf)?.cost ?? null, expected: offers.find(isOf)?.expected ?? null };
};

const chosen = (event: Told, data: Quoted): readonly Change[] => {
  const { learned } = data;
  if (!learned) return [];
  const [own, other] = [sideOf(data, learned, learned.baseline), sideOf(data, learned, learned.choice)];
  return [
    put({
      ...rowOf(event, 'chosen', data.labelId),
      ...{ decided_by: learned.decidedBy, currency: learned.currency, allows: learned.allows, spends: learned.spends },
      ...{ baseline_carrier: own.carrier, baseline_service: own.service, baseline_cost: own.cost, baseline_expected: own.expected },
      ...{ learned_carrier: other.carrier, learned_service: other.service, learned_cost: other.cost, learned_expected: other.expected },
      ...{ late_day_cost: learned.lateDayCost, lost_cost: learned.lostCost },
    }),
  ];
};

/** Everything that is learned of carriers, in the order of the log. Rows are only ever added. */
export const carrierOutcome: View<ShipmentEvent, Shipment> = {
  name: 'carrier_outcome',
  about: 'What is learned of carriers, in the order of the log: how shipments ended, and choices that looked at what had been learned.',
  revision: 2,
  key: ['position'],
  fold: shipment,
  columns: {
    position: { type: 'text collate "C" not null', about: 'Of the event in the log.' },
    recorded_at: { type: 'timestamptz not null', about: 'When the log took it in.' },
    step: { type: 'text not null', about: 'ended: delivered as a whole, or a parcel is lost or comes back; chosen: a carrier was chosen.' },
    label_id: { type: 'uuid not null', about: 'The label.' },
    location: { type: 'text', about: 'Of what ended: code of the location that it left from.' },
    country: { type: 'text', about: 'Of what ended: country of the destination, empty where nobody knows it.' },
    carrier: { type: 'text', about: 'Of what ended: name of the carrier.' },
    service: { type: 'text', about: 'Of what ended: the carrier’s service.' },
    ended: { type: 'text', about: 'delivered, or lost: a parcel of it is lost, or comes back.' },
    days_late: { type: 'integer', about: 'After the promise, or what the carrier had quoted; 30 at most.' },
    decided_by: { type: 'text', about: 'Of a choice: learned, or policy: what was learned was only recorded.' },
    currency: { type: 'text', about: 'Of a choice: of its costs, ISO 4217.' },
    baseline_carrier: { type: 'text', about: 'Whom the policy chooses by itself.' },
    baseline_service: { type: 'text', about: 'And by which service.' },
    baseline_cost: { type: 'bigint', about: 'What that was offered for, minor units.' },
    baseline_expected: { type: 'bigint', about: 'What it was expected to cost with lateness and loss, minor units.' },
    learned_carrier: { type: 'text', about: 'Whom it chooses by what was learned.' },
    learned_service: { type: 'text', about: 'And by which service.' },
    learned_cost: { type: 'bigint', about: 'What that was offered for, minor units.' },
    learned_expected: { type: 'bigint', about: 'What it was expected to cost with lateness and loss, minor units.' },
    allows: { type: 'bigint', about: 'What the choice adds to what may be spent on trying, minor units.' },
    spends: { type: 'bigint', about: 'What it may cost more than the policy’s own choice, minor units.' },
    late_day_cost: { type: 'bigint', about: 'Of a choice: what a day of lateness costs by the policy, minor units.' },
    lost_cost: { type: 'bigint', about: 'Of a choice: what a parcel costs that is lost or comes back, minor units.' },
  },
  indexes: ["(label_id) where step = 'ended'", "(recorded_at) where step = 'chosen'"],
  on: {
    RatesQuoted: (event) => chosen(event, event.data),
    ShipmentDelivered: (event, state) => {
      // One that is taken to be there because nothing else was heard of it teaches nothing.
      if (state().status !== 'delivered' || event.data.reason?.by === 'policy') return [];
      return ended(event, state(), (carried) => ({
        ended: 'delivered',
        days_late: daysLate(dueOf(carried), cameAt(carried, event.data.occurredAt)),
      }));
    },
    RtoInitiated: (event, state) => ended(event, state(), lost),
    ParcelLost: (event, state) => ended(event, state(), lost),
  },
};
