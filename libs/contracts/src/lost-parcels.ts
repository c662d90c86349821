import { contractsOf } from './event';
import { lineQuantity, orderId, reason } from './parts';
import { list, object, text, time, uuid } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.shipping);

const parcels = {
  ...{ shipmentId: uuid(), orderId, fulfillmentId: uuid(), location: text('Location code.') },
  carrier: text('Name of the carrier’s adapter.'),
  parcels: list(object({ parcelId: text(), trackingNumber: text(), lines: list(lineQuantity, 'What is in it.') })),
  lines: list(lineQuantity, 'What is in them, all of them together.'),
  reason,
};

export const ParcelLost = event(
  'ParcelLost',
  'Nobody knows where these parcels are: the carrier said so, or nothing was heard of them for too long. They may be found again.',
  object({ ...parcels, lostAt: time() }),
);

export const ParcelFound = event(
  'ParcelFound',
  'Parcels that were lost are there again: the carrier scanned them, or somebody has them.',
  object({ ...parcels, foundAt: time() }),
);

export const lostParcelEvents = { ParcelLost, ParcelFound };
