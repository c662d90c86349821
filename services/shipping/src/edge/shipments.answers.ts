import {
  country,
  currency,
  destination,
  integer,
  lineQuantity,
  list,
  money,
  nullable,
  object,
  oneOf,
  optional,
  orderId,
  parcel,
  priorities,
  text,
  time,
  truth,
  uuid,
} from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ListedShipment } from '../app/shipment-reading';
import type { ShownShipment } from '../app/shipment-shown';
import { milestones } from '../domain/events';
import { shipmentStatuses } from '../domain/status';

const location = text('Location code.');
const status = oneOf(shipmentStatuses);
const cancelReasons = ['order-cancelled', 'fulfillment-rejected', 'allocation-refused'] as const;

const label = object({
  carrier: text('Name of the carrier’s adapter.'),
  service: text('The carrier’s own.'),
  trackingNumber: text(),
  trackingToken: text('For the public tracking page.'),
  currency: currency(),
  cost: money('What the carrier charges us, minor units.'),
  purchasedAt: time(),
});

const scan = object({
  eventId: text('The carrier’s own, unique at that carrier.'),
  milestone: oneOf(milestones),
  place: optional(text('As the carrier names it.')),
  reason: optional(text('Why, for a failed attempt, an exception or a return.')),
  occurredAt: time('By the carrier’s clock.'),
});

export const shipment = answerOf<ShownShipment>()(
  'Shipment',
  object({
    shipmentId: uuid(),
    orderId: optional(orderId),
    fulfillmentId: optional(uuid()),
    location: optional(location),
    status,
    priority: optional(oneOf(priorities)),
    destination: optional(destination),
    lines: optional(list(lineQuantity, 'What is to be shipped.')),
    parcels: optional(list(parcel, 'What it was packed into; grams and millimetres.')),
    label: optional(label),
    labelFailure: optional(text('Why the carrier refused a label, while there is none.')),
    scans: optional(list(scan, 'In the order in which they were told.')),
    dispatchedAt: optional(time('When the carrier got the parcels.')),
    cancelled: optional(object({ reason: oneOf(cancelReasons), cancelledAt: time(), labelVoided: truth('Whether the carrier was told.') })),
    lateCancellation: optional(oneOf(cancelReasons, 'A cancellation came when the carrier already had it: recall it.')),
  }),
);

const listed = answerOf<ListedShipment>()(
  'ListedShipment',
  object({
    shipmentId: uuid(),
    orderId,
    fulfillmentId: uuid(),
    location,
    status,
    priority: oneOf(priorities),
    country: country(),
    lines: integer('How many lines.'),
    units: integer('How many units.'),
    parcels: nullable(integer('How many parcels; null before it is packed.')),
    carrier: nullable(text()),
    service: nullable(text()),
    trackingNumber: nullable(text()),
    trackingToken: nullable(text('For the public tracking page.')),
    labelFailure: nullable(text('Why the carrier refused a label, while there is none.')),
    lateCancellation: nullable(text('A cancellation came when the carrier already had it: recall it. Says why.')),
    plannedAt: time(),
    releasedAt: nullable(time('When it could be packed.')),
    dispatchedAt: nullable(time('When the carrier got the parcels.')),
    deliveredAt: nullable(time('By the carrier’s clock.')),
  }),
);
export const shipmentPage = pageAnswer(listed);
