import { contractsOf } from './event';
import { lineQuantity, orderId, reason } from './parts';
import { count, list, object, text, time, uuid, type Static } from './schema';
import { Topics } from './topics';

/** Units that were looked for and are not there; `missing` says of which goods. */
export const shortUnits = object({
  ...lineQuantity.shape,
  missing: list(
    object({ sku: text(), quantity: count('How many of them.') }),
    'What is not where it should be: the units themselves, or of a kit those of its parts that are not there. Of units that are to follow (`to-follow`), nothing.',
  ),
  reason,
});

export type ShortUnits = Static<typeof shortUnits>;

/** Code of units that are short of what a supplier has sent so far: nothing of them is missing, they come from the same place later. */
export const TO_FOLLOW = 'to-follow';

export const areToFollow = (short: readonly ShortUnits[]): boolean =>
  short.length > 0 && short.every(({ reason: { code } }) => code === TO_FOLLOW);

/** Of a fulfilment whose location does not have all of it. */
export const pickedShort = {
  lines: list(lineQuantity, 'What is there: it goes on with these.'),
  short: list(shortUnits, 'What is not there, and was not told before.'),
};

const event = contractsOf(Topics.shipping, 'shipment');

export const ShipmentPicked = event(
  'ShipmentPicked',
  'It was picked: from now on these lines are the whole of it. Units that are short are brokered again, from the same location where they are to follow (`to-follow`); where nothing was there, `ShipmentCancelled` follows. Told again if more is found missing before it is packed.',
  object({ shipmentId: uuid(), orderId, fulfillmentId: uuid(), location: text('Location code.'), ...pickedShort, pickedAt: time() }),
);
