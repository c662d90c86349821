import { ChannelRefunded, ChannelReturnEnded, ChannelReturnOpened } from './channel-returns';
import { replacedGoods } from './claims';
import { contractsOf, type EventOf } from './event';
import { holdTypes } from './hold-types';
import { DestinationChanged, LostParcelsResolved, OrderEdited, ShortageResolved } from './order-changes';
import { DigitalResent, GoodsHandedOver, HandoverRequested } from './order-handovers';
import { DeadlineAtRisk, DeadlineMissed, PromiseMade, PromiseMoved } from './order-promises';
import { lineQuantity, orderId, orderLine, paymentMethod, priority, reason, sealed, shipGroup, soldShipGroup, totals } from './parts';
import { currency, list, money, named, object, optional, text, time, truth, uuid, word } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.order, 'order');

const placedPayment = object({
  paymentId: uuid(),
  method: paymentMethod,
  amount: money('What is to be paid so, minor units.'),
  token: optional(sealed),
});

const placement = {
  orderId,
  channel: text('Where it was sold, such as `web`, `pos`, `marketplace-x`.'),
  externalOrderId: optional(text('The channel’s own number; unique in the channel.')),
  customerId: optional(text('Absent for a guest.')),
  placedAt: time('When the customer placed it, by the channel’s clock.'),
  currency: currency(),
  locale: optional(text('BCP 47.')),
  taxIncluded: truth('Whether unit prices and delivery charges include tax.'),
  reservationId: optional(uuid('Of the stock that was kept for the cart: the order takes it over.')),
  lines: list(orderLine),
  shipGroups: list(shipGroup),
  totals,
  payments: list(placedPayment, 'How it is to be paid. A provider’s token travels sealed, for the payment service only.'),
  priority,
  instructions: optional(text('For the whole order.')),
  personal: sealed,
  policies: named(text(), 'Version of each policy that the order was sold under, such as `returns`.'),
  replaces: optional(replacedGoods),
};

export const OrderPlaced = event(
  'OrderPlaced',
  'A channel placed an order. Nothing is reserved or paid yet. Prices, destinations and the sealed personal data stand here: whoever needs them keeps them from here.',
  object(placement),
);

export const importedOutcomes = ['completed', 'cancelled'] as const;

export const OrderImported = event(
  'OrderImported',
  'An order that lived and ended elsewhere, taken over for the record: nothing is to be reserved, paid, shipped or said about it. What came with it can come back.',
  object({
    ...placement,
    importId: uuid('The import that it came with.'),
    outcome: word(importedOutcomes, 'treat as `completed`', 'How it ended.'),
    endedAt: time('When it ended: was delivered, or cancelled.'),
    importedAt: time(),
  }),
);

/** As it was sold, without what it costs. */
const { charge: _charge, taxLines: _taxLines, ...groupToShip } = soldShipGroup.shape;
const confirmedGroup = object(groupToShip);

export const OrderConfirmed = event(
  'OrderConfirmed',
  'Stock is reserved and payment is authorised (or accepted as cash on delivery) for these units: they may be routed. An order may be confirmed in parts; what was confirmed before is not named again.',
  object({
    orderId,
    channel: text(),
    lines: list(object({ ...lineQuantity.shape, shipGroupId: text() })),
    shipGroups: list(confirmedGroup),
    priority,
    confirmedAt: time(),
  }),
);

const holdType = word(holdTypes, 'a hold like any other', 'What it waits for.');

export const HoldApplied = event(
  'HoldApplied',
  'The order, or a part of it, stands still until a person or an event resolves the hold: what it holds and nobody has handed over stays where it is. Several may stand at once.',
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

export const CancellationRequested = event(
  'CancellationRequested',
  'Confirmed units are not to ship after all. Routing asks whoever holds the goods, and answers for each fulfilment: `FulfillmentCancelled` or `FulfillmentCancellationRefused`.',
  object({ orderId, cancellationId: uuid(), lines: list(lineQuantity), reason, requestedAt: time() }),
);

export const OrderCancellationRefused = event(
  'OrderCancellationRefused',
  'These units were to be cancelled, and that came too late: they are on their way. A return can bring them back.',
  object({ orderId, cancellationId: uuid(), lines: list(lineQuantity), reason, refusedAt: time() }),
);

export const LineCancelled = event(
  'LineCancelled',
  'These units of the order will not ship, or left and did not arrive; the rest goes on. What was to be paid for them is not due any more. Their claims on stock are given back; units that had left have none.',
  object({
    orderId,
    cancellationId: uuid(),
    lines: list(lineQuantity),
    undelivered: optional(
      object(
        {
          shipmentId: uuid(),
          parcels: list(text('Parcel id.')),
          receiptId: optional(uuid('Of what came back to us; absent: it is lost.')),
        },
        'Where they had left, and did not arrive.',
      ),
    ),
    reason,
    cancelledAt: time(),
  }),
);

export const OrderCancelled = event(
  'OrderCancelled',
  'The order ends unshipped: each of its units was cancelled (`LineCancelled`). Money that was promised for it is given back.',
  object({ orderId, lines: list(lineQuantity), reason, cancelledAt: time() }),
);

export const OrderCompleted = event(
  'OrderCompleted',
  'Everything ordered and not cancelled has been delivered.',
  object({ orderId, completedAt: time() }),
);

export const PaymentAdded = event(
  'PaymentAdded',
  'Another way to pay was given, in place of one that was declined or for what became due since.',
  object({ orderId, payments: list(placedPayment), replaces: list(uuid(), 'Payments that are asked for no more.'), addedAt: time() }),
);

export const orderEvents = {
  OrderPlaced,
  OrderImported,
  OrderConfirmed,
  HoldApplied,
  HoldReleased,
  CancellationRequested,
  OrderCancellationRefused,
  LineCancelled,
  OrderCancelled,
  OrderCompleted,
  OrderEdited,
  DestinationChanged,
  PaymentAdded,
  HandoverRequested,
  GoodsHandedOver,
  DigitalResent,
  ShortageResolved,
  LostParcelsResolved,
  PromiseMade,
  PromiseMoved,
  DeadlineAtRisk,
  DeadlineMissed,
  ChannelRefunded,
  ChannelReturnOpened,
  ChannelReturnEnded,
};
/** Public events of the order service; subject: the order id. */
export type OrderEvent = EventOf<(typeof orderEvents)[keyof typeof orderEvents]>;
