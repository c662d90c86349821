import {
  currency,
  finding,
  integer,
  learnedRisk,
  list,
  money,
  nullable,
  object,
  oneOf,
  optional,
  orderId,
  paymentMethod,
  risk,
  text,
  time,
  truth,
  uuid,
  verdict,
} from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { VerdictShown } from '../app/payment-account';
import { matters } from '../app/attention';
import { movementKinds, type MovementRow } from '../app/views/payment-movement';
import type { SummaryRow } from '../app/views/payment-list';
import { paymentStatuses } from '../app/views/payment-summary';

const facts = object(
  {
    returning: truth('Whether the customer ordered before.'),
    ordersWithinHour: integer('Other orders heard of within the hour before this one.'),
    countryKnown: truth('Whether an earlier order went to the same country.'),
    risk: optional(risk),
    learned: optional(learnedRisk),
  },
  'What was known about the customer when the order came. A guest has no past.',
);

const review = object({ decision: oneOf(['accept', 'reject']), note: text('The person’s own words.') }, 'What a person decided.');

const raise = object(
  { orderVersion: integer('The version of the order that the edit made.'), verdict },
  'How an edit was judged that makes the order dearer: what it added waits for a person.',
);

export const verdictShown = answerOf<VerdictShown>()(
  'Verdict',
  object({ orderId, verdict, facts, review: optional(review), raise: optional(raise) }),
);

const movement = answerOf<MovementRow>()(
  'PaymentMovement',
  object({
    movementId: uuid(),
    paymentId: uuid('The way of paying.'),
    shipmentId: nullable(uuid('The shipment that it is for; null for none in particular.')),
    version: integer('Its place in the payment’s history, from 1.'),
    kind: oneOf(movementKinds),
    currency: currency(),
    amount: money(),
    effect: money('What it did to our money, minor units: above zero it came in, below it went back, 0 for a promise.'),
    source: text('What moved it: id of the authorisation, payment, capture, void, refund or shipment (cash), or the carrier’s reference.'),
    reference: nullable(text('The provider’s own number of it, or the carrier’s of a remittance.')),
    reason: nullable(text('Why it failed or was given back: a stable code.')),
    movedAt: time('When it happened.'),
  }),
);
export const movementPage = pageAnswer(movement);

const payment = answerOf<SummaryRow>()(
  'ListedPayment',
  object({
    orderId,
    customerId: nullable(text('Null for a guest.')),
    locations: list(text(), 'Codes of the locations that goods of it left; none yet where nothing has left.'),
    status: oneOf(paymentStatuses),
    method: paymentMethod,
    provider: text('Who moves the money: a provider, `channel` or `none`.'),
    currency: currency(),
    total: money('What the order cost when it was placed, or edited last. Minor units.'),
    due: money('What it costs now, cancelled units taken off. Minor units.'),
    attention: list(oneOf(matters), 'What waits for somebody, or for another try.'),
    promised: money('Authorised, or accepted as cash on delivery. Minor units.'),
    captured: money('Charged for what was shipped, minor units.'),
    collected: money('Cash taken at the door, minor units.'),
    remitted: money('Collected cash that carriers handed over, minor units.'),
    refunded: money('Given back to the customer, minor units.'),
    voided: money('Promised and not needed any more, minor units.'),
    decision: text('Verdict: `accept`, `review` or `reject`; after a review what the person decided.'),
    score: integer('Verdict: 0 (harmless) to 100.'),
    reasons: list(finding, 'Verdict: the rules that spoke.'),
    assignee: nullable(text('Who looks into it, while it is under review.')),
    decideBy: nullable(time('Until when a person is to decide, while it is under review.')),
    escalatedAt: nullable(time('When it had waited too long for a person.')),
    reason: nullable(text('Why it was declined, abandoned or voided: a stable code.')),
    placedAt: time('When the customer ordered, by the channel’s clock.'),
    requestedAt: time('When the order was heard of here.'),
    version: integer('Events of the payment so far.'),
  }),
);
export const paymentPage = pageAnswer(payment);
