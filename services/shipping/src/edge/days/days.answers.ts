import { currency, integer, list, money, nullable, object, oneOf, optional, reason, text, time, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ListedManifest } from '../../app/manifests';
import type { ClosedManifest } from '../../domain/days/manifest';
import { pickupStatuses, type KnownPickup } from '../../domain/days/pickup';

const location = text('Location code.');
const day = text('Local date of the location, such as `2026-11-27`.');
const url = 'Of the carrier’s own form, to be printed and signed.';

export const manifestAnswer = answerOf<ClosedManifest>()(
  'Manifest',
  object({
    manifestId: uuid(),
    carrier: text(),
    location,
    day,
    shipments: list(object({ shipmentId: uuid(), orderId: uuid(), parcels: list(object({ parcelId: text(), trackingNumber: text() })) })),
    reference: optional(text('The carrier’s own, where it wants to be told.')),
    url: optional(text(url)),
    closedAt: time(),
  }),
);

const listedManifest = answerOf<ListedManifest>()(
  'ListedManifest',
  object({
    manifestId: uuid(),
    carrier: text(),
    location,
    day,
    shipments: integer(),
    parcels: integer(),
    reference: nullable(text()),
    url: nullable(text(url)),
    closedAt: time(),
  }),
);
export const manifestPage = pageAnswer(listedManifest);

export const pickupAnswer = answerOf<KnownPickup>()(
  'CarrierPickup',
  object({
    pickupId: uuid('Follows from carrier, location and beginning.'),
    carrier: text(),
    location,
    status: oneOf(
      pickupStatuses,
      '`requested`: the carrier gave no answer yet, ask again. `missed`: by its end nothing was scanned or taken, and shipments waited. `ended`: nothing was left.',
    ),
    from: time(),
    until: time(),
    reference: uuid('Ours at the carrier.'),
    instructions: optional(text()),
    confirmation: optional(text('The carrier’s own; absent where it is by agreement and nobody was asked.')),
    currency: optional(currency()),
    cost: optional(money('What the carrier charges us for coming.')),
    reason: optional(reason),
    waiting: optional(integer('Shipments that were left there.')),
  }),
);
export const pickupPage = pageAnswer(pickupAnswer);
