import {
  count,
  country,
  currency,
  integer,
  list,
  lineQuantity,
  money,
  named,
  nullable,
  object,
  oneOf,
  optional,
  orderId,
  orderLine,
  paymentMethod,
  priorities,
  promiseTransit,
  reason,
  replacedGoods,
  shipGroup,
  text,
  time,
  totals,
  truth,
  uuid,
} from '@cartage/contracts';
import { answerOf, itemPreview, itemsPreview, pageAnswer, problemSchema } from '@cartage/service-kit';
import type { OrderStanding } from '../app/changes';
import type { ListedOrder } from '../app/order-list';
import { paymentOutcomes, type ShownOrder } from '../app/order-shown';
import type { Receipt } from '../app/orders';
import { lineStatuses } from '../domain/lines';
import { milestones } from '../domain/shipments';
import { orderStatuses } from '../domain/state';
import type { BatchAnswer } from './placing';

const channel = text('Where it was sold, such as `web`, `pos`, `marketplace-x`.');
const externalOrderId = text('The channel’s own number; unique in the channel.');
const placedAt = time('When the customer placed it, by the channel’s clock.');
const location = text('Location code.');
export const lineStatus = oneOf(lineStatuses);

export const receipt = answerOf<Receipt>()(
  'OrderReceipt',
  object({
    orderId,
    channel,
    externalOrderId: optional(externalOrderId),
    status: oneOf(['placed', 'parked']),
    placedAt,
    currency: currency(),
    totals,
    position: text('As in `Cartage-Position`.'),
  }),
);

export const batch = answerOf<BatchAnswer>()(
  'OrderBatch',
  object({
    ...itemsPreview,
    items: list(
      object({
        ...itemPreview,
        externalOrderId: nullable(text('As it was sent; null where it has none.')),
        status: integer('What HTTP would have answered: 201 new, 200 was there, or that of the problem.'),
        receipt: optional(receipt),
        problem: optional(problemSchema),
      }),
      'One for each order, in the order in which they were sent.',
    ),
  }),
);

const units = integer('Units that came at least so far.');
const line = object({
  ...orderLine.shape,
  status: lineStatus,
  progress: object(
    {
      cancelled: integer('Units that will not ship; `quantity` is as ordered.'),
      reserved: units,
      confirmed: integer('Units that were given to routing.'),
      allocated: units,
      packed: units,
      shipped: units,
      delivered: units,
      returned: units,
    },
    'Units by the furthest they came; what is delivered was also shipped.',
  ),
});

const { personal: _, ...groupShape } = shipGroup.shape;

const payment = object({
  paymentId: uuid(),
  method: paymentMethod,
  amount: money('What is to be paid so, minor units.'),
  outcome: oneOf(paymentOutcomes, '`action-required`: the customer has to act; `replaced`: asked for no more.'),
  score: optional(integer('Verdict: 0 (harmless) to 100.')),
  action: optional(
    object(
      { kind: text('`redirect`, `transfer`, `approve-in-app`; more will come.'), url: optional(text()), reference: optional(text()) },
      'What the customer has to do.',
    ),
  ),
});

const moved = object({
  captured: money('Charged for what was shipped, minor units.'),
  collected: money('Cash taken at the door, minor units.'),
  refunded: money('Given back to the customer, minor units.'),
});

export const hold = object({
  holdId: uuid(),
  type: text('`stock-short`, `payment-review`, `unfillable`, `operator` …; more will come.'),
  lines: optional(list(lineQuantity, 'What it holds; absent: the whole order, or ship group.')),
  shipGroupId: optional(text()),
  until: optional(time('Ends by itself then.')),
  reason,
  appliedAt: time(),
});

const fulfillment = object({
  fulfillmentId: uuid(),
  location,
  status: oneOf(
    ['refused', 'allocated', 'rejected', 'cancelled'],
    '`refused` by the stock ledger, `rejected` by the location, `cancelled` as the order asked.',
  ),
});

const reached = {
  milestone: oneOf(milestones, 'The newest.'),
  at: time('Of the milestone, by the clock of whoever told it.'),
};

const shipment = object({
  shipmentId: uuid(),
  fulfillmentId: uuid(),
  location,
  ...reached,
  ...{ carrier: optional(text()), trackingToken: optional(text('Of its public tracking page: `/shipping/track/<token>/page`.')) },
  handedOverAt: optional(time('When the carrier got it.')),
  parcels: list(object({ parcelId: text(), trackingNumber: text(), ...reached }), 'Those that the carrier has.'),
});

export const order = answerOf<ShownOrder>()(
  'Order',
  object({
    orderId,
    version: integer('Events of the order so far; also in `ETag`.'),
    channel,
    externalOrderId: optional(externalOrderId),
    customerId: optional(text('Absent for a guest.')),
    placedAt,
    currency: currency(),
    locale: optional(text('BCP 47.')),
    reservationId: optional(uuid('Of the stock that was kept for its cart.')),
    status: oneOf(orderStatuses),
    holds: list(hold, 'Why it stands still, or a part of it; empty when nothing does.'),
    lines: list(line),
    totals,
    taxIncluded: truth('Whether unit prices and delivery charges have their taxes in them.'),
    shipGroups: list(object({ ...groupShape, transit: optional(promiseTransit) })),
    payments: list(payment),
    money: moved,
    priority: text('`standard` or `expedited`; more will come.'),
    instructions: optional(text('For the whole order.')),
    policies: named(text(), 'Version of each policy that the order was sold under, such as `returns`.'),
    fulfillments: list(fulfillment, 'Which locations ship it.'),
    shipments: list(shipment),
    changedAt: time('When its newest event was recorded.'),
    confirmedAt: optional(time('When stock and payment were promised.')),
    endedAt: optional(time('When it was completed or cancelled.')),
    replaces: optional(replacedGoods),
    imported: optional(object({ importId: uuid(), at: time() }, 'It lived elsewhere, and came with this import.')),
  }),
);

export const standing = answerOf<OrderStanding>()(
  'OrderStanding',
  object({
    orderId,
    status: oneOf(orderStatuses),
    holds: list(hold, 'Why it stands still, or a part of it; empty when nothing does.'),
    payments: list(payment),
  }),
);

export const listed = answerOf<ListedOrder>()(
  'ListedOrder',
  object({
    orderId,
    channel,
    externalOrderId: nullable(externalOrderId),
    customerId: nullable(text('Null for a guest.')),
    status: oneOf(orderStatuses),
    holds: list(text(), 'Why it stands still, oldest first: types of holds. Empty when it does not.'),
    heldSince: list(time(), 'When each of `holds` was applied, in their order.'),
    late: truth('A date that the customer was promised was missed, and is not made good yet.'),
    atRisk: truth('Such a date will be missed unless somebody acts now.'),
    placedAt,
    currency: currency(),
    total: money(),
    ...{ lineCount: count(), unitCount: count() },
    paymentMethod: nullable(text('The first of several; more will come.')),
    ...{ priority: oneOf(priorities), special: truth('Something is said to whoever packs it, or a line has attributes.') },
    country: nullable(country()),
  }),
);
export const orderPage = pageAnswer(listed);
