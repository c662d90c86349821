import type { ShipGroup } from '@cartage/contracts';
import { add, patch, put, type Change, type Row, type View } from '@cartage/views';
import type { Decision, EventData, OrderEvent } from '../../domain/events';
import { wantedOf } from '../../domain/edits';
import { orderMovements } from '../../domain/facts';
import { gone, type LineProgress, type Units } from '../../domain/lines';
import { order as fold } from '../../domain/order';
import { alarmed } from '../../domain/promises';
import type { Order, PlacedData, PlacedOrder } from '../../domain/state';

const orNull = (text: string | undefined): string | null => text ?? null;

const isDated = ({ shipBy, deliverBy }: Pick<ShipGroup, 'shipBy' | 'deliverBy'>): boolean =>
  shipBy !== undefined || deliverBy !== undefined;

/** Ship groups that have a row here: somebody promised a day of them once. */
const promisedGroups = ({ placed, commitments, promised }: PlacedOrder): ReadonlySet<string> =>
  new Set([
    ...placed.shipGroups.flatMap((group) => (isDated(group) ? [group.shipGroupId] : [])),
    ...commitments.keys(),
    ...promised.keys(),
  ]);

type Line = PlacedOrder['sold']['lines'][number];
type Reached = (line: LineProgress) => number;

/** Everything that is wanted of these lines has come so far. */
const isWhole = (order: PlacedOrder, lines: readonly Line[], reached: Reached): boolean =>
  lines.every(({ lineId }) => {
    const line = order.progress.get(lineId);
    return line === undefined || reached(line) >= wantedOf(order, lineId);
  });

/** Where it ships from, as far as anybody has claimed stock for it. */
const locationsOf = ({ fulfillments }: PlacedOrder, lines: readonly Line[]): readonly string[] => {
  const ids = new Set(lines.map(({ lineId }) => lineId));
  const locations = [...fulfillments.values()]
    .filter((each) => each.status === 'allocated' && each.lines.some(({ lineId }) => ids.has(lineId)))
    .map(({ location }) => location);
  return [...new Set(locations)].toSorted();
};

const noAlarm = { alarm: null, alarm_deadline: null, alarm_due_at: null, alarm_units: null };

/** The worst of a ship group: what was missed before what may be. */
const alarmOf = (order: PlacedOrder, group: string): Row => {
  const all = alarmed(order).filter(({ shipGroupId }) => shipGroupId === group);
  const worst = all.find(({ alarm }) => alarm === 'missed') ?? all[0];
  if (!worst) return noAlarm;
  const { alarm, deadline, dueAt, lines } = worst;
  return { alarm, alarm_deadline: deadline, alarm_due_at: dueAt, alarm_units: lines.reduce((units, { quantity }) => units + quantity, 0) };
};

/** How it stands with each ship group of which a day was promised. */
const standing = (state: Order, more: (order: PlacedOrder, lines: readonly Line[]) => Row = () => ({})): readonly Change[] =>
  state
    ? [...promisedGroups(state)].map((group) => {
        const lines = state.sold.lines.filter(({ shipGroupId }) => shipGroupId === group);
        const cancelled = lines.every(({ lineId }) => wantedOf(state, lineId) === 0);
        const row = { locations: locationsOf(state, lines), cancelled, ...alarmOf(state, group), ...more(state, lines) };
        return patch({ order_id: state.placed.orderId, ship_group_id: group }, row);
      })
    : [];

/** Facts that say when units were handed over, or delivered, by the field that says so. */
const arrivals = [
  { field: 'dispatchedAt', column: 'handed_over_at', reached: gone },
  { field: 'occurredAt', column: 'delivered_at', reached: ({ delivered }: LineProgress) => delivered },
] as const;

type Arrival = { readonly lines: Units } & { readonly [Field in (typeof arrivals)[number]['field']]?: string };

/** When the last of what a fact speaks of came so far: only of ship groups that it speaks of, and of which nothing is left. */
const came =
  ({ lines: told, ...times }: Arrival) =>
  (order: PlacedOrder, lines: readonly Line[]): Row => {
    const ids = new Set(told.map(({ lineId }) => lineId));
    if (!lines.some(({ lineId }) => ids.has(lineId))) return {};
    return Object.fromEntries(
      arrivals.flatMap(({ field, column, reached }) =>
        times[field] !== undefined && isWhole(order, lines, reached) ? [[column, times[field]]] : [],
      ),
    );
  };

/** Whose days were sold, and what both would have come to. */
const comparedOf = (transit: NonNullable<EventData<'PromiseMade'>['basis']>['transit']): Row => ({
  decided_by: orNull(transit?.decidedBy),
  percent: transit?.percent ?? null,
  baseline_deliver_by: orNull(transit?.baseline.deliverBy),
  learned_deliver_by: orNull(transit?.learned?.deliverBy),
});

const rowOf = ({ orderId, channel, placedAt }: PlacedData, group: ShipGroup, basis?: EventData<'PromiseMade'>['basis']): Row => {
  const { shipGroupId, method, service, destination, shipBy, deliverBy } = group;
  return {
    ...{ order_id: orderId, ship_group_id: shipGroupId, channel, method, placed_at: placedAt, moves: 0 },
    ...{ policy: orNull(basis?.policy), ...comparedOf(basis?.transit) },
    ...{ service: orNull(service), country: orNull(destination?.country), locations: [], cancelled: false, ...noAlarm },
    ...{ sold_ship_by: orNull(shipBy), sold_deliver_by: orNull(deliverBy), ship_by: orNull(shipBy), deliver_by: orNull(deliverBy) },
    ...{ handed_over_at: null, delivered_at: null },
  };
};

