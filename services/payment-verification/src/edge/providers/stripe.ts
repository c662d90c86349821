import Stripe from 'stripe';
import type { CaptureCall, InquireCall, RefundCall, VoidCall } from '../../domain/outstanding';
import type { OpenAuthorizeCall, PaymentProvider, ProviderOutcome } from '../../app/payment-provider';
import { fromStripe, toStripe } from './stripe-amounts';

type Intent = Stripe.PaymentIntent;
type Declined = Extract<ProviderOutcome, { readonly status: 'declined' }>;

export interface StripeOptions {
  readonly stripe: Stripe;
  /** Where a customer comes back to who had to go to the bank’s pages. */
  readonly returnUrl: string;
  readonly now: () => Date;
}

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
const declined = (code: string, changes: Partial<Declined> = {}): Declined => ({ status: 'declined', reason: wordsOf(code), ...changes });
const notPayable = declined('amount-not-payable', { final: true });

const idOf = (thing: string | { readonly id: string } | null | undefined): string | undefined =>
  typeof thing === 'string' ? thing : thing?.id;

/** The charge that took its money: what disputes and settlements name. */
const chargeOf = (intent: Intent): string => idOf(intent.latest_charge) ?? intent.id;

/** A refusal is an answer; what is not known to have been refused is asked again with the same key. */
const refusalOf = (error: unknown): Declined => {
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
const outcomeOf = (intent: Intent, now: Date): ProviderOutcome => {
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
const capturedOf = (intent: Intent): ProviderOutcome => ({
  ...{ status: 'approved', reference: chargeOf(intent) },
  ...(intent.amount_received < intent.amount ? { restEnded: true } : {}),
});

const expand = ['latest_charge'];
const metadataOf = ({ orderId, paymentId, key }: OpenAuthorizeCall) => ({
  order_id: orderId,
  payment_id: paymentId,
  authorization_id: key,
});

class StripeProvider implements PaymentProvider {
  readonly name = 'stripe';

  constructor(private readonly options: StripeOptions) {}

  async authorize(call: OpenAuthorizeCall): Promise<ProviderOutcome> {
    const amount = toStripe(call.currency, call.amount);
    if (amount === undefined) return notPayable;
    const { token } = call;
    if (token === undefined) return declined('token-missing', { final: true });
    return (token.startsWith('pi_') ? this.adopt(call, token, amount) : this.create(call, amount, { payment_method: token })).catch(
      refusalOf,
    );
  }

  async inquire({ authorization }: InquireCall): Promise<ProviderOutcome> {
    return outcomeOf(await this.intent(authorization), this.options.now());
  }

  async capture({ authorization, key, currency, amount: wanted }: CaptureCall): Promise<ProviderOutcome> {
    const amount = toStripe(currency, wanted);
    if (amount === undefined) return notPayable;
    const before = await this.intent(authorization);
    if (before.status === 'succeeded' && before.metadata['capture_attempt'] === key) return capturedOf(before);
    if (before.status !== 'requires_capture')
      return declined(before.status === 'canceled' ? 'authorization-expired' : 'authorization-used-up', { final: true });
    const asked = { amount_to_capture: amount, metadata: { capture_attempt: key }, expand };
    return this.intents.capture(authorization, asked, { idempotencyKey: key }).then(capturedOf, refusalOf);
  }

  async void({ authorization, key }: VoidCall): Promise<ProviderOutcome> {
    const before = await this.intent(authorization);
    if (before.status === 'canceled') return { status: 'approved', reference: before.id };
    if (before.status === 'succeeded') return declined('already-captured', { final: true });
    return this.intents
      .cancel(authorization, {}, { idempotencyKey: key })
      .then(({ id }) => ({ status: 'approved', reference: id }), refusalOf);
  }

  async refund({ authorization, key, orderId, currency, amount: wanted }: RefundCall): Promise<ProviderOutcome> {
    const amount = toStripe(currency, wanted);
    if (amount === undefined) return notPayable;
    if (authorization === undefined) return declined('no-payment-to-refund', { final: true });
    const asked = { payment_intent: authorization, amount, metadata: { order_id: orderId, refund_attempt: key } };
    return this.options.stripe.refunds.create(asked, { idempotencyKey: key }).then(({ id, status, failure_reason: failure }) => {
      const isGone = status === 'failed' || status === 'canceled';
      // One that is pending is on its way; should it fail, a webhook tells so.
      return isGone ? declined(failure ?? 'refund-failed', { final: true }) : { status: 'approved', reference: id };
    }, refusalOf);
  }

  private get intents(): Stripe['paymentIntents'] {
    return this.options.stripe.paymentIntents;
  }

  private intent(id: string): Promise<Intent> {
    return this.intents.retrieve(id, { expand });
  }

  private async create(
    call: OpenAuthorizeCall,
    amount: number,
    by: Pick<Stripe.PaymentIntentCreateParams, 'payment_method' | 'customer' | 'off_session'>,
  ): Promise<ProviderOutcome> {
    const { returnUrl, now } = this.options;
    const money = { amount, currency: call.currency.toLowerCase(), capture_method: 'manual', confirm: true } as const;
    const asked = { ...money, return_url: returnUrl, metadata: metadataOf(call), expand, ...by };
    return outcomeOf(await this.intents.create(asked, { idempotencyKey: call.key }), now());
  }

  /** A payment that the shop began; once it was used, its way of paying is asked again without the customer. */
  private async adopt(call: OpenAuthorizeCall, id: string, amount: number): Promise<ProviderOutcome> {
    const begun = await this.intent(id);
    const owner = begun.metadata['authorization_id'];
    if (owner !== undefined && owner !== call.key) {
      const [customer, method] = [idOf(begun.customer), idOf(begun.payment_method)];
      if (customer === undefined || method === undefined) return declined('authorization-used-up');
      return this.create(call, amount, { customer, payment_method: method, off_session: true });
    }
    if (begun.amount !== amount || begun.currency !== call.currency.toLowerCase()) return declined('amount-differs', { final: true });
    const adopted = owner === call.key ? begun : await this.intents.update(id, { metadata: metadataOf(call), expand });
    return outcomeOf(adopted, this.options.now());
  }
}

/**
 * Stripe, by payment intents that are captured later. No card data: the shop’s pages make a payment method (`pm_…`) or begin a payment (`pi_…`). A capture takes once: Stripe’s
 * multicapture is not used, and what a capture leaves is promised again.
 */
export const stripeProvider = (options: StripeOptions): PaymentProvider => new StripeProvider(options);
