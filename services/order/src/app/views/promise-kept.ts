import { gone, wanted, type LineProgress, type Units } from '../../domain/lines';
import { add, patch, put, type Change, type View } from '@cartage/views';
import type { EventData, OrderEvent } from '../../domain/events';
import { orderMovements } from '../../domain/facts';
import { order as fold } from '../../domain/order';
import type { Order, PlacedOrder } from '../../domain/state';

type Reached = (line: LineProgress) => number;

/** Of these lines' ship groups, those of which everything that is wanted has come so far. */
const wholeGroups = ({ sold, progress, commitments }: PlacedOrder, units: Units, reached: Reached): readonly string[] => {
  if (commitments.size === 0) return [];
  const told = new Set(units.map(({ lineId }) => lineId));
  const concerned = new Set(sold.lines.flatMap(({ lineId, shipGroupId }) => (told.has(lineId) ? [shipGroupId] : [])));
  const isOpen = (lineId: string): boolean => {
    const line = progress.get(lineId);
    return line !== undefined && reached(line) < wanted(line);
  };
  const open = new Set(sold.lines.flatMap(({ lineId, shipGroupId }) => (isOpen(lineId) ? [shipGroupId] : [])));
  return [...concerned].filter((group) => commitments.has(group) && !open.has(group));
};

/** Facts that say when units were handed over, or delivered, by the field that says so. */
const arrivals = [
  { field: 'dispatchedAt', column: 'handed_over_at', reached: gone },
  { field: 'occurredAt', column: 'delivered_at', reached: ({ delivered }: LineProgress) => delivered },
] as const;

type Arrival = { readonly lines: Units } & { readonly [Field in (typeof arrivals)[number]['field']]?: string };

const came = ({ data }: { readonly data: Arrival }, state: () => Order): readonly Change[] =>
  arrivals.flatMap(({ field, column, reached }) => {
    const [order, at] = [state(), data[field]];
    if (!order || at === undefined) return [];
    const { orderId } = order.placed;
    return wholeGroups(order, data.lines, reached).map((group) => patch({ order_id: orderId, ship_group_id: group }, { [column]: at }));
  });

const made = (state: Order, { orderId, shipGroupId, shipBy, deliverBy, basis }: EventData<'PromiseMade'>): readonly Change[] => {
  const group = state?.sold.shipGroups.find((each) => each.shipGroupId === shipGroupId);
  if (!state || !group || basis?.policy === undefined) return [];
  const { service, destination } = group;
  return [
    put({
      ...{ order_id: orderId, ship_group_id: shipGroupId, channel: state.placed.channel, placed_at: state.placed.placedAt },
      ...{ service: orNull(service), country: orNull(destination?.country), policy: basis.policy, moves: 0 },
      ...{ sold_ship_by: orNull(shipBy), sold_deliver_by: orNull(deliverBy), ship_by: orNull(shipBy), deliver_by: orNull(deliverBy) },
      ...{ handed_over_at: null, delivered_at: null },
    }),
  ];
};

const orNull = (text: string | undefined): string | null => text ?? null;

/** Promise and truth, side by side. */
export const promiseKept: View<OrderEvent, Order> = {
  name: 'promise_kept',
  about: 'One row for each ship group that was sold under a promise policy: what was promised, what is promised now, and when it came.',
  revision: 1,
  key: ['order_id', 'ship_group_id'],
  columns: {
    order_id: { type: 'uuid not null', about: 'The order.' },
    ship_group_id: { type: 'text not null', about: 'Its ship group.' },
    channel: { type: 'text not null', about: 'Where it was sold.' },
    service: { type: 'text', about: 'The delivery service that was sold.' },
    country: { type: 'text', about: 'Destination, ISO 3166-1 alpha-2, when it was sold.' },
    policy: { type: 'text not null', about: 'Promise policy and revision that it was sold under, such as standard-gb@3.' },
    placed_at: { type: 'timestamptz not null', about: 'When the customer placed it.' },
    sold_ship_by: { type: 'timestamptz', about: 'To be handed over until then, as it was sold.' },
    sold_deliver_by: { type: 'timestamptz', about: 'To be delivered until then, as it was sold: the end of a day of the customer.' },
    ship_by: { type: 'timestamptz', about: 'As it is promised now; null: nothing is.' },
    deliver_by: { type: 'timestamptz', about: 'As it is promised now; null: nothing is.' },
    moves: { type: 'integer not null', about: 'How often the customer was promised anew.' },
    handed_over_at: { type: 'timestamptz', about: 'When the last of it was handed over; null: not all of it was.' },
    delivered_at: { type: 'timestamptz', about: 'When the last of it was delivered; null: not all of it was.' },
  },
  indexes: ['(placed_at)'],
  fold,
  on: {
    ...Object.fromEntries(orderMovements.map((type) => [type, came])),
    PromiseMade: ({ data }, state) => made(state(), data),
    PromiseMoved: ({ data: { orderId, shipGroupId, shipBy, deliverBy } }) => [
      patch({ order_id: orderId, ship_group_id: shipGroupId }, { ship_by: orNull(shipBy), deliver_by: orNull(deliverBy) }),
      add({ order_id: orderId, ship_group_id: shipGroupId }, { moves: 1 }),
    ],
  },
};
