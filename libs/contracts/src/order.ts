import { contractsOf, type EventOf } from './event';
import {
  destination,
  fulfillmentMethod,
  lineQuantity,
  orderId,
  orderLine,
  paymentMethod,
  priority,
  reason,
  sealed,
  shipGroup,
  totals,
} from './parts';
import { currency, list, money, named, object, optional, text, time, truth, uuid, word } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.order);

export const OrderPlaced = event(
  'OrderPlaced',
  'A channel placed an order. Nothing is reserved or paid yet. Prices, destinations and the sealed personal data stand here: whoever needs them keeps them from here.',
  object({
    orderId,
    channel: text('Where it was sold, such as `web`, `pos`, `marketplace-x`.'),
    externalOrderId: optional(text('The channel’s own number; unique in the channel.')),
    customerId: optional(text('Absent for a guest.')),
    placedAt: time('When the customer placed it, by the channel’s clock.'),
    currency: currency(),
    locale: optional(text('BCP 47.')),
    taxIncluded: truth('Whether unit prices and delivery charges include tax.'),
    lines: list(orderLine),
    shipGroups: list(shipGroup),
    totals,
    payments: list(
      object({
        paymentId: uuid(),
        method: paymentMethod,
        amount: money('What is to be paid so, minor units.'),
        token: optional(sealed),
      }),
      'How it is to be paid. A provider’s token travels sealed, for the payment service only.',
    ),
    priority,
    instructions: optional(text('For the whole order.')),
    personal: sealed,
    policies: named(text(), 'Version of each policy that the order was sold under, such as `returns`.'),
  }),
);

const confirmedGroup = object({
  shipGroupId: text(),
  method: fulfillmentMethod,
  destination: optional(destination),
  pickupLocation: optional(text('Location code.')),
  service: optional(text()),
  shipBy: optional(time()),
  deliverBy: optional(time()),
});

export const OrderConfirmed = event(
  'OrderConfirmed',
  'Stock is reserved and payment is authorised (or accepted as cash on delivery): it may be routed.',
  object({
    orderId,
    channel: text(),
    lines: list(object({ ...lineQuantity.shape, shipGroupId: text() })),
    shipGroups: list(confirmedGroup),
    priority,
    confirmedAt: time(),
  }),
);

/** The holds that Cartage applies today. */
export const holdTypes = ['stock-short', 'payment-review', 'unfillable', 'operator'] as const;
export type HoldType = (typeof holdTypes)[number];

const holdType = word(holdTypes, 'a hold like any other', 'What it waits for.');

export const HoldApplied = event(
  'HoldApplied',
  'The order, or a part of it, stands still until a person or an event resolves the hold. Several may stand at once.',
  object({
    orderId,
    holdId: uuid(),
    type: holdType,
    lines: optional(list(lineQuantity, 'What it holds; absent: the whole order, or ship group.')),
    shipGroupId: optional(text()),
    until: optional(time('Ends by itself then.')),
    reason,
    appliedAt: time(),
  }),
);

export const HoldReleased = event(
  'HoldReleased',
  'A hold was resolved; what it held goes on.',
  object({
    orderId,
    holdId: uuid(),
    type: holdType,
    resolution: word(
      ['resolved', 'released', 'expired', 'ended'],
      'it is over',
      'How: its cause is gone, a person released it, its time is over, the order has ended.',
    ),
    by: reason.shape.by,
    actor: reason.shape.actor,
    releasedAt: time(),
  }),
);

export const OrderCancelled = event(
  'OrderCancelled',
  'The order ends unshipped. Its reservation is released and its payment voided or refunded.',
  object({ orderId, lines: list(lineQuantity), reason, cancelledAt: time() }),
);

export const OrderCompleted = event('OrderCompleted', 'Everything ordered has been delivered.', object({ orderId, completedAt: time() }));

export const orderEvents = { OrderPlaced, OrderConfirmed, HoldApplied, HoldReleased, OrderCancelled, OrderCompleted };
/** Public events of the order service; subject: the order id. */
export type OrderEvent = EventOf<(typeof orderEvents)[keyof typeof orderEvents]>;
