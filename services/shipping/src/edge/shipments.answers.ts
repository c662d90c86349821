import {
  barcode,
  country,
  customsDeclaration,
  destination,
  fulfillmentMethod,
  integer,
  lineQuantity,
  list,
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
import { answerOf, itemPreview, itemsPreview, pageAnswer, problemSchema } from '@cartage/service-kit';
import type { ListedShipment } from '../app/shipment-reading';
import type { ShownShipment } from '../app/shipment-shown';
import { milestones } from '../domain/events';
import { instructionKinds } from '../domain/instruction';
import { carriedStatuses, shipmentStatuses } from '../domain/status';
import type { ShipmentItems } from './batches';
import { label, labelRequest } from './label.answers';

const location = text('Location code.');
const status = oneOf(shipmentStatuses);
/** What a shipment, and a pick list, says of goods as their items are described. */
export const goodsInHand = {
  title: optional(text('As the item is described. Absent: nobody has described it.')),
  barcodes: optional(list(barcode, 'What is printed on it and its packs.')),
};
const plannedLine = object({
  ...lineQuantity.shape,
  description: optional(text('As sold.')),
  attributes: optional(named(text(), 'Customisation, free names and values.')),
  instructions: optional(text('For whoever packs it.')),
});
const shownLine = object({ ...plannedLine.shape, ...goodsInHand });

const picking = object({
  lines: list(
    object({
      lineId: text(),
      quantity: integer('Found, in all.'),
      short: integer('Not there; others look for them.'),
      missing: optional(list(object({ sku: text(), quantity: integer() }), 'Of which goods; of a kit, its parts.')),
      reason: optional(reason),
    }),
    'Lines that were confirmed.',
  ),
  pickedAt: optional(time('When every unit was found, or found missing.')),
});

const scan = object({
  eventId: text('The carrier’s own, unique for a parcel.'),
  milestone: oneOf(milestones, '`other`: in the carrier’s own words; `reason` has them.'),
  place: optional(text('As the carrier names it.')),
  reason: optional(reason),
  occurredAt: time('By the carrier’s clock.'),
});

const carriedStatus = oneOf(carriedStatuses);

const instruction = object({
  instructionId: uuid(),
  parcelId: text(),
  trackingNumber: text(),
  instruction: oneOf(instructionKinds),
  day: optional(text('Local date of the destination.')),
  reason,
  instructedAt: time(),
  outcome: optional(
    object({ accepted: truth(), reason: optional(reason), at: time() }, 'What the carrier says to it; absent while it is being asked.'),
  ),
});

const withPartner = object(
  {
    acceptedAt: optional(time('It takes all of it.')),
    acceptedLines: optional(list(object({ lineId: text(), quantity: integer() }), 'Until it takes all of it: what it takes so far.')),
    shipsAt: optional(time('When it says that it leaves.')),
    rejected: optional(oneOf(['whole', 'part'])),
    cancellation: optional(object({ reason, requestedAt: time() }, 'It was asked not to send it, and has not answered.')),
    goneOut: optional(truth('It said that the goods had left, and has not told of the handover.')),
  },
  'How far whoever fulfils it is, beyond what the shipment itself tells.',
);

export const shipment = answerOf<ShownShipment>()(
  'Shipment',
  object({
    shipmentId: uuid(),
    orderId: optional(orderId),
    fulfillmentId: optional(uuid()),
    location: optional(location),
    status,
    priority: optional(priority),
    partner: optional(text('Who fulfils it for us.')),
    withPartner: optional(withPartner),
    restOf: optional(uuid('Of what its supplier sends in several parts: the first of them.')),
    supplierOrder: optional(object({ supplierOrderId: uuid(), number: text() }, 'Ours, at the supplier that sends it.')),
    shipGroupId: optional(text()),
    channel: optional(text('Where it was sold.')),
    method: optional(fulfillmentMethod),
    pickupLocation: optional(text('Location code: where the customer fetches it.')),
    service: optional(text('The delivery service that was sold.')),
    shipBy: optional(time('To be handed over until then.')),
    deliverBy: optional(time('Promised to the customer, as it was when the shipment was planned.')),
    instructions: optional(text('For the whole order.')),
    groupInstructions: optional(text('Of its ship group: for whoever packs it, or hands it over.')),
    destination: optional(destination),
    lines: optional(list(shownLine, 'What is to be shipped.')),
    picking: optional(picking),
    parcels: optional(
      list(
        object({
          ...parcel.shape,
          trackingNumber: optional(text('Once there is a label.')),
          status: optional(carriedStatus),
          scans: optional(list(scan, 'In the order in which they were told.')),
          back: optional(list(object({ lineId: text(), quantity: integer() }), 'What we have of it again, undelivered.')),
        }),
        'What it was packed into; grams and millimetres.',
      ),
    ),
    label: optional(label),
    labelRequest: optional(labelRequest),
    labelFailure: optional(reason),
    customs: optional(customsDeclaration),
    dispatchedAt: optional(time('When the carrier got the parcels.')),
    cancelled: optional(object({ reason, cancelledAt: time(), labelVoided: truth('Whether the carrier was told.') })),
    lateCancellation: optional(reason),
    holds: optional(
      list(
        object({ holdId: uuid(), type: text('As the order names it; `location` where the location stopped it.'), reason, heldAt: time() }),
        'It is neither packed nor handed over until they are released.',
      ),
    ),
    lost: optional(list(object({ parcelId: text(), lostAt: time(), foundAt: optional(time()) }), 'Parcels that nobody knew the place of.')),
    instructed: optional(list(instruction, 'What the carrier is to do with parcels that it could not deliver, the newest last.')),
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
    special: truth('Something is said to whoever packs it, or a line has attributes.'),
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
    shortUnits: integer('How many units were found missing when it was picked: they are no part of it.'),
    plannedAt: time('Since when it may be packed.'),
    pickedAt: nullable(time('When it was picked, if somebody said so.')),
    shipBy: nullable(time('To be handed over until then.')),
    dispatchedAt: nullable(time('When the carrier got the parcels.')),
    deliveredAt: nullable(time('By the carrier’s clock.')),
  }),
);
export const shipmentPage = pageAnswer(listed);

export const shipmentItems = answerOf<ShipmentItems>()(
  'ShipmentItems',
  object({
    ...itemsPreview,
    items: list(
      object({
        ...itemPreview,
        shipmentId: nullable(text('As it was sent; null where it has none.')),
        status: integer('What HTTP would have answered: 200, or that of the problem.'),
        shipmentStatus: optional(status),
        problem: optional(problemSchema),
      }),
      'One for each shipment, in the order in which they were sent.',
    ),
  }),
);
