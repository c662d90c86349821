import Stripe from 'stripe';
import type { ProviderOutcome } from '../../app/payment-provider';
import { fromStripe } from '../../domain/settlements/stripe-amounts';

/* What Stripe's answers say in our words. */

type Intent = Stripe.PaymentIntent;
type Declined = Extract<ProviderOutcome, { readonly status: 'declined' }>;

/** The bank speaks of theft or fraud (docs.stripe.com/declines/codes). */
const suspected: ReadonlySet<string> = new Set([
  'fraudulent',
  'lost_card',
  'stolen_card',
  'pickup_card',
  'merchant_blacklist',
  'security_violation',
]);

const HOUR = 3_600_000;
/** How long the customer has, by what is to be done. */
const hoursFor = (action: string): number =>
  action === 'display_bank_transfer_instructions' ? 7 * 24 : action === 'redirect_to_url' ? 1 : 24;

const wordsOf = (code: string): string => code.replaceAll('_', '-');
export const declined = (code: string, changes: Partial<Declined> = {}): Declined => ({
  status: 'declined',
  reason: wordsOf(code),
  ...changes,
});
export const notPayable = declined('amount-not-payable', { final: true });

export const idOf = (thing: string | { readonly id: string } | null | undefined): string | undefined =>
  typeof thing === 'string' ? thing : thing?.id;

/** The charge that took its money: what disputes and settlements name. */
const chargeOf = (intent: Intent): string => idOf(intent.latest_charge) ?? intent.id;

/** A refusal is an answer; what is not known to have been refused is asked again with the same key. */
export const refusalOf = (error: unknown): Declined => {
  if (error instanceof Stripe.errors.StripeCardError) {
    const code = error.decline_code ?? error.code ?? 'card_declined';
    return declined(code, suspected.has(code) ? { suspected: true } : {});
  }
  if (error instanceof Stripe.errors.StripeInvalidRequestError) return declined(error.code ?? 'request-refused', { final: true });
  throw error;
};

type Action = Intent['next_action'];

const urlOf = (next: Action): string | undefined =>
  next?.redirect_to_url?.url ?? next?.display_bank_transfer_instructions?.hosted_instructions_url ?? undefined;

const actionOf = (next: Action) => {
  const url = urlOf(next);
  const kind = next?.type === 'display_bank_transfer_instructions' ? 'transfer' : url === undefined ? 'approve-in-app' : 'redirect';
  return { kind, ...(url === undefined ? {} : { url }) };
};

const pendingOf = ({ id, next_action: next }: Intent, now: Date): ProviderOutcome => ({
  ...{ status: 'pending', reference: id, action: actionOf(next) },
  expiresAt: new Date(now.getTime() + hoursFor(next?.type ?? '') * HOUR).toISOString(),
});

const failureOf = ({ last_payment_error: error }: Intent): Declined =>
  declined(error?.decline_code ?? error?.code ?? 'payment-method-required');

const expiryOf = ({ latest_charge: charge }: Intent): { readonly expiresAt?: string } => {
  const before = typeof charge === 'object' ? charge?.payment_method_details?.card?.capture_before : undefined;
  return before === undefined ? {} : { expiresAt: new Date(before * 1_000).toISOString() };
};

/** What a payment intent says of a promise. */
export const outcomeOf = (intent: Intent, now: Date): ProviderOutcome => {
  switch (intent.status) {
    case 'requires_capture':
      return { status: 'approved', reference: intent.id, ...expiryOf(intent) };
    case 'succeeded':
      return {
        ...{ status: 'approved', reference: intent.id },
        taken: { reference: chargeOf(intent), amount: fromStripe(intent.currency, intent.amount_received) },
      };
    case 'requires_action':
    case 'requires_confirmation':
    case 'processing':
      return pendingOf(intent, now);
    case 'canceled':
      return declined('authorization-ended', { final: true });
    case 'requires_payment_method':
      return failureOf(intent);
    default:
      return { status: 'unknown', reason: intent.status };
  }
};

/** A capture takes from an intent once: what it leaves is let go of. */
export const capturedOf = (intent: Intent): ProviderOutcome => ({
  ...{ status: 'approved', reference: chargeOf(intent) },
  ...(intent.amount_received < intent.amount ? { restEnded: true } : {}),
});

/** One that is pending is on its way; should it fail, a webhook tells so. */
export const refundOutcome = ({ id, status, failure_reason: failure }: Stripe.Refund): ProviderOutcome => {
  const isGone = status === 'failed' || status === 'canceled';
  return isGone ? declined(failure ?? 'refund-failed', { final: true }) : { status: 'approved', reference: id };
};
