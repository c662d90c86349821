import type { StoredEvent } from '@cartage/eventsourcing';
import { put, type Change, type View } from '@cartage/views';
import { payment } from '../../domain/decider';
import type { PaymentEvent } from '../../domain/events';
import { releaseOf, sumsOf, toCollectIn } from '../../domain/ledger';
import { due, isKnown, knownStatuses, statusOf, tendersOf, type Known, type Payment } from '../../domain/payment';
import { moverOf } from '../../domain/terms';
import { matters, openMatters } from '../attention';

export const paymentStatuses = [...knownStatuses, 'voided'] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

/** The newest void, if it went through and nothing is due any more, and the reason of whatever ended or gave back the payment. */
const standingOf = (known: Known): { readonly status: PaymentStatus; readonly reason: string | null } => {
  const release = releaseOf(known.ledger);
  if (release?.status === 'voided' && due(known) === 0) return { status: 'voided', reason: release.because.code };
  return { status: statusOf(known), reason: known.reason?.code ?? null };
};

/** The decision as it stands: a person's, where one was asked. */
const verdictOf = ({ verdict: { decision, score, reasons }, review }: Known) => ({
  decision: review?.decision ?? decision,
  score,
  reasons,
});

/** Who looks into it, until when, and since when that is over: while it waits for a person. */
const waitingOf = ({ waiting }: Known) => ({
  assignee: waiting?.assignee ?? null,
  decide_by: waiting?.decideBy ?? null,
  escalated_at: waiting?.escalatedAt ?? null,
});

/** The first way of paying that counts, for lists. */
const firstOf = (known: Known) => {
  const [tender] = [...tendersOf(known), ...known.terms.payments];
  return { method: tender?.method ?? '', provider: tender ? moverOf(tender) : '' };
};

/** Whence goods left that it is for. */
export const locationsOf = ({ ledger }: Known): readonly string[] => [
  ...new Set([...ledger.charges.values()].flatMap(({ location }) => location ?? [])),
];

/** The row of a payment, whole: what it shows follows from the payment's state, so that every event of it writes the same columns. */
const row = ({ version, recordedAt }: StoredEvent, state: Payment): Change | readonly Change[] => {
  if (!isKnown(state)) return [];
  const { terms, requestedAt } = state;
  return put({
    order_id: terms.orderId,
    customer_id: terms.customerId ?? null,
    channel: terms.channel,
    external_order_id: terms.externalOrderId ?? null,
    locations: locationsOf(state),
    ...standingOf(state),
    ...firstOf(state),
    currency: terms.currency,
    total: terms.total,
    due: due(state),
    to_collect: toCollectIn(state.ledger),
    ...sumsOf(state.ledger),
    attention: [...new Set(openMatters(state).map(({ matter }) => matter))],
    ...verdictOf(state),
    ...waitingOf(state),
    placed_at: terms.placedAt,
    requested_at: requestedAt,
    version,
    updated_at: recordedAt,
  });
};

const shows = (event: StoredEvent, state: () => Payment) => row(event, state());

const minor = (about: string) => ({ type: 'bigint not null', about: `${about} Minor units of \`currency\`.` });

/** Each of them, or a payment would be behind its log for ever. */
const everyEvent: { readonly [Type in PaymentEvent['type']]: typeof shows } = {
  PaymentRequested: shows,
  ReviewRequired: shows,
  ReviewAssigned: shows,
  ReviewEscalated: shows,
  ReviewDecided: shows,
  PaymentsAdded: shows,
  AuthorizationRequested: shows,
  PaymentAuthorized: shows,
  PaymentPending: shows,
  PaymentReminderDue: shows,
  PayLinkIssued: shows,
  PayLinkOffered: shows,
  PayLinkRevoked: shows,
  PayLinkUsed: shows,
  AuthorizationExpired: shows,
  TermsAmended: shows,
  CodAccepted: shows,
  PaymentDeclined: shows,
  PaymentAbandoned: shows,
  ShipmentCharged: shows,
  CaptureRequested: shows,
  PaymentCaptured: shows,
  CaptureFailed: shows,
  CodCollected: shows,
  CodShort: shows,
  CodShortResolved: shows,
  DeliveryCounted: shows,
  ChargeWithdrawn: shows,
  CodRemitted: shows,
  VoidRequested: shows,
  PaymentVoided: shows,
  VoidFailed: shows,
  RefundRequested: shows,
  RefundIssued: shows,
  RefundReturned: shows,
  ChannelRefundHeard: shows,
  ChannelRefundFreed: shows,
  ChannelRefundRequested: shows,
  RefundFailed: shows,
  CreditReturned: shows,
  ExchangeLimited: shows,
  AmountDueChanged: shows,
  AuthorizationEnded: shows,
  ChargebackBooked: shows,
};

