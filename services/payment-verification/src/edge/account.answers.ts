import {
  count,
  currency,
  integer,
  list,
  money,
  object,
  oneOf,
  optional,
  orderId,
  paymentMethod,
  reason,
  text,
  time,
  truth,
  uuid,
} from '@cartage/contracts';
import { answerOf } from '@cartage/service-kit';
import { matters } from '../app/attention';
import { shipmentStatuses, type PaymentAccount } from '../app/payment-account';
import { knownStatuses } from '../domain/payment';

const failures = integer('How often it failed.');
const nextTryAt = optional(time('When it is tried again by itself; absent: a person decides.'));
const outcomeUnknown = optional(truth('Its provider never said what became of it: it may have been done.'));

const shipment = object({
  shipmentId: uuid(),
  location: optional(text('Code of the location that it left; absent where it is of no place, such as a download.')),
  status: oneOf(shipmentStatuses, '`due`: to be captured, or to be collected at the door; `free`: it costs nothing.'),
  amount: money('What the shipment is charged, minor units.'),
  delivery: money('The delivery charges in it: the first shipment of a ship group carries them whole. Minor units.'),
  cash: money('What of it is to be collected at the door, minor units.'),
  collected: money('Cash taken at the door, minor units.'),
  remitted: money('Collected cash that the carrier handed over, minor units.'),
  lines: list(object({ lineId: text(), quantity: count(), amount: money() })),
});

const capture = object({
  captureId: uuid('The same with each try.'),
  status: oneOf(
    ['requested', 'captured', 'failed', 'waiting'],
    '`waiting`: for another promise, because that which it was to be taken from has ended.',
  ),
  amount: money(),
  paymentId: uuid('The way of paying.'),
  authorizationId: optional(uuid('The promise that it is taken from; absent where none holds it. With cash on delivery the payment’s id.')),
  shipmentId: optional(uuid()),
  reference: optional(text('The provider’s own number of it.')),
  failures,
  reason: optional(reason),
  nextTryAt,
  outcomeUnknown,
});

const refund = object({
  refundId: uuid(),
  paymentId: uuid('The way of paying that it goes back to: a refund may have a part for each.'),
  status: oneOf(['requested', 'issued', 'failed']),
  cause: oneOf(
    ['return', 'due', 'goodwill', 'channel', 'exchange'],
    'Why: a return, less is due than was paid, a person’s goodwill, the channel of its own accord, or an exchange that did not need it.',
  ),
  amount: money(),
  captures: list(object({ captureId: uuid(), amount: money() }), 'Of which captures it is taken; empty for cash.'),
  tender: text('In which way it goes back: `original`, `store-credit`, `exchange`, `transfer` or `cash`.'),
  provider: text('Who is to give it back.'),
  returnId: optional(uuid()),
  exchangeOrderId: optional(uuid('Of one that goes into an exchange: the order that it pays for.')),
  reference: optional(text('The provider’s number of it, or of what it was paid out by.')),
  failures,
  reason: optional(reason),
  nextTryAt,
  outcomeUnknown,
});

const voided = object({
  voidId: uuid('The same with each try.'),
  status: oneOf(['requested', 'voided', 'failed']),
  amount: money(),
  paymentId: uuid('The way of paying.'),
  authorizationId: uuid('The promise that is given back.'),
  reason,
  failures,
  failure: optional(reason),
  nextTryAt,
  outcomeUnknown,
});

const takenBack = object({
  chargebackId: uuid(),
  captureId: uuid('Of which capture.'),
  amount: money(),
  status: oneOf(['open', 'won', 'lost']),
});

const action = object({ kind: text('`redirect`, `transfer` or `approve-in-app`.') }, 'What the customer has to do; where, the order says.');

