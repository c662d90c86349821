import type { DataOf, StoredEvent } from '@cartage/eventsourcing';
import type { Destination, PublicEvent } from '@cartage/contracts';
import { put, type Change, type Row, type View } from '@cartage/views';
import type { OrderEvent } from '../../domain/events';
import { order as fold } from '../../domain/order';
import type { PromiseCalendarChanged } from '../../domain/promising/policies';
import { sentMethods } from '../../domain/ship-groups';
import { standingOf, type Shipment } from '../../domain/shipments';
import type { Order, PlacedOrder } from '../../domain/state';

type Told = Pick<StoredEvent, 'position' | 'recordedAt'>;
type SoldGroup = PlacedOrder['sold']['shipGroups'][number];
type About = Pick<DataOf<PublicEvent, 'ShipmentDelivered'>, 'shipmentId' | 'lines'>;

/** The ship group that goods of a shipment are of, if it is one that carriers bring. */
const groupOf = ({ sold }: PlacedOrder, { lines }: About) => {
  const line = sold.lines.find(({ lineId }) => lineId === lines[0]?.lineId);
  return sold.shipGroups.find(({ shipGroupId, method }) => shipGroupId === line?.shipGroupId && sentMethods.has(method));
};

/** What was said of it when it was sold, where what is learned was looked at. */
const promisedOf = ({ commitments }: PlacedOrder, shipGroupId: string): Row | null => {
  const transit = commitments.get(shipGroupId)?.transit;
  return transit ? { percent: transit.percent, days: transit.learned?.days, calendar: transit.calendar } : null;
};

const none = { order_id: null, location: null, service: null, destination: null, handed_over_at: null, delivered_at: null };
const rowOf = ({ position, recordedAt }: Told, step: string): Row => ({
  ...{ position, recorded_at: recordedAt, step, code: null, terms: null, promised: null },
  ...none,
});

/** As far as days and lanes depend on it. */
const placeOf = (destination: Destination | undefined): Row | null => {
  if (!destination) return null;
  const { country, region, postalArea } = destination;
  return { country, region, postalArea };
};

const wayOf = (order: PlacedOrder, { location }: Shipment, group: SoldGroup): Row => ({
  ...{ order_id: order.placed.orderId, location, service: group.service ?? null },
  ...{ destination: placeOf(group.destination), promised: promisedOf(order, group.shipGroupId) },
});

const shipped = (told: Told, step: string, { state, about }: { readonly state: Order; readonly about: About }): Row | undefined => {
  const shipment = state?.shipments.get(about.shipmentId);
  const group = state && groupOf(state, about);
  if (!shipment?.handedOverAt || !group) return undefined;
  return { ...rowOf(told, step), ...wayOf(state, shipment, group), handed_over_at: shipment.handedOverAt };
};

const isWhole = (shipment: Shipment | undefined): boolean => shipment !== undefined && standingOf(shipment).milestone === 'delivered';

/** One that is taken to be there because nothing else was heard of it teaches nothing. */
const isSeen = ({ reason }: DataOf<PublicEvent, 'ShipmentDelivered'>): boolean => reason?.by !== 'policy';

const changes = (row: Row | undefined): readonly Change[] => (row ? [put(row)] : []);

/** Everything that lead times are learned from, in the order of the log. Rows are only ever added. */
export const transitTime: View<OrderEvent | PromiseCalendarChanged, Order> = {
  name: 'transit_time',
  about: 'What is learned from how long carriers need, in the order of the log: shipments that left, how they ended, and whose days count.',
  revision: 1,
  key: ['position'],
  columns: {
    position: { type: 'text collate "C" not null', about: 'Of the event in the log.' },
    recorded_at: { type: 'timestamptz not null', about: 'When the log took it in.' },
    step: {
      type: 'text not null',
      about: 'handed-over: the carrier has it; ended: delivered as a whole, or it comes back; calendar: days that count.',
    },
    order_id: { type: 'uuid', about: 'The order; null: of a calendar.' },
    location: { type: 'text', about: 'Code of the location that shipped it.' },
    service: { type: 'text', about: 'The delivery service that was sold.' },
    destination: { type: 'jsonb', about: 'Country, region and postal area.' },
    handed_over_at: { type: 'timestamptz', about: 'When the carrier got it.' },
    delivered_at: { type: 'timestamptz', about: 'When the last of it was delivered; null where nobody saw that, or it comes back.' },
    promised: { type: 'jsonb', about: 'Of what was learned when it was sold: percent, days, and the calendar that they count by.' },
    code: { type: 'text', about: 'Of a calendar.' },
    terms: { type: 'jsonb', about: 'Days that are worked by it.' },
  },
  fold,
  on: {
    ShipmentDispatched: (event, state) => changes(shipped(event, 'handed-over', { state: state(), about: event.data })),
    ShipmentDelivered: (event, state) => {
      const row = shipped(event, 'ended', { state: state(), about: event.data });
      if (!row || !isWhole(state()?.shipments.get(event.data.shipmentId))) return [];
      return [put({ ...row, delivered_at: isSeen(event.data) ? event.data.occurredAt : null })];
    },
    RtoInitiated: (event, state) => changes(shipped(event, 'ended', { state: state(), about: event.data })),
    PromiseCalendarChanged: (event) => [put({ ...rowOf(event, 'calendar'), code: event.data.code, terms: event.data.terms })],
  },
};
