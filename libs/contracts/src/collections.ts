import { contractsOf } from './event';
import { lineQuantity, orderId, reason, sealed } from './parts';
import { list, object, optional, text, time, truth, uuid, word } from './schema';
import { Topics } from './topics';

/* What a customer fetches at a store. */

const event = contractsOf(Topics.fulfillment, 'fulfillment');
const collection = { fulfillmentId: uuid(), orderId, location: text('Location code: where it is fetched.'), shipGroupId: text() };
const waiting = { ...collection, lines: list(lineQuantity, 'What waits there.') };
const place = object({ name: text('What people call the location.'), timeZone: text('IANA name: of its clock.') });
const expiresAt = time('It is kept until then.');
const remindAt = optional(time('The customer is reminded then.'));

const cameByParcel = optional(truth('It had been sent to the store: what stays there, shipping tells to be received.'));

const then = optional(word(['stock', 'send-back'], 'treat as `stock`', 'Of what was sent to the store: it joins its stock, or goes back.'));

/** Who hands goods to customers: stands in the place of a carrier where none is asked. */
export const AT_COUNTER = 'counter';

export const ReadyForPickup = event(
  'ReadyForPickup',
  'The goods wait at the counter. Whoever fetches them says a code, which the customer is sent and no event carries.',
  object({ ...waiting, place, readyAt: time(), expiresAt, remindAt }),
);

export const PickupExtended = event(
  'PickupExtended',
  'The goods are kept for longer: the customer asked for it, or the store.',
  object({ ...waiting, place, expiresAt, remindAt, reason, extendedAt: time() }),
);

export const PickupReminderDue = event(
  'PickupReminderDue',
  'The goods are not fetched yet, and not kept for long any more.',
  object({ ...waiting, place, expiresAt, remindedAt: time() }),
);

export const HandedOver = event(
  'HandedOver',
  'Somebody fetched the goods. What was refused at the counter stays at the store, and is asked back by the order.',
  object({
    ...collection,
    handoverId: uuid(),
    lines: list(lineQuantity, 'What was taken.'),
    declined: list(lineQuantity, 'What was refused at the counter.'),
    verifiedBy: word(['code', 'person'], 'treat as `person`', 'Whether the code was said, or a person answers for it.'),
    reason: optional(reason),
    personal: sealed,
    cameByParcel,
    handedOverAt: time(),
  }),
);

export const PickupExpired = event(
  'PickupExpired',
  'Nobody fetched the goods in time: the code is worth nothing any more, and the order asks them back.',
  object({ ...waiting, expiryId: uuid('One for each time that it expires.'), cameByParcel, then, expiredAt: time() }),
);

export const collectionEvents = { ReadyForPickup, PickupExtended, PickupReminderDue, HandedOver, PickupExpired };
