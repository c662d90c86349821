import { contractsOf } from './event';
import { lineQuantity, reason } from './parts';
import { list, object, optional, text, time, uuid } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.inventory, 'cart', 'subject');
const reservationId = uuid('Of the claim of one cart; an order that names it takes it over.');

export const CartReserved = event(
  'CartReserved',
  'Stock is kept for a cart, before there is an order: a claim on the network’s stock that ends by itself.',
  object({
    reservationId,
    channel: optional(text('Where it is filled, if that is known.')),
    lines: list(lineQuantity),
    expiresAt: time('May be extended.'),
    reservedAt: time(),
  }),
);

export const CartReleased = event(
  'CartReleased',
  'What was kept for a cart is kept for it no more: the customer left, an order took it over (its `StockReserved` follows), or it was lost.',
  object({ reservationId, lines: list(lineQuantity), reason, orderId: optional(uuid('The order that took it over.')), releasedAt: time() }),
);

export const ReservationExpired = event(
  'ReservationExpired',
  'The time of a cart’s reservation is over: what was kept for it can be promised to others.',
  object({ reservationId, lines: list(lineQuantity), expiredAt: time() }),
);
