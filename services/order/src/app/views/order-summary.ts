import type { StoredEvent } from '@cartage/eventsourcing';
import { patch, put, type Change, type Row, type View } from '@cartage/views';
import type { Decision, OrderEvent } from '../../domain/events';
import { orderMovements } from '../../domain/facts';
import { order as fold } from '../../domain/order';
import { alarmsOf } from '../../domain/promises';
import { statusOf, type Order, type PlacedData, type PlacedOrder } from '../../domain/state';

/** How it stands with the dates that the customer was promised. */
const datesOf = (order: PlacedOrder): Row => {
  const alarms = alarmsOf(order);
  return { late: alarms.has('missed'), at_risk: alarms.has('at-risk') };
};

/** Why it stands still, and since when it does for each of these reasons. */
const heldBy = ({ holds }: PlacedOrder): Row => ({
  holds: holds.map(({ type }) => type),
  held_since: holds.map(({ appliedAt }) => appliedAt),
});

/** Where the order stands now, and what else is to be said with it. */
const standing = (order: Order, more: Row = {}): readonly Change[] =>
  order ? [patch({ order_id: order.placed.orderId }, { status: statusOf(order), ...heldBy(order), ...datesOf(order), ...more })] : [];

const moved = (_: StoredEvent<OrderEvent>, state: () => Order): readonly Change[] => standing(state());

const soldAs = ({ payments, ...placed }: PlacedData): Row => ({
  order_id: placed.orderId,
  channel: placed.channel,
  external_order_id: placed.externalOrderId ?? null,
  customer_id: placed.customerId ?? null,
  placed_at: placed.placedAt,
  payment_method: payments[0]?.method ?? null,
  priority: placed.priority,
  special: isSpecial(placed),
  currency: placed.currency,
  tax_included: placed.taxIncluded,
});

const goingTo = ({ shipGroups }: Pick<PlacedData, 'shipGroups'>): Row => {
  const { country = null, postalArea = null } = shipGroups[0]?.destination ?? {};
  return { country, postal_area: postalArea };
};

/** Something is said to whoever packs it, or a line of it is made or treated otherwise than usual. */
const isSpecial = ({ instructions, shipGroups, lines }: Pick<PlacedData, 'instructions' | 'shipGroups' | 'lines'>): boolean =>
  instructions !== undefined ||
  shipGroups.some((group) => group.instructions !== undefined) ||
  lines.some(({ attributes = {}, instructions: ofLine }) => ofLine !== undefined || Object.keys(attributes).length > 0);

const worthOf = ({ totals, lines }: Pick<PlacedData, 'totals' | 'lines'>): Row => ({
  goods_amount: totals.goods,
  discount_amount: totals.discount,
  shipping_amount: totals.shipping,
  tax_amount: totals.tax,
  total_amount: totals.total,
  line_count: lines.length,
  unit_count: lines.reduce((units, { quantity }) => units + quantity, 0),
});

/** What an edit or another destination may change. */
/** What else may change where it stands. */
const others: readonly Decision['type'][] = [
  ...(['HoldApplied', 'HoldReleased', 'LineCancelled', 'PromiseMade', 'PromiseMoved'] as const),
  ...(['DeadlineAtRisk', 'DeadlineMissed'] as const),
];

const editedTo = (order: Order): Row =>
  order ? { ...worthOf(order.sold), ...goingTo(order.sold), priority: order.sold.priority, special: isSpecial(order.sold) } : {};

const notYet: Row = {
  status: 'placed',
  holds: [],
  held_since: [],
  late: false,
  at_risk: false,
  confirmed_at: null,
  completed_at: null,
  cancelled_at: null,
  cancel_reason: null,
};

/** Each filter of the list, and channel with status, leads an index that is already in the list's order. */
const newestFirst = 'placed_at desc, order_id desc';

