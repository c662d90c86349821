import { customsDeclaration } from './customs';
import { contractsOf } from './event';
import { lineQuantity, orderId, reason } from './parts';
import { currency, list, money, object, optional, text, time, uuid } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.shipping, 'shipment');
const shipment = { shipmentId: uuid(), orderId, fulfillmentId: uuid(), location: text('Location code.') };
const carrier = text('Name of the carrier’s adapter.');
/** A parcel as the carrier knows it, and what is in it: nobody has to remember its packing. */
export const trackedParcel = object({ parcelId: text(), trackingNumber: text(), lines: list(lineQuantity, 'What is in it.') });

/** Of a label that there is none of. */
export const failingPolicy = optional(
  text(
    'The version of the carrier policy that its carrier was chosen by, or by which there was none to choose, such as `carriers@3`; absent: none was looked at, for nobody knew where it goes, or what customs are told.',
  ),
);

export const LabelRequested = event(
  'LabelRequested',
  'A carrier is asked for a label. What comes of it is told by `LabelPurchased`, `LabelFailed` or `LabelVoided`.',
  object({
    ...shipment,
    labelId: uuid('Also our reference at the carrier: an unknown outcome is asked for by it.'),
    carrier,
    service: text(),
    policy: optional(
      text('The version of the carrier policy that it was chosen by, such as `carriers@3`; `carriers@settings` before any is active.'),
    ),
    customs: optional(customsDeclaration),
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
  object({
    ...shipment,
    labelId: uuid(),
    carrier,
    currency: optional(currency()),
    cost: optional(money('What it was sold for; absent, with its currency: it was never bought, or charged to whoever fulfils it for us.')),
    voidedAt: time(),
  }),
);

export const LabelPurchased = event(
  'LabelPurchased',
  'The carrier will take it: a tracking number for each parcel, and the labels, are there. Without a cost, whoever fulfils it for us has the label of its own carrier.',
  object({
    ...shipment,
    labelId: uuid(),
    carrier,
    service: text(),
    parcels: list(trackedParcel, 'All of the shipment.'),
    currency: optional(currency()),
    cost: optional(money('What the carrier charges us; absent, with its currency: it charges whoever fulfils it for us.')),
    trackingToken: text('For the public tracking page.'),
    purchasedAt: time(),
  }),
);

export const LabelFailed = event(
  'LabelFailed',
  'The carrier refused the label; somebody must choose again.',
  object({
    ...shipment,
    labelId: optional(uuid('Absent if no carrier was asked.')),
    carrier,
    policy: failingPolicy,
    reason,
    failedAt: time(),
  }),
);
