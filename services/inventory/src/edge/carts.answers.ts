import { integer, lineQuantity, list, object, oneOf, optional, text, time, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ListedCart, ShownCart } from '../app/carts';

const reservationId = uuid('Name it in the order: `reservationId`.');
const expiresAt = time('Until when it is kept.');

export const cartReservation = answerOf<ShownCart>()(
  'CartReservation',
  object({
    reservationId,
    status: oneOf(['held', 'ended']),
    channel: optional(text('Where it is filled.')),
    lines: list(lineQuantity, 'What is kept, in the order in which it was asked for; empty once it has ended.'),
    expiresAt,
    end: optional(text('How it ended: `released`, `taken-over`, `stock-lost`, `expired`.')),
    orderId: optional(uuid('The order that took it over.')),
  }),
);

const listed = answerOf<ListedCart>()(
  'ListedCartReservation',
  object({
    reservationId,
    expiresAt,
    units: list(object({ sku: text(), quantity: integer('Units of what stands on shelves: of a kit its parts.') })),
  }),
);
export const cartReservationPage = pageAnswer(listed);
