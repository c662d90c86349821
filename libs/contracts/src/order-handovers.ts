import { contractsOf } from './event';
import { fulfillmentMethod, lineQuantity, orderId, reason, sealed } from './parts';
import { list, object, optional, text, time, uuid } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.order, 'order');

const handover = {
  orderId,
  handoverId: uuid('One for each time that units are handed over.'),
  shipGroupId: text(),
};

export const HandoverRequested = event(
  'HandoverRequested',
  'The customer takes these units without anybody shipping them, and somebody stands for their price: their stock is to leave the books, all of it or nothing. Inventory answers `StockHandedOver` or `HandoverRefused`.',
  object({
    ...handover,
    location: optional(text('Location code: where they are carried out, or where keys are kept. Absent: nowhere in particular.')),
    lines: list(lineQuantity),
    requestedAt: time(),
  }),
);

export const GoodsHandedOver = event(
  'GoodsHandedOver',
  'The customer has these units, and nobody shipped them: carried out of a store, or delivered digitally. They are charged now, and can be returned as the policy says. `personal` holds what digital goods are fetched by.',
  object({
    ...handover,
    method: fulfillmentMethod,
    location: optional(text('Location code.')),
    lines: list(lineQuantity),
    personal: optional(sealed),
    handedOverAt: time(),
  }),
);

export const DigitalResent = event(
  'DigitalResent',
  'Digital goods that the customer has are sent once more, perhaps by another link or key. Nothing is charged for it.',
  object({ ...handover, lines: list(lineQuantity), personal: optional(sealed), reason, resentAt: time() }),
);