export const orderSummary: View<OrderEvent, Order> = {
  name: 'order_summary',
  about: 'One row for each order of every channel: who sold it, what it is worth, where it stands.',
  revision: 5,
  key: ['order_id'],
  columns: {
    order_id: { type: 'uuid not null', about: 'The order.' },
    channel: { type: 'text not null', about: 'Where it was sold: web, pos, a marketplace.' },
    external_order_id: { type: 'text', about: 'The channel’s own number.' },
    customer_id: { type: 'text', about: 'Null for a guest.' },
    status: {
      type: 'text not null',
      about: 'placed, confirmed, in-fulfillment, partially-shipped, shipped, completed, on-hold or cancelled.',
    },
    holds: {
      type: 'jsonb not null',
      about:
        'Why it stands still, oldest first: a list of types of holds, such as stock-short, payment-review, operator. Empty when it does not.',
    },
    held_since: { type: 'jsonb not null', about: 'When each of holds was applied, in their order.' },
    placed_at: { type: 'timestamptz not null', about: 'When the customer placed it, by the channel’s clock.' },
    currency: { type: 'text not null', about: 'ISO 4217 code of the amounts.' },
    goods_amount: { type: 'bigint not null', about: 'Sum of quantity times unit price, minor units.' },
    discount_amount: { type: 'bigint not null', about: 'Sum of discounts, minor units.' },
    shipping_amount: { type: 'bigint not null', about: 'Charged for delivery, minor units.' },
    tax_amount: { type: 'bigint not null', about: 'Sum of taxes, minor units.' },
    tax_included: { type: 'boolean not null', about: 'Whether goods_amount and shipping_amount have their taxes in them.' },
    total_amount: { type: 'bigint not null', about: 'goods − discount + shipping, plus tax unless it is included, minor units.' },
    line_count: { type: 'integer not null', about: 'Number of lines.' },
    unit_count: { type: 'bigint not null', about: 'Units over all lines.' },
    payment_method: { type: 'text', about: 'card, upi, net-banking, wallet, bank-transfer, cod or prepaid; the first of several.' },
    late: { type: 'boolean not null', about: 'A date that the customer was promised was missed, and is not made good yet.' },
    at_risk: { type: 'boolean not null', about: 'Such a date will be missed unless somebody acts now.' },
    priority: { type: 'text not null', about: 'standard or expedited.' },
    special: {
      type: 'boolean not null',
      about: 'Something is said to whoever packs it, or a line of it has attributes: made or treated otherwise than usual.',
    },
    country: { type: 'text', about: 'Destination, ISO 3166-1 alpha-2; null where nothing is sent.' },
    postal_area: { type: 'text', about: 'Destination: the part of the postal code that names no household.' },
    confirmed_at: { type: 'timestamptz', about: 'When stock and payment were both there.' },
    completed_at: { type: 'timestamptz', about: 'When everything had been delivered.' },
    cancelled_at: { type: 'timestamptz', about: 'When it was cancelled.' },
    cancel_reason: { type: 'text', about: 'Code of the reason, such as payment-declined or verification-rejected; more will come.' },
  },
  indexes: [
    `(${newestFirst})`,
    `(status, ${newestFirst})`,
    `(channel, ${newestFirst})`,
    `(channel, status, ${newestFirst})`,
    `(customer_id, ${newestFirst}) where customer_id is not null`,
    `(${newestFirst}) where late`,
    `(${newestFirst}) where at_risk`,
    `(${newestFirst}) where special`,
  ],
  fold,
  on: {
    ...Object.fromEntries([...orderMovements, ...others].map((type) => [type, moved])),
    OrderPlaced: ({ data }) => put({ ...soldAs(data), ...goingTo(data), ...worthOf(data), ...notYet }),
    OrderImported: ({ data }) =>
      put({
        ...{
          ...soldAs(data),
          ...goingTo(data),
          ...worthOf(data),
          ...notYet,
          status: data.outcome === 'cancelled' ? 'cancelled' : 'completed',
        },
        ...(data.outcome === 'cancelled' ? { cancelled_at: data.endedAt } : { completed_at: data.endedAt }),
      }),
    OrderConfirmed: (_, state) => standing(state(), { confirmed_at: state()?.confirmedAt ?? null }),
    GoodsHandedOver: (_, state) => standing(state(), { confirmed_at: state()?.confirmedAt ?? null }),
    OrderEdited: (_, state) => standing(state(), editedTo(state())),
    DestinationChanged: (_, state) => standing(state(), editedTo(state())),
    OrderCancelled: ({ data }, state) => standing(state(), { cancelled_at: data.cancelledAt, cancel_reason: data.reason.code }),
    OrderCompleted: ({ data }, state) => standing(state(), { completed_at: data.completedAt }),
  },
};
