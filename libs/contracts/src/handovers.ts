import { contractsOf } from './event';
import { lineQuantity, orderId, shortLine } from './parts';
import { list, object, time, uuid } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.inventory, 'reservation');

export const StockHandedOver = event(
  'StockHandedOver',
  'The units that the customer takes with them are off the books; `StockIssued` says of which location, where they are counted.',
  object({ orderId, handoverId: uuid(), lines: list(lineQuantity), handedOverAt: time() }),
);

export const HandoverRefused = event(
  'HandoverRefused',
  'The location does not have these of the units that the customer was to take with them; nothing was taken off its books.',
  object({ orderId, handoverId: uuid(), short: list(shortLine), refusedAt: time() }),
);