const authorization = object({
  authorizationId: uuid('Of this try; another one has another.'),
  paymentId: uuid(),
  method: paymentMethod,
  status: oneOf(['requested', 'pending', 'authorized', 'declined', 'expired']),
  amount: money(),
  provider: text('Who moves the money: a provider, `channel` or `none`.'),
  rest: money('What can still be taken of it.'),
  reference: optional(text('The provider’s own number of it.')),
  expiresAt: optional(time('The promise ends then, or the customer has to have acted.')),
  action: optional(action),
  askedAt: optional(time('When its provider was first to be asked; absent once it has promised.')),
  pendingAt: optional(time('Since when the customer is to act.')),
  remindedAt: optional(time('When the customer was reminded of it.')),
  replaced: optional(truth('Another way of paying took its place.')),
  orderVersion: optional(integer('It is for what this edit added.')),
  ended: optional(truth('Its provider has let go of it: it holds nothing any more.')),
  reason: optional(reason),
});

const tender = object({
  paymentId: uuid(),
  method: paymentMethod,
  amount: money('What was to be paid so, minor units.'),
  provider: text('Who moves the money: a provider, `channel` or `none`.'),
  replaced: truth('Another way of paying took its place.'),
  authorizations: list(authorization, 'Each promise that it gave or was asked for.'),
});

const attention = object({
  matter: oneOf(matters),
  subject: text('The capture, void, refund, way of paying or order that it is about.'),
  amount: money(),
  reason: optional(reason),
  nextTryAt,
  outcomeUnknown,
  actions: list(text(), 'What can be done: requests below `/payments/<orderId>`, and others.'),
});

const release = object({ status: oneOf(['requested', 'voided', 'failed']), amount: money(), reason }, 'The promise, given back.');

const sums = object(
  {
    promised: money('Authorised, or accepted as cash on delivery. Minor units.'),
    captured: money('Charged for what was shipped, minor units.'),
    collected: money('Cash taken at the door, minor units.'),
    remitted: money('Collected cash that carriers handed over, minor units.'),
    refunded: money('Given back to the customer, minor units.'),
    voided: money('Promised and not needed any more, minor units.'),
    uncharged: money('Promised, and neither charged for a shipment nor given back. Minor units.'),
    refundable: money('What may still be refunded, minor units: not what a bank has taken back.'),
    chargedBack: money('What banks took back and have not given again, minor units.'),
    release: optional(release),
    shipments: list(shipment, 'What each shipment was charged.'),
    captures: list(capture, 'Each try to take money for what was shipped.'),
    refunds: list(refund),
    chargebacks: list(takenBack, 'What banks took back of captures.'),
    voids: list(voided, 'Promises that are given back.'),
    discrepancies: list(
      text(),
      'What the payment’s facts, recomputed, say against these sums, or should never be; empty when all is well.',
    ),
  },
  'The totals and where each came from; absent before money is promised.',
);

export const account = answerOf<PaymentAccount>()(
  'PaymentAccount',
  object({
    orderId,
    paymentId: uuid('The way of paying.'),
    version: integer('Events of the payment so far; also in `ETag`.'),
    status: oneOf(knownStatuses),
    method: paymentMethod,
    currency: currency(),
    total: money('What the order cost when it was placed, or edited last. Minor units.'),
    due: money('What it costs now, cancelled units taken off. Minor units.'),
    placedAt: time('When the customer ordered, by the channel’s clock.'),
    reason: optional(reason),
    assignee: optional(text('Who looks into it, while it is under review.')),
    provider: text('Who moves the money: a provider, `channel` or `none`.'),
    payments: list(tender, 'Each way of paying.'),
    money: optional(sums),
    outstanding: list(
      object({
        operation: oneOf(['authorize', 'inquire', 'capture', 'void', 'refund']),
        key: text('The provider’s idempotency key.'),
        amount: money(),
      }),
      'Calls to the provider that were decided and whose answer is not known.',
    ),
    attention: list(attention, 'What waits for somebody, or for another try.'),
  }),
);
