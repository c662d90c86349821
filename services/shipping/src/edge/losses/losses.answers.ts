import {
  country,
  currency,
  decimal,
  integer,
  money,
  nullable,
  object,
  oneOf,
  optional,
  orderId,
  reason,
  text,
  time,
  uuid,
} from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { StuckShipment } from '../../app/losses';
import { claimStatuses, type KnownClaim } from '../../domain/claims/claim';

export const stuckPage = pageAnswer(
  answerOf<StuckShipment>()(
    'StuckShipment',
    object({
      shipmentId: uuid(),
      orderId,
      location: text('Location code.'),
      country: nullable(country()),
      carrier: text(),
      service: text(),
      status: text(),
      dispatchedAt: time(),
      lastScanAt: nullable(time('By the carrier’s clock.')),
      lastPlace: nullable(text('As the carrier names it.')),
      usualDays: decimal('In so many days 95 of 100 of its lane arrive.'),
      deliveries: integer('From how many deliveries that is known; 0: as configured.'),
      overdueDays: decimal('For how long it should have arrived.'),
    }),
  ),
);

export const claimAnswer = answerOf<KnownClaim>()(
  'CarrierClaim',
  object({
    claimId: uuid('Follows from the parcel.'),
    shipmentId: uuid(),
    orderId,
    parcelId: text(),
    trackingNumber: text(),
    carrier: text(),
    currency: currency(),
    amount: money('What is claimed.'),
    reason,
    reference: optional(text('The carrier’s own number of it.')),
    status: oneOf(claimStatuses),
    filedAt: time(),
    accepted: optional(money('What the carrier accepts.')),
    paid: money('What it has paid.'),
    refusal: optional(reason),
  }),
);
export const claimPage = pageAnswer(claimAnswer);
