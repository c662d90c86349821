import { contractsOf } from './event';
import { orderId, reason } from './parts';
import { object, optional, text, time, uuid, word } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.shipping, 'shipment');

export const DeliveryInstructed = event(
  'DeliveryInstructed',
  'What the carrier is to do with a parcel that it could not deliver. Of several the later one counts.',
  object({
    ...{ shipmentId: uuid(), orderId, fulfillmentId: uuid(), location: text('Location code.') },
    carrier: text('Name of the carrier’s adapter.'),
    parcelId: text(),
    trackingNumber: text(),
    instructionId: uuid('With the parcel, our reference at the carrier.'),
    instruction: word(
      ['reattempt', 'reschedule', 'address', 'return'],
      'something that the carrier is to do',
      '`reattempt`: try again. `reschedule`: try on `day`. `address`: try at the corrected address. `return`: bring it back.',
    ),
    day: optional(text('Local date of the destination, such as `2026-11-30`.')),
    reason,
    instructedAt: time(),
  }),
);
