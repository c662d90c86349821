import { country, integer, list, nullable, object, optional, text, time } from '@cartage/contracts';
import { answerOf } from '@cartage/service-kit';
import type { PublicTracking } from '../app/public-tracking';
import type { Received } from '../app/tracking';
import { waitingScans } from './parked-scans.controller';

export const received = answerOf<Received>()(
  'ReceivedScans',
  object({
    received: integer('Scans in the message.'),
    applied: integer('Recorded, now or by an earlier message.'),
    parked: waitingScans,
    notUnderstood: list(
      object({
        field: text('Where in the message, such as `scans[4].scannedAt`.'),
        eventId: optional(text('The carrier’s own id of the scan, if it has one.')),
        message: text('For a person.'),
      }),
      'What said nothing that could be used. The others count all the same.',
    ),
  }),
);

export const tracking = answerOf<PublicTracking>()(
  'PublicTracking',
  object({
    carrier: text(),
    trackingNumbers: list(text(), 'One of each parcel, in their order.'),
    status: text('As of the shipment.'),
    country: nullable(country()),
    deliveredAt: nullable(time('By the carrier’s clock.')),
    milestones: list(
      object({
        parcelId: nullable(text('The parcel; null for what concerns all of them.')),
        milestone: text(),
        place: nullable(text('As the carrier names it.')),
        occurredAt: time('By the carrier’s clock.'),
      }),
      'Oldest first.',
    ),
  }),
);
