import { currency, list, money, object, optional, reason, text, time, uuid } from '@cartage/contracts';

export const numbered = { parcelId: text(), trackingNumber: text() };
const policy = optional(text('The version of the carrier policy that it was chosen by.'));

export const label = object({
  labelId: uuid(),
  carrier: text('Name of the carrier’s adapter.'),
  service: text('The carrier’s own.'),
  parcels: list(object(numbered), 'A tracking number for each parcel.'),
  policy,
  trackingToken: text('For the public tracking page.'),
  currency: optional(currency()),
  cost: optional(money('What the carrier charges us, minor units; absent where whoever fulfils it has the label of its own carrier.')),
  purchasedAt: time(),
});

/** The carrier is being asked for a label; with `delay`, it gave no answer and is asked again. */
export const labelRequest = object({
  labelId: uuid('Also our reference at the carrier.'),
  carrier: text(),
  service: text(),
  policy,
  requestedAt: time(),
  delay: optional(reason),
});
