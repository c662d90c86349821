import {
  country,
  count,
  currency,
  destination,
  holdTypes,
  integer,
  list,
  money,
  named,
  nullable,
  object,
  oneOf,
  optional,
  orderId,
  orderLine,
  paymentMethods,
  priorities,
  text,
  time,
  totals,
  uuid,
} from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ListedOrder } from '../app/order-list';
import type { ShownOrder } from '../app/order-shown';
import type { Receipt } from '../app/orders';
import { milestones, orderStatuses } from '../domain/events';

const channel = text('Where it was sold, such as `web`, `pos`, `marketplace-x`.');
const externalOrderId = text('The channel’s own number; unique in the channel.');
const placedAt = time('When the customer placed it, by the channel’s clock.');
const location = text('Location code.');
export const lineStatus = oneOf(['placed', 'allocated', 'packed', 'shipped', 'delivered', 'returned', 'cancelled']);

export const receipt = answerOf<Receipt>()(
  'OrderReceipt',
  object({
    orderId,
    channel,
    externalOrderId: optional(externalOrderId),
    status: oneOf(['placed']),
    placedAt,
    currency: currency(),
    totals,
    position: text('As in `Cartage-Position`.'),
  }),
);

const units = integer('Units that came at least so far.');
const line = object({
  ...orderLine.shape,
  status: lineStatus,
  progress: object(
    { allocated: units, packed: units, shipped: units, delivered: units, returned: units },
    'Units by the furthest they came; what is delivered was also shipped.',
  ),
});

const payment = object({
  method: oneOf(paymentMethods),
  outcome: text('`pending`, `under-review`, `authorized`, `cod-accepted` or `declined`.'),
  score: optional(integer('Verdict: 0 (harmless) to 100.')),
  captured: money('Charged for what was shipped, minor units.'),
  collected: money('Cash taken at the door, minor units.'),
  refunded: money('Given back to the customer, minor units.'),
});

const fulfillment = object({
  fulfillmentId: uuid(),
  location,
  status: oneOf(['brokered', 'allocated', 'refused', 'rejected'], '`refused` by the stock ledger, `rejected` by the location.'),
});

const shipment = object({
  shipmentId: uuid(),
  fulfillmentId: uuid(),
  location,
  milestone: oneOf(milestones, 'The newest.'),
  at: time('Of the milestone, by the clock of whoever told it.'),
  carrier: optional(text()),
  trackingNumber: optional(text()),
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
    status: oneOf(orderStatuses),
    holds: list(oneOf(holdTypes), 'Why the order stands still; empty when it does not.'),
    lines: list(line),
    totals,
    payment,
    priority: oneOf(priorities),
    instructions: optional(text('For the whole order.')),
    destination,
    policies: named(text(), 'Version of each policy that the order was sold under, such as `returns`.'),
    fulfillments: list(fulfillment, 'Which locations ship it.'),
    shipments: list(shipment),
    changedAt: time('When its newest event was recorded.'),
    confirmedAt: optional(time('When stock and payment were promised.')),
    endedAt: optional(time('When it was completed or cancelled.')),
  }),
);

const listed = answerOf<ListedOrder>()(
  'ListedOrder',
  object({
    orderId,
    channel,
    externalOrderId: nullable(externalOrderId),
    customerId: nullable(text('Null for a guest.')),
    status: oneOf(orderStatuses),
    hold: nullable(text('Why it stands still, if it does.')),
    placedAt,
    currency: currency(),
    total: money(),
    lineCount: count(),
    unitCount: count(),
    paymentMethod: oneOf(paymentMethods),
    priority: oneOf(priorities),
    country: country(),
  }),
);
export const orderPage = pageAnswer(listed);
