import { contractsOf, type EventOf } from './event';
import { lineQuantity, orderId, parcel } from './parts';
import { currency, list, money, object, optional, text, time, uuid } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.shipping);
const shipment = { shipmentId: uuid(), orderId, fulfillmentId: uuid(), location: text('Location code.') };
const carried = { carrier: text('Name of the carrier’s adapter.'), trackingNumber: text() };
const milestone = {
  ...shipment,
  ...carried,
  place: optional(text('As the carrier names it.')),
  occurredAt: time('By the carrier’s clock.'),
  recordedAt: time(),
};

export const ShipmentPacked = event(
  'ShipmentPacked',
  'The goods are in their parcels.',
  object({ ...shipment, lines: list(lineQuantity), parcels: list(parcel), packedAt: time() }),
);

export const LabelPurchased = event(
  'LabelPurchased',
  'The carrier will take it: tracking number and label are there.',
  object({
    ...shipment,
    ...carried,
    service: text(),
    currency: currency(),
    cost: money('What the carrier charges us.'),
    trackingToken: text('For the public tracking page.'),
    purchasedAt: time(),
  }),
);

export const LabelFailed = event(
  'LabelFailed',
  'The carrier refused the label; somebody must choose again.',
  object({ ...shipment, carrier: text(), reason: text(), failedAt: time() }),
);

export const ShipmentDispatched = event(
  'ShipmentDispatched',
  'The carrier has the parcels.',
  object({ ...shipment, ...carried, lines: list(lineQuantity), dispatchedAt: time() }),
);

export const ShipmentInTransit = event('ShipmentInTransit', 'The carrier scanned it on its way.', object(milestone));
export const ShipmentOutForDelivery = event('ShipmentOutForDelivery', 'It is on the van for its last mile.', object(milestone));
export const DeliveryAttemptFailed = event(
  'DeliveryAttemptFailed',
  'Nobody took it; the carrier says why.',
  object({ ...milestone, reason: text() }),
);
export const ShipmentException = event(
  'ShipmentException',
  'The carrier reports a fault: damaged, lost, held.',
  object({ ...milestone, reason: text() }),
);
export const ShipmentDelivered = event('ShipmentDelivered', 'The customer has it.', object({ ...milestone, lines: list(lineQuantity) }));
export const RtoInitiated = event(
  'RtoInitiated',
  'It could not be delivered and comes back to its origin.',
  object({ ...milestone, reason: text() }),
);

export const shippingEvents = {
  ShipmentPacked,
  LabelPurchased,
  LabelFailed,
  ShipmentDispatched,
  ShipmentInTransit,
  ShipmentOutForDelivery,
  DeliveryAttemptFailed,
  ShipmentException,
  ShipmentDelivered,
  RtoInitiated,
};
/** Public events of the shipping service; subject: the shipment id. */
export type ShippingEvent = EventOf<(typeof shippingEvents)[keyof typeof shippingEvents]>;
