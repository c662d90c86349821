import { contractsOf } from './event';
import { reason } from './parts';
import { currency, integer, list, money, object, optional, text, time, uuid } from './schema';
import { Topics } from './topics';

const ofPickup = contractsOf(Topics.shipping, 'pickup', 'subject');

const carrier = text('Name of the carrier’s adapter.');
const location = text('Location code.');

export const ManifestClosed = contractsOf(Topics.shipping, 'manifest', 'subject')(
  'ManifestClosed',
  'The list of what a carrier took at a location on a day, closed: what is handed over later stands on the next one.',
  object({
    manifestId: uuid('Follows from carrier, location and day.'),
    carrier,
    location,
    day: text('Local date of the location, such as `2026-11-27`.'),
    shipments: list(
      object({ shipmentId: uuid(), orderId: uuid(), parcels: list(object({ parcelId: text(), trackingNumber: text() })) }),
      'That were handed over, and stand on no manifest before.',
    ),
    reference: optional(text('The carrier’s own, where it wants to be told.')),
    url: optional(text('Of the carrier’s own form.')),
    closedAt: time(),
  }),
);

const pickup = { pickupId: uuid(), carrier, location };
const window = { from: time('The carrier comes from then on.'), until: time('And not later than then.') };

export const PickupBooked = ofPickup(
  'PickupBooked',
  'A carrier comes to a location to fetch what is ready there.',
  object({
    ...pickup,
    ...window,
    confirmation: optional(text('The carrier’s own number; absent where it is by agreement and nobody was asked.')),
    currency: optional(currency()),
    cost: optional(money('What the carrier charges us for coming.')),
    bookedAt: time(),
  }),
);

export const PickupCancelled = ofPickup(
  'PickupCancelled',
  'The carrier need not come.',
  object({ ...pickup, reason, cancelledAt: time() }),
);

export const PickupMissed = ofPickup(
  'PickupMissed',
  'By the end of its time a carrier had scanned and taken nothing, and shipments waited for it.',
  object({ ...pickup, ...window, waiting: integer('Shipments with a label of the carrier that wait there.'), missedAt: time() }),
);

export const carrierDayEvents = { ManifestClosed, PickupBooked, PickupCancelled, PickupMissed };
