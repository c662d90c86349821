import {
  country,
  currency,
  destination,
  fulfillmentMethod,
  integer,
  lineQuantity,
  list,
  money,
  named,
  nullable,
  object,
  oneOf,
  optional,
  orderId,
  parcel,
  priority,
  reason,
  text,
  time,
  truth,
  uuid,
} from '@cartage/contracts';
import { answerOf, pageAnswer, problemSchema } from '@cartage/service-kit';
import type { ListedShipment } from '../app/shipment-reading';
import type { ShownShipment } from '../app/shipment-shown';
import { milestones } from '../domain/events';
import { carriedStatuses, shipmentStatuses } from '../domain/status';
import type { ShipmentItems } from './batches';

const location = text('Location code.');
const status = oneOf(shipmentStatuses);
const numbered = { parcelId: text(), trackingNumber: text() };
const plannedLine = object({
  ...lineQuantity.shape,
  description: optional(text('As sold.')),
  attributes: optional(named(text(), 'Customisation, free names and values.')),
  instructions: optional(text('For whoever packs it.')),
});

const label = object({
  labelId: uuid(),
  carrier: text('Name of the carrier’s adapter.'),
  service: text('The carrier’s own.'),
  parcels: list(object(numbered), 'A tracking number for each parcel.'),
  trackingToken: text('For the public tracking page.'),
  currency: currency(),
  cost: money('What the carrier charges us, minor units.'),
  purchasedAt: time(),
});

const scan = object({
  eventId: text('The carrier’s own, unique for a parcel.'),
  milestone: oneOf(milestones, '`other`: in the carrier’s own words; `reason` has them.'),
  place: optional(text('As the carrier names it.')),
  reason: optional(reason),
  occurredAt: time('By the carrier’s clock.'),
});

const carriedStatus = oneOf(carriedStatuses);

export const shipment = answerOf<ShownShipment>()(
  'Shipment',
  object({
    shipmentId: uuid(),
    orderId: optional(orderId),
    fulfillmentId: optional(uuid()),
    location: optional(location),
    status,
    priority: optional(priority),
    shipGroupId: optional(text()),
    method: optional(fulfillmentMethod),
    service: optional(text('The delivery service that was sold.')),
    shipBy: optional(time('To be handed over until then.')),
    instructions: optional(text('For the whole order.')),
    destination: optional(destination),
    lines: optional(list(plannedLine, 'What is to be shipped.')),
    parcels: optional(
      list(
        object({
          ...parcel.shape,
          trackingNumber: optional(text('Once there is a label.')),
          status: optional(carriedStatus),
          scans: optional(list(scan, 'In the order in which they were told.')),
        }),
        'What it was packed into; grams and millimetres.',
      ),
    ),
    label: optional(label),
    // The carrier is being asked for a label; with `delay`, it gave no answer and is asked again.
    labelRequest: optional(
      object({
        labelId: uuid('Also our reference at the carrier.'),
        carrier: text(),
        service: text(),
        requestedAt: time(),
        delay: optional(reason),
      }),
    ),
    labelFailure: optional(reason),
    dispatchedAt: optional(time('When the carrier got the parcels.')),
    cancelled: optional(object({ reason, cancelledAt: time(), labelVoided: truth('Whether the carrier was told.') })),
    lateCancellation: optional(reason),
    holds: optional(
      list(
        object({ holdId: uuid(), type: text('As the order names it; `location` where the location stopped it.'), reason, heldAt: time() }),
        'It is neither packed nor handed over until they are released.',
      ),
    ),
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
    priority,
    country: nullable(country()),
    lines: list(plannedLine, 'What is to be packed.'),
    units: integer('How many units.'),
    parcels: nullable(integer('How many parcels; null before it is packed.')),
    carrier: nullable(text()),
    service: nullable(text()),
    trackingNumbers: nullable(list(text(), 'One of each parcel, in their order; null before there is a label.')),
    trackingToken: nullable(text('For the public tracking page.')),
    labelFailure: nullable(text('Why the carrier refused a label, while there is none.')),
    lateCancellation: nullable(text('A cancellation came when the carrier already had it: recall it. Says why.')),
    held: nullable(text('Why it stands still: the type of its first hold.')),
    plannedAt: time('Since when it may be packed.'),
    shipBy: nullable(time('To be handed over until then.')),
    dispatchedAt: nullable(time('When the carrier got the parcels.')),
    deliveredAt: nullable(time('By the carrier’s clock.')),
  }),
);
export const shipmentPage = pageAnswer(listed);

export const shipmentItems = answerOf<ShipmentItems>()(
  'ShipmentItems',
  object({
    items: list(
      object({
        shipmentId: nullable(text('As it was sent; null where it has none.')),
        status: integer('What HTTP would have answered: 200, or that of the problem.'),
        shipmentStatus: optional(status),
        problem: optional(problemSchema),
      }),
      'One for each shipment, in the order in which they were sent.',
    ),
  }),
);
