import { contractsOf } from './event';
import { orderId, reason } from './parts';
import { currency, money, object, optional, text, time, uuid } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.shipping, 'claim');

/** A claim on a carrier for one parcel; each event names all of it, so that none has to be looked up. */
const claim = {
  claimId: uuid('Follows from the parcel.'),
  shipmentId: uuid(),
  orderId,
  parcelId: text(),
  trackingNumber: text(),
  carrier: text('Name of the carrier’s adapter.'),
  reference: optional(text('The carrier’s own number of it.')),
  currency: currency(),
};

export const CarrierClaimFiled = event(
  'CarrierClaimFiled',
  'A carrier is asked to pay for a parcel that it lost or broke.',
  object({ ...claim, amount: money('What is claimed.'), reason, filedAt: time() }),
);

export const CarrierClaimAccepted = event(
  'CarrierClaimAccepted',
  'The carrier says what it will pay. Said again, the later one counts, also after a refusal.',
  object({ ...claim, amount: money('What it accepts, in all.'), acceptedAt: time() }),
);

export const CarrierClaimRefused = event(
  'CarrierClaimRefused',
  'The carrier will not pay, whatever it said before. It may accept after all.',
  object({ ...claim, reason, refusedAt: time() }),
);

export const CarrierClaimPaid = event(
  'CarrierClaimPaid',
  'The carrier has paid the claim, or a part of it: somebody recorded it, or a line of its settlement file did.',
  object({
    ...claim,
    lineId: optional(uuid('The line, as in `CarrierClaimSettled`: it stands in the books already. Absent: somebody recorded it.')),
    amount: money('What was paid now.'),
    paidAt: time(),
  }),
);

export const carrierClaimEvents = { CarrierClaimFiled, CarrierClaimAccepted, CarrierClaimRefused, CarrierClaimPaid };
