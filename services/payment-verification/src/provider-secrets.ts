import { StartFailure } from '@cartage/service-kit';
import { providerTable, type PaymentSettings } from './config';
import { wordsOf } from './setting-kinds';

/** The key, where Stripe moves money. */
export const stripeKeyOf = ({
  STRIPE_SECRET_KEY,
  PAYMENT_PROVIDER,
}: Pick<PaymentSettings, 'STRIPE_SECRET_KEY' | 'PAYMENT_PROVIDER'>): string | undefined => {
  if (STRIPE_SECRET_KEY === undefined && [...providerTable(PAYMENT_PROVIDER).values()].includes('stripe'))
    throw new StartFailure(['Setting STRIPE_SECRET_KEY is missing: PAYMENT_PROVIDER names stripe.']);
  return STRIPE_SECRET_KEY;
};

/** By provider, each of its secrets. The simulated one’s usual secret is known to whoever reads this: where it moves no money, it has none. */
export const webhookSecretsOf = ({
  PAYMENT_WEBHOOK_SECRETS,
  PAYMENT_PROVIDER,
}: Pick<PaymentSettings, 'PAYMENT_WEBHOOK_SECRETS' | 'PAYMENT_PROVIDER'>): ReadonlyMap<string, readonly string[]> => {
  const secrets = new Map<string, string[]>();
  for (const word of wordsOf(PAYMENT_WEBHOOK_SECRETS)) {
    const [provider = '', ...secret] = word.split('=');
    secrets.set(provider, [...(secrets.get(provider) ?? []), secret.join('=')]);
  }
  if (![...providerTable(PAYMENT_PROVIDER).values()].includes('simulated')) secrets.delete('simulated');
  return secrets;
};
