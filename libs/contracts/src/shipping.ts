import { contractsOf, type EventOf } from './event';
import { lineQuantity, orderId, parcel, reason } from './parts';
import { currency, integer, list, money, object, optional, text, time, truth, uuid } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.shipping);
const shipment = { shipmentId: uuid(), orderId, fulfillmentId: uuid(), location: text('Location code.') };
const carrier = text('Name of the carrier’s adapter.');
/** A parcel as the carrier knows it, and what is in it: nobody has to remember its packing. */
const trackedParcel = object({ parcelId: text(), trackingNumber: text(), lines: list(lineQuantity, 'What is in it.') });

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
  object({ ...shipment, lines: list(lineQuantity), parcels: list(parcel), packedAt: time() }),
);

export const RatesQuoted = event(
  'RatesQuoted',
  'What carriers would take it for, which offer was chosen, and why each of the others was not.',
  object({
    ...shipment,
    labelId: uuid('Of the label that is asked for by it.'),
    by: text('What counted first: `cost`, `speed` or `preference`.'),
    offers: list(
      object({
        carrier,
        service: optional(text('Absent where a carrier declined as a whole.')),
        currency: optional(currency()),
        cost: optional(money('Absent where it was declined.')),
        days: optional(integer('Until it is delivered, as the carrier says.')),
        chosen: truth(),
        reason: optional(reason),
      }),
    ),
    quotedAt: time(),
  }),
);

export const LabelRequested = event(
  'LabelRequested',
  'A carrier is asked for a label. What comes of it is told by `LabelPurchased`, `LabelFailed` or `LabelVoided`.',
  object({
    ...shipment,
    labelId: uuid('Also our reference at the carrier: an unknown outcome is asked for by it.'),
    carrier,
    service: text(),
    requestedAt: time(),
  }),
);

export const LabelDelayed = event(
  'LabelDelayed',
  'The carrier cannot be reached, or does not answer: it is asked again, by itself and whenever somebody asks for the label.',
  object({ ...shipment, labelId: uuid(), carrier, service: text(), reason, delayedAt: time() }),
);

export const LabelVoided = event(
  'LabelVoided',
  'Nobody uses this label: its carrier was told, whether or not it was ever bought.',
  object({ ...shipment, labelId: uuid(), carrier, voidedAt: time() }),
);

export const LabelPurchased = event(
  'LabelPurchased',
  'The carrier will take it: a tracking number for each parcel, and the labels, are there.',
  object({
    ...shipment,
    labelId: uuid(),
    carrier,
    service: text(),
    parcels: list(trackedParcel, 'All of the shipment.'),
    currency: currency(),
    cost: money('What the carrier charges us.'),
    trackingToken: text('For the public tracking page.'),
    purchasedAt: time(),
  }),
);

export const LabelFailed = event(
  'LabelFailed',
  'The carrier refused the label; somebody must choose again.',
  object({ ...shipment, labelId: optional(uuid('Absent if no carrier was asked.')), carrier, reason, failedAt: time() }),
);

export const ShipmentDispatched = event(
  'ShipmentDispatched',
  'The carrier has the parcels.',
  object({ ...shipment, carrier, parcels: list(trackedParcel), lines: list(lineQuantity), dispatchedAt: time() }),
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
  'The customer has these parcels. A shipment of several parcels may be delivered in several events.',
  object({ ...ended, parcels: list(trackedParcel, 'Those that were delivered now.') }),
);

export const RtoInitiated = event(
  'RtoInitiated',
  'These parcels could not be delivered and come back to their origin. Other parcels of the shipment may still be delivered.',
  object({ ...ended, parcels: list(trackedParcel, 'Those that come back.'), reason }),
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
  ShipmentDelivered,
  RtoInitiated,
  ShipmentCancelled,
  CancellationRefused,
  DestinationChangeRefused,
};
/** Public events of the shipping service; subject: the shipment id. */
export type ShippingEvent = EventOf<(typeof shippingEvents)[keyof typeof shippingEvents]>;