/** Promised by the channel that sold it. */
const sold = (placed: PlacedData): readonly Change[] => placed.shipGroups.filter(isDated).map((group) => put(rowOf(placed, group)));

const made = (state: Order, { shipGroupId, shipBy, deliverBy, basis }: EventData<'PromiseMade'>): readonly Change[] => {
  const group = state?.sold.shipGroups.find((each) => each.shipGroupId === shipGroupId);
  if (!state || !group) return [];
  const { shipBy: _s, deliverBy: _d, ...rest } = group;
  const dates = { ...(shipBy === undefined ? {} : { shipBy }), ...(deliverBy === undefined ? {} : { deliverBy }) };
  return [put(rowOf(state.placed, { ...rest, ...dates }, basis))];
};

const moved = (state: Order, { orderId, shipGroupId, shipBy, deliverBy }: EventData<'PromiseMoved'>): readonly Change[] => [
  patch({ order_id: orderId, ship_group_id: shipGroupId }, { ship_by: orNull(shipBy), deliver_by: orNull(deliverBy) }),
  add({ order_id: orderId, ship_group_id: shipGroupId }, { moves: 1 }),
  ...standing(state),
];

/** Dates that come with an edit are what is promised from then on. */
const redated = (state: Order, { orderId, shipGroups }: EventData<'OrderEdited'>): readonly Change[] => [
  ...shipGroups.flatMap(({ shipGroupId, before, after }) =>
    after && (before?.shipBy !== after.shipBy || before?.deliverBy !== after.deliverBy)
      ? [patch({ order_id: orderId, ship_group_id: shipGroupId }, { ship_by: orNull(after.shipBy), deliver_by: orNull(after.deliverBy) })]
      : [],
  ),
  ...standing(state),
];

/** What else may change how it stands. */
const others = [
  'LineCancelled',
  'DeadlineAtRisk',
  'DeadlineMissed',
  'OrderCancelled',
  'OrderCompleted',
] as const satisfies readonly Decision['type'][];

/** In SQL: the day that a promise is judged by. */
export const dueOf = 'coalesce(deliver_by, sold_deliver_by, ship_by, sold_ship_by)';

/** Promise and truth, side by side. */
export const promiseKept: View<OrderEvent, Order> = {
  name: 'promise_kept',
  about: 'One row for each ship group of which a day was promised: what was promised, what is promised now, and when it came.',
  revision: 3,
  key: ['order_id', 'ship_group_id'],
  columns: {
    order_id: { type: 'uuid not null', about: 'The order.' },
    ship_group_id: { type: 'text not null', about: 'Its ship group.' },
    channel: { type: 'text not null', about: 'Where it was sold.' },
    method: { type: 'text not null', about: 'How the goods get to the customer: ship, pickup, ship-to-store …' },
    service: { type: 'text', about: 'The delivery service that was sold.' },
    country: { type: 'text', about: 'Destination, ISO 3166-1 alpha-2, when it was sold.' },
    policy: {
      type: 'text',
      about: 'Promise policy and revision that it was sold under, such as standard-gb@3; null: the channel promised it.',
    },
    locations: { type: 'jsonb not null', about: 'Codes of the locations that ship it; a list, empty while nobody does.' },
    placed_at: { type: 'timestamptz not null', about: 'When the customer placed it.' },
    sold_ship_by: { type: 'timestamptz', about: 'To be handed over until then, as it was sold.' },
    sold_deliver_by: { type: 'timestamptz', about: 'To be delivered until then, as it was sold: the end of a day of the customer.' },
    ship_by: { type: 'timestamptz', about: 'As it is promised now; null: nothing is.' },
    deliver_by: { type: 'timestamptz', about: 'As it is promised now; null: nothing is.' },
    decided_by: {
      type: 'text',
      about: 'Whose days of the carrier were sold: learned, or baseline (the policy’s own); null: what is learned was not looked at.',
    },
    percent: { type: 'integer', about: 'So many of a hundred deliveries were to need no longer than what was learned.' },
    baseline_deliver_by: { type: 'timestamptz', about: 'As it would have been sold by the policy’s own days.' },
    learned_deliver_by: { type: 'timestamptz', about: 'As it would have been sold by what was learned; null: too little was.' },
    moves: { type: 'integer not null', about: 'How often the customer was promised anew.' },
    handed_over_at: { type: 'timestamptz', about: 'When the last of it was handed over; null: not all of it was.' },
    delivered_at: { type: 'timestamptz', about: 'When the last of it was delivered; null: not all of it was.' },
    cancelled: { type: 'boolean not null', about: 'Nothing of it is wanted any more: nothing was kept, nor missed.' },
    alarm: { type: 'text', about: 'at-risk: will be missed unless somebody acts; missed; null: neither, or made good.' },
    alarm_deadline: { type: 'text', about: 'Which date: ship-by or deliver-by.' },
    alarm_due_at: { type: 'timestamptz', about: 'That date.' },
    alarm_units: { type: 'bigint', about: 'Units that are late, or will be.' },
  },
  indexes: ['(placed_at)', `((${dueOf}))`, '(alarm_due_at, order_id, ship_group_id) where alarm is not null'],
  fold,
  on: {
    ...Object.fromEntries(
      orderMovements.map((type) => [type, ({ data }: { readonly data: Arrival }, state: () => Order) => standing(state(), came(data))]),
    ),
    ...Object.fromEntries(others.map((type) => [type, (_: unknown, state: () => Order) => standing(state())])),
    OrderPlaced: ({ data }) => sold(data),
    OrderEdited: ({ data }, state) => redated(state(), data),
    PromiseMade: ({ data }, state) => made(state(), data),
    PromiseMoved: ({ data }, state) => moved(state(), data),
  },
};
