import { contractsOf } from './event';
import { failingPolicy } from './labels';
import { orderId, reason } from './parts';
import { currency, money, object, optional, text, time, uuid, word } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.shipping, 'wayback');

const ofReturn = { returnId: uuid(), orderId };
const label = {
  ...ofReturn,
  labelId: uuid('Also our reference at the carrier: an unknown outcome is asked for by it.'),
  carrier: text('Name of the carrier’s adapter.'),
};
const bought = { ...label, trackingNumber: text() };

export const ReturnLabelRequested = event(
  'ReturnLabelRequested',
  'A carrier is asked for the label of a return. What comes of it is told by `ReturnLabelPurchased`, `ReturnLabelFailed` or `ReturnLabelVoided`.',
  object({
    ...label,
    service: text('The carrier’s own.'),
    policy: optional(
      text('The version of the carrier policy that it was chosen by, such as `carriers@3`; `carriers@settings` before any is active.'),
    ),
    location: text('Location code: where it comes back to.'),
    requestedAt: time(),
  }),
);

export const ReturnLabelPurchased = event(
  'ReturnLabelPurchased',
  'A carrier brings a return back: the customer can have the label, or the code for one.',
  object({
    ...bought,
    service: text('The carrier’s own.'),
    location: text('Location code: where it comes back to.'),
    format: word(['label', 'qr'], 'treat as `label`', '`qr`: a code that the carrier’s counter prints the label from.'),
    url: text('Where the customer finds it: whoever has this link needs nothing else.'),
    customsUrl: optional(
      text('Where the customer finds the paper for customs, of a parcel that crosses a border: to be printed and put on it.'),
    ),
    token: text('Of both links.'),
    currency: currency(),
    cost: money('What the carrier charges us.'),
    purchasedAt: time(),
  }),
);

export const ReturnLabelFailed = event(
  'ReturnLabelFailed',
  'There is no label for a return: no carrier takes it, or nobody knows where it comes from. Somebody must ask again, or the customer brings it otherwise.',
  object({
    ...ofReturn,
    labelId: optional(uuid('Absent if no carrier was asked.')),
    carrier: optional(text()),
    policy: failingPolicy,
    reason,
    failedAt: time(),
  }),
);

export const ReturnLabelVoided = event(
  'ReturnLabelVoided',
  'Nobody uses this label of a return: its carrier was told, whether or not it was ever bought.',
  object({
    ...label,
    currency: optional(currency()),
    cost: optional(money('What it was sold for; absent, with its currency: it was never bought.')),
    voidedAt: time(),
  }),
);

export const ReturnParcelScanned = event(
  'ReturnParcelScanned',
  'A carrier scanned a parcel on its way back to us.',
  object({
    ...bought,
    milestone: word(
      ['picked-up', 'in-transit', 'exception', 'delivered'],
      'treat as `in-transit`',
      '`delivered`: at the location that it was to come back to.',
    ),
    place: optional(text('As the carrier names it.')),
    occurredAt: time('By the carrier’s clock.'),
    recordedAt: time(),
  }),
);

export const ReturnParcelOverdue = event(
  'ReturnParcelOverdue',
  'Nothing was heard for long of a parcel on its way back. The next scan ends that by itself.',
  object({
    ...bought,
    standing: word(['stuck', 'lost'], 'treat as `stuck`', '`lost`: for so long that nobody waits for it any more.'),
    since: time('The last scan, by the carrier’s clock.'),
    noticedAt: time(),
  }),
);

export const returnLabelEvents = {
  ReturnLabelRequested,
  ReturnLabelPurchased,
  ReturnLabelFailed,
  ReturnLabelVoided,
  ReturnParcelScanned,
  ReturnParcelOverdue,
};
