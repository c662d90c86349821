import { BinsAssigned } from './bins';
import { carrierBillEvents } from './carrier-bills';
import { carrierClaimEvents } from './carrier-claims';
import { carrierDayEvents } from './carrier-days';
import { DeliveryInstructed } from './delivery-instructions';
import { contractsOf, type EventOf } from './event';
import { fulfilledElsewhereEvents } from './fulfilled-elsewhere';
import { lostParcelEvents } from './lost-parcels';
import { LabelDelayed, LabelFailed, LabelPurchased, LabelRequested, LabelVoided, trackedParcel } from './labels';
import { disposition, lineQuantity, orderId, parcel, reason } from './parts';
import { ShipmentPicked } from './picks';
import { RatesQuoted } from './quoted-rates';
import { returnLabelEvents } from './return-labels';
import { count, list, object, optional, text, time, uuid } from './schema';
import { supplierOrderEvents } from './supplier-orders';
import { Topics } from './topics';

const event = contractsOf(Topics.shipping, 'shipment');
const shipment = { shipmentId: uuid(), orderId, fulfillmentId: uuid(), location: text('Location code.') };
const carrier = text('Name of the carrier’s adapter.');
const trackingToken = optional(text('For the public tracking page; absent of what is fetched.'));

/** What a carrier tells of one parcel. */
const scan = {
  ...shipment,
  carrier,
  parcelId: text(),
  trackingNumber: text(),
  place: optional(text('As the carrier names it.')),
  occurredAt: time('By the carrier’s clock.'),
  recordedAt: time(),
};

/** What a carrier tells at the end of a parcel's way: which parcels, and so which units, it speaks of. */
const ended = {
  ...shipment,
  carrier,
  lines: list(lineQuantity, 'What is in them, all of them together.'),
  place: optional(text('As the carrier names it.')),
  occurredAt: time('By the carrier’s clock.'),
  recordedAt: time(),
};

export const ShipmentPacked = event(
  'ShipmentPacked',
  'The goods are in their parcels. Packed again, the later one counts.',
  object({
    ...shipment,
    lines: list(lineQuantity),
    parcels: list(parcel),
    labelledBy: optional(text('The partner that gives its parcels numbers of a carrier of its own: no label is bought for it here.')),
    packedAt: time(),
  }),
);

export const ShipmentDispatched = event(
  'ShipmentDispatched',
  'The carrier has the parcels.',
  object({
    ...{ ...shipment, carrier, parcels: list(trackedParcel), lines: list(lineQuantity), trackingToken },
    partner: optional(text('Who fulfils it for us; absent: we do.')),
    dispatchedAt: time(),
  }),
);

export const ShipmentInTransit = event('ShipmentInTransit', 'The carrier scanned a parcel on its way.', object(scan));
export const ShipmentOutForDelivery = event('ShipmentOutForDelivery', 'A parcel is on the van for its last mile.', object(scan));
export const DeliveryAttemptFailed = event(
  'DeliveryAttemptFailed',
  'Nobody took a parcel; the carrier says why.',
  object({ ...scan, reason }),
);
export const ShipmentException = event(
  'ShipmentException',
  'The carrier reports a fault with a parcel: damaged, lost, held.',
  object({ ...scan, reason }),
);

export const ShipmentDelivered = event(
  'ShipmentDelivered',
  'The customer has these parcels. A shipment of several parcels may be delivered in several events. With a `reason` no carrier scanned it: whoever fulfils it said so (`by: provider`), or it is taken to be there, because nothing else was heard for as long as was agreed (`by: policy`).',
  object({
    ...ended,
    parcels: list(trackedParcel, 'Those that were delivered now.'),
    reason: optional(reason),
  }),
);

export const ArrivedAtStore = event(
  'ArrivedAtStore',
  'These parcels are at the store where the customer fetches them, by the carrier’s scan or the store’s receipt. That the customer has them is told when they are handed over (`ShipmentDelivered`).',
  object({ ...ended, store: text('Location code.'), parcels: list(trackedParcel, 'Those that arrived now.') }),
);

export const RtoInitiated = event(
  'RtoInitiated',
  'These parcels could not be delivered and come back to their origin. Other parcels of the shipment may still be delivered.',
  object({ ...ended, parcels: list(trackedParcel, 'Those that come back.'), reason }),
);

export const RtoInTransit = event('RtoInTransit', 'The carrier scanned a parcel on its way back to us.', object(scan));

export const RtoReceived = event(
  'RtoReceived',
  'Units that did not reach the customer were received at a location of ours: inventory books them there. A parcel may come in several receipts. `missing` units were in none of them, and are expected no more.',
  object({
    ...shipment,
    receiptId: uuid(),
    dock: text('Location code: where they were received, wherever they left from.'),
    parcels: list(trackedParcel, 'Those that were received, with what was received of each.'),
    lines: list(object({ ...lineQuantity.shape, disposition }), 'What was received, all parcels together.'),
    others: list(object({ sku: text(), quantity: count(), disposition }), 'What was in them besides: nobody here had sent it in them.'),
    receivedAt: time(),
  }),
);

export const ShipmentCancelled = event(
  'ShipmentCancelled',
  'Nothing of it will go out, and nothing has: its label, if there was one, is void. The answer to a request, or a decision here.',
  object({ ...shipment, lines: list(lineQuantity), reason, cancelledAt: time() }),
);

export const CancellationRefused = event(
  'CancellationRefused',
  'It was asked not to go out, and that came too late: the carrier has it.',
  object({ ...shipment, reason, refusedAt: time() }),
);

export const DestinationChangeRefused = event(
  'DestinationChangeRefused',
  'The parcels were to go to another place, and that came too late: the carrier has them.',
  object({ ...shipment, shipGroupId: text(), reason, refusedAt: time() }),
);

export const shippingEvents = {
  ...carrierDayEvents,
  BinsAssigned,
  ...lostParcelEvents,
  ...carrierClaimEvents,
  ...carrierBillEvents,
  ...fulfilledElsewhereEvents,
  ...supplierOrderEvents,
  ...returnLabelEvents,
  DeliveryInstructed,
  ShipmentPicked,
  ShipmentPacked,
  RatesQuoted,
  LabelRequested,
  LabelDelayed,
  LabelPurchased,
  LabelFailed,
  LabelVoided,
  ShipmentDispatched,
  ShipmentInTransit,
  ShipmentOutForDelivery,
  DeliveryAttemptFailed,
  ShipmentException,
  ArrivedAtStore,
  ShipmentDelivered,
  RtoInitiated,
  RtoInTransit,
  RtoReceived,
  ShipmentCancelled,
  CancellationRefused,
  DestinationChangeRefused,
};
/** Public events of the shipping service; subject: the shipment id, unless they say another. */
export type ShippingEvent = EventOf<(typeof shippingEvents)[keyof typeof shippingEvents]>;
