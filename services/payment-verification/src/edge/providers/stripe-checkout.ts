import type Stripe from 'stripe';
import type { ProviderOutcome } from '../../app/payment-provider';
import { declined, outcomeOf } from './stripe-intents';

type Session = Stripe.Checkout.Session;

export interface CheckoutRequest {
  /** Of the try: Stripe's idempotency key. */
  readonly key: string;
  readonly currency: string;
  /** In Stripe's own digits. */
  readonly amount: number;
  readonly returnUrl: string;
  /** Goes with the payment that comes of it: by it its webhooks are ours. */
  readonly metadata: Readonly<Record<string, string>>;
}

export const isCheckout = (reference: string): boolean => reference.startsWith('cs_');

const pendingOf = ({ id, url, expires_at: until }: Session): ProviderOutcome => ({
  ...{ status: 'pending', reference: id, action: { kind: 'redirect', ...(url === null ? {} : { url }) } },
  expiresAt: new Date(until * 1_000).toISOString(),
});

/** The same request with each repeat of its key: Stripe says itself until when the page is there, a day. */
export const beginCheckout = async (
  stripe: Stripe,
  { key, currency, amount, returnUrl, metadata }: CheckoutRequest,
): Promise<ProviderOutcome> => {
  const price = { currency: currency.toLowerCase(), unit_amount: amount, product_data: { name: metadata['order_id'] ?? 'order' } };
  const session = await stripe.checkout.sessions.create(
    {
      ...{ mode: 'payment', line_items: [{ quantity: 1, price_data: price }], success_url: returnUrl, cancel_url: returnUrl },
      payment_intent_data: { capture_method: 'manual', metadata: { ...metadata } },
      metadata: { ...metadata },
    },
    { idempotencyKey: key },
  );
  return pendingOf(session);
};

/** What has become of the page: open, paid on, or too old. */
export const checkoutOutcome = async (stripe: Stripe, id: string, now: Date): Promise<ProviderOutcome> => {
  const session = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] });
  const { payment_intent: intent } = session;
  if (session.status === 'open') return pendingOf(session);
  if (session.status === 'expired') return declined('customer-did-not-act');
  return intent !== null && typeof intent === 'object' ? outcomeOf(intent, now) : { status: 'unknown', reason: 'checkout-without-payment' };
};