/** Which payments are there, where does each stand, and how much money has moved? */
export const paymentSummary: View<PaymentEvent, Payment> = {
  name: 'payment_summary',
  about: 'One row for each order: its verification, the status of its payment, and its money. Amounts are minor units of `currency`.',
  columns: {
    order_id: { type: 'uuid not null', about: 'The order.' },
    customer_id: { type: 'text', about: 'Who ordered; null for a guest.' },
    channel: { type: 'text not null', about: 'Where it was sold.' },
    external_order_id: { type: 'text', about: 'The channel’s own number of it.' },
    locations: { type: 'text[] not null', about: 'Codes of the locations that goods of it left; none yet where nothing has left.' },
    status: { type: 'text not null', about: `Where the promise stands: ${paymentStatuses.join(', ')}.` },
    method: { type: 'text not null', about: 'How the customer pays; the first of several ways.' },
    provider: { type: 'text not null', about: 'Who moves the money: a provider, `channel` or `none`.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    total: minor('What the order cost when it was placed, or edited last.'),
    due: minor('What it costs now, cancelled units taken off.'),
    to_collect: minor('Shipped, to be paid at the door, and not collected yet.'),
    attention: { type: 'text[] not null', about: `What waits for somebody, or for another try: ${matters.join(', ')}.` },
    promised: minor('Authorised, or accepted as cash on delivery.'),
    captured: minor('Charged for what was shipped.'),
    collected: minor('Cash taken at the door.'),
    remitted: minor('Collected cash that carriers handed over.'),
    refunded: minor('Given back to the customer.'),
    voided: minor('Promised and not needed any more.'),
    decision: { type: 'text not null', about: 'Verdict: accept, review, reject; after a review what the person decided.' },
    score: { type: 'integer not null', about: 'Verdict: 0 (harmless) to 100.' },
    reasons: { type: 'jsonb not null', about: 'Verdict: the rules that spoke, each with detail and weight.' },
    assignee: { type: 'text', about: 'Who looks into it, while it is under review.' },
    decide_by: { type: 'timestamptz', about: 'Until when a person is to decide, while it is under review.' },
    escalated_at: { type: 'timestamptz', about: 'When it had waited too long for a person.' },
    reason: { type: 'text', about: 'Why it was declined, abandoned or voided: a stable code.' },
    placed_at: { type: 'timestamptz not null', about: 'When the customer ordered, by the channel’s clock.' },
    requested_at: { type: 'timestamptz not null', about: 'When the order was heard of here.' },
    version: { type: 'integer not null', about: 'Events of this payment so far.' },
    updated_at: { type: 'timestamptz not null', about: 'When the newest of them was recorded.' },
  },
  key: ['order_id'],
  indexes: [
    '(requested_at desc, order_id desc)',
    '(channel, requested_at desc, order_id desc)',
    '(status, requested_at desc, order_id desc)',
    '(customer_id, requested_at desc, order_id desc)',
    "(requested_at, order_id) where status = 'under-review'",
    "(requested_at desc, order_id desc) where attention <> '{}'",
    '(external_order_id) where external_order_id is not null',
    '(requested_at) where to_collect > 0',
    'using gin (locations)',
  ],
  revision: 8,
  fold: payment,
  on: everyEvent,
};
