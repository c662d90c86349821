import { ownValue } from '@cartage/contracts';
import Stripe from 'stripe';
import type { Outcome } from '../../domain/chargebacks/chargeback';
import type { NoticeSource, ProviderFact } from '../../app/provider-facts';
import { fromStripe } from '../../domain/settlements/stripe-amounts';
import { payoutOf } from '../providers/stripe-payouts';
import { unproven, type Signing } from './signature';

const idOf = (thing: string | { readonly id: string } | null | undefined): string | undefined =>
  typeof thing === 'string' ? thing : thing?.id;
const wordsOf = (code: string | null | undefined, otherwise: string): string => (code ?? otherwise).replaceAll('_', '-');
const timeOf = (seconds: number): string => new Date(seconds * 1_000).toISOString();

/** Our own ids where the payment has them, else Stripe’s number of it. */
const promiseOf = ({ id, metadata }: Stripe.PaymentIntent) => {
  const { order_id: orderId, authorization_id: authorizationId } = metadata;
  return { reference: id, ...(orderId !== undefined && authorizationId !== undefined ? { orderId, authorizationId } : {}) };
};

const captureOf = (intent: Stripe.PaymentIntent): ProviderFact => {
  const { currency, amount, amount_received: received, metadata } = intent;
  const attemptId = metadata['capture_attempt'];
  return {
    ...promiseOf(intent),
    ...{ kind: 'captured', number: idOf(intent.latest_charge) ?? intent.id, currency: currency.toUpperCase() },
    amount: fromStripe(currency, received),
    ...(attemptId === undefined ? {} : { attemptId }),
    ...(received < amount ? { restEnded: true } : {}),
  };
};

const refusalOf = (intent: Stripe.PaymentIntent): ProviderFact => ({
  ...promiseOf(intent),
  kind: 'declined',
  reason: wordsOf(intent.last_payment_error?.decline_code ?? intent.last_payment_error?.code, 'payment-failed'),
});

/** A refund that is pending is on its way: nothing is told until it has ended. */
const refundOf = (refund: Stripe.Refund): readonly ProviderFact[] => {
  const { id, currency, amount, status, metadata } = refund;
  const reference = idOf(refund.payment_intent);
  const attemptId = metadata?.['refund_attempt'];
  const moved = {
    ...{ number: id, currency: currency.toUpperCase(), amount: fromStripe(currency, amount) },
    ...(reference === undefined ? {} : { reference }),
    ...(attemptId === undefined ? {} : { attemptId }),
  };
  if (status === 'succeeded') return [{ ...moved, kind: 'refunded' }];
  const isGone = status === 'failed' || status === 'canceled';
  return isGone ? [{ ...moved, kind: 'refund-failed', reason: wordsOf(refund.failure_reason, 'refund-failed') }] : [];
};

const isOutcome = (status: string): status is Outcome => status === 'won' || status === 'lost';

/** An inquiry (`warning_…`) takes no money: it is Stripe’s to show. */
const disputeOf = (dispute: Stripe.Dispute): readonly ProviderFact[] => {
  const { id, charge, currency, amount, reason, status, created, evidence_details: evidence } = dispute;
  if (status.startsWith('warning_')) return [];
  return [
    {
      ...{ kind: 'disputed', reference: id, captureReference: idOf(charge) ?? '', currency: currency.toUpperCase() },
      ...{ amount: fromStripe(currency, amount), reasonCode: wordsOf(reason, 'unknown'), openedAt: timeOf(created) },
      ...(evidence?.due_by ? { respondBy: timeOf(evidence.due_by) } : {}),
      ...(isOutcome(status) ? { outcome: status } : {}),
    },
  ];
};

type Reader = (event: Stripe.Event) => readonly ProviderFact[];
const ofIntent =
  (read: (intent: Stripe.PaymentIntent) => ProviderFact): Reader =>
  ({ data }) => [read(data.object as Stripe.PaymentIntent)];
const ofRefund: Reader = ({ data }) => refundOf(data.object as Stripe.Refund);
const ofPayout: Reader = ({ data }) => [{ ...payoutOf(data.object as Stripe.Payout), kind: 'payout' }];
const ofDispute: Reader = ({ data }) => disputeOf(data.object as Stripe.Dispute);

/** The events that we want to hear; of the others nothing is told. */
const readers: Readonly<Record<string, Reader>> = {
  'payment_intent.amount_capturable_updated': ofIntent((intent) => ({ ...promiseOf(intent), kind: 'authorized' })),
  'payment_intent.succeeded': ofIntent(captureOf),
  'payment_intent.payment_failed': ofIntent(refusalOf),
  'payment_intent.canceled': ofIntent((intent) => ({ ...promiseOf(intent), kind: 'ended' })),
  'refund.created': ofRefund,
  'refund.updated': ofRefund,
  'refund.failed': ofRefund,
  'charge.dispute.created': ofDispute,
  'charge.dispute.updated': ofDispute,
  'charge.dispute.closed': ofDispute,
  'payout.paid': ofPayout,
  'payout.reconciliation_completed': ofPayout,
  'payout.failed': ofPayout,
  'payout.canceled': ofPayout,
};

export const heardOfStripe: readonly string[] = Object.keys(readers);

/** What an event tells in our words. */
const factsOf = (event: Stripe.Event): readonly ProviderFact[] => ownValue(readers, event.type)?.(event) ?? [];

/** With Stripe’s own verification, by whichever of the secrets is good. */
const verified = (body: Uint8Array, header: unknown, { secrets, toleranceSeconds }: Signing): Stripe.Event => {
  for (const secret of secrets) {
    try {
      return Stripe.webhooks.constructEvent(Buffer.from(body), typeof header === 'string' ? header : '', secret, toleranceSeconds);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error;
    }
  }
  throw unproven();
};

/** Of one account: what is signed for another one is nobody's here. */
export const stripeNotices = (signing: Signing, account = 'stripe'): NoticeSource => ({
  provider: account,
  read: ({ headers, rawBody }) => {
    const event = verified(rawBody, headers['stripe-signature'], signing);
    return factsOf(event).map((fact) => ({ noticeId: event.id, occurredAt: timeOf(event.created), fact }));
  },
});
