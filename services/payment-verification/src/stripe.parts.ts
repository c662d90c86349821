import type { Kit } from '@cartage/service-kit';
import Stripe from 'stripe';
import type { PaymentProvider } from './app/payment-provider';
import type { PayoutReader } from './app/settlements/payout-imports';
import type { PaymentSettings } from './config';
import { stripeProvider } from './edge/providers/stripe';
import { stripePayouts } from './edge/providers/stripe-payouts';
import { stripeKeysOf } from './provider-secrets';

const TIMEOUT_MS = 20_000;

export interface StripeAccounts {
  readonly providers: readonly PaymentProvider[];
  readonly payouts: ReadonlyMap<string, PayoutReader>;
}

const addressOf = (text: string) => {
  const { protocol, hostname, port } = new URL(text);
  const isPlain = protocol === 'http:';
  return {
    protocol: isPlain ? ('http' as const) : ('https' as const),
    host: hostname,
    port: port === '' ? (isPlain ? 80 : 443) : Number(port),
  };
};

/** Each account of ours at Stripe: what moves money there, and what is paid out. */
export const stripeAccounts = ({ settings, now }: Pick<Kit<PaymentSettings>, 'settings' | 'now'>): StripeAccounts => {
  const options = { ...addressOf(settings.STRIPE_API_URL), timeout: TIMEOUT_MS, maxNetworkRetries: 1, telemetry: false };
  const clients = [...stripeKeysOf(settings)].map(([name, key]) => [name, new Stripe(key, options)] as const);
  return {
    providers: clients.map(([name, stripe]) => stripeProvider({ name, stripe, returnUrl: settings.STRIPE_RETURN_URL, now })),
    payouts: new Map(clients.map(([name, stripe]) => [name, stripePayouts(stripe)])),
  };
};
