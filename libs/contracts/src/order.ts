import { contractsOf, type EventOf } from './event';
import { destination, lineQuantity, orderId, orderLine, paymentMethods, priorities, sealed, totals } from './parts';
import { currency, list, named, object, oneOf, optional, text, time } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.order);

export const OrderPlaced = event(
  'OrderPlaced',
  'A channel placed an order. Nothing is reserved or paid yet.',
  object({
    orderId,
    channel: text('Where it was sold, such as `web`, `pos`, `marketplace-x`.'),
    externalOrderId: optional(text('The channel’s own number; unique in the channel.')),
    customerId: optional(text('Absent for a guest.')),
    placedAt: time('When the customer placed it, by the channel’s clock.'),
    currency: currency(),
    locale: optional(text('BCP 47.')),
    lines: list(orderLine),
    totals,
    payment: object({
      method: oneOf(paymentMethods),
      token: optional(text('The provider’s reference of a payment method; never card data.')),
    }),
    priority: oneOf(priorities),
    instructions: optional(text('For the whole order.')),
    destination,
    personal: sealed,
    policies: named(text(), 'Version of each policy that the order was sold under, such as `returns`.'),
  }),
);

export const OrderConfirmed = event(
  'OrderConfirmed',
  'Stock is reserved and payment is authorised (or accepted as cash on delivery): it may be routed.',
  object({
    orderId,
    channel: text(),
    lines: list(lineQuantity),
    priority: oneOf(priorities),
    destination,
    personal: sealed,
    confirmedAt: time(),
  }),
);

export const holdTypes = ['stock-short', 'payment-review', 'unfillable', 'operator'] as const;

export const HoldApplied = event(
  'HoldApplied',
  'The order stands still until a person or an event resolves the hold.',
  object({ orderId, hold: oneOf(holdTypes), reason: text(), appliedAt: time() }),
);

export const HoldReleased = event(
  'HoldReleased',
  'A hold was resolved; the order goes on.',
  object({ orderId, hold: oneOf(holdTypes), releasedAt: time() }),
);

export const OrderCancelled = event(
  'OrderCancelled',
  'The order ends unshipped. Its reservation is released and its payment voided or refunded.',
  object({
    orderId,
    reason: oneOf(['payment-declined', 'verification-rejected', 'customer', 'operator', 'out-of-stock']),
    lines: list(lineQuantity),
    cancelledAt: time(),
  }),
);

export const OrderCompleted = event('OrderCompleted', 'Everything ordered has been delivered.', object({ orderId, completedAt: time() }));

export const orderEvents = { OrderPlaced, OrderConfirmed, HoldApplied, HoldReleased, OrderCancelled, OrderCompleted };
/** Public events of the order service; subject: the order id. */
export type OrderEvent = EventOf<(typeof orderEvents)[keyof typeof orderEvents]>;
export type HoldType = (typeof holdTypes)[number];
