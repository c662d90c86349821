import type Stripe from 'stripe';
import type { CaptureCall, InquireCall, RefundCall, VoidCall } from '../../domain/outstanding';
import type { OpenAuthorizeCall, PaymentProvider, ProviderOutcome } from '../../app/payment-provider';
import { toStripe } from '../../domain/settlements/stripe-amounts';
import { beginCheckout, checkoutOutcome, isCheckout } from './stripe-checkout';
import { capturedOf, declined, idOf, notPayable, outcomeOf, refundOutcome, refusalOf } from './stripe-intents';

type Intent = Stripe.PaymentIntent;

export interface StripeOptions {
  /** The account; `stripe` where there is one. Stands in events for ever. */
  readonly name?: string;
  readonly stripe: Stripe;
  /** Where a customer comes back to who had to go to the bank’s pages. */
  readonly returnUrl: string;
  readonly now: () => Date;
}

const expand = ['latest_charge'];
const metadataOf = ({ orderId, paymentId, key }: OpenAuthorizeCall) => ({
  order_id: orderId,
  payment_id: paymentId,
  authorization_id: key,
});

class StripeProvider implements PaymentProvider {
  readonly name: string;

  constructor(private readonly options: StripeOptions) {
    this.name = options.name ?? 'stripe';
  }

  async authorize(call: OpenAuthorizeCall): Promise<ProviderOutcome> {
    const amount = toStripe(call.currency, call.amount);
    if (amount === undefined) return notPayable;
    const { token } = call;
    if (token === undefined && call.method === 'pay_link') return this.checkout(call, amount).catch(refusalOf);
    if (token === undefined) return declined('token-missing', { final: true });
    return (token.startsWith('pi_') ? this.adopt(call, token, amount) : this.create(call, amount, { payment_method: token })).catch(
      refusalOf,
    );
  }

  async inquire({ authorization }: InquireCall): Promise<ProviderOutcome> {
    const { stripe, now } = this.options;
    if (isCheckout(authorization)) return checkoutOutcome(stripe, authorization, now());
    return outcomeOf(await this.intent(authorization), now());
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

  async refund({ authorization, key, orderId, currency, amount: wanted, isOld }: RefundCall): Promise<ProviderOutcome> {
    const { refunds } = this.options.stripe;
    const amount = toStripe(currency, wanted);
    if (amount === undefined) return notPayable;
    if (authorization === undefined) return declined('no-payment-to-refund', { final: true });
    // Stripe forgets a key after a day: an old call is looked for by what was written on it.
    const before = isOld ? await refunds.list({ payment_intent: authorization, limit: 100 }) : undefined;
    const done = before?.data.find(({ metadata }) => metadata?.['refund_attempt'] === key);
    if (done) return refundOutcome(done);
    const asked = { payment_intent: authorization, amount, metadata: { order_id: orderId, refund_attempt: key } };
    return refunds.create(asked, { idempotencyKey: key }).then(refundOutcome, refusalOf);
  }

  private get intents(): Stripe['paymentIntents'] {
    return this.options.stripe.paymentIntents;
  }

  private intent(id: string): Promise<Intent> {
    return this.intents.retrieve(id, { expand });
  }

  /** A page of Stripe's, where the customer pays. */
  private checkout(call: OpenAuthorizeCall, amount: number): Promise<ProviderOutcome> {
    const { stripe, returnUrl } = this.options;
    return beginCheckout(stripe, { key: call.key, currency: call.currency, amount, returnUrl, metadata: metadataOf(call) });
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
