import { StartFailure } from '@cartage/service-kit';
import { isStripeAccount, providerTable, type PaymentSettings } from './config';
import { wordsOf } from './setting-kinds';

type StripeSettings = Pick<PaymentSettings, 'STRIPE_SECRET_KEY' | 'STRIPE_ACCOUNTS' | 'PAYMENT_PROVIDER'>;

const entryOf = (word: string): readonly [account: string, secret: string] => {
  const [account = '', ...secret] = word.split('=');
  return [account, secret.join('=')];
};

/** The key of each account at Stripe that is set; each that orders are to be paid by has one. */
export const stripeKeysOf = ({ STRIPE_SECRET_KEY, STRIPE_ACCOUNTS, PAYMENT_PROVIDER }: StripeSettings): ReadonlyMap<string, string> => {
  const first = STRIPE_SECRET_KEY === undefined ? [] : ([['stripe', STRIPE_SECRET_KEY]] as const);
  const further = wordsOf(STRIPE_ACCOUNTS).map(entryOf);
  const keys = new Map([...first, ...further]);
  if (keys.size < first.length + further.length) throw new StartFailure(['Setting STRIPE_ACCOUNTS names an account twice.']);
  const missing = [...providerTable(PAYMENT_PROVIDER).values()].find((name) => isStripeAccount(name) && !keys.has(name));
  if (missing !== undefined)
    throw new StartFailure([
      missing === 'stripe'
        ? 'Setting STRIPE_SECRET_KEY is missing: PAYMENT_PROVIDER names stripe.'
        : `Setting STRIPE_ACCOUNTS has no key of ${missing}: PAYMENT_PROVIDER names it.`,
    ]);
  return keys;
};

/** By provider, each of its secrets. The simulated one’s usual secret is known to whoever reads this: where it moves no money, it has none. */
export const webhookSecretsOf = ({
  PAYMENT_WEBHOOK_SECRETS,
  PAYMENT_PROVIDER,
}: Pick<PaymentSettings, 'PAYMENT_WEBHOOK_SECRETS' | 'PAYMENT_PROVIDER'>): ReadonlyMap<string, readonly string[]> => {
  const secrets = new Map<string, string[]>();
  for (const word of wordsOf(PAYMENT_WEBHOOK_SECRETS)) {
    const [provider, secret] = entryOf(word);
    secrets.set(provider, [...(secrets.get(provider) ?? []), secret]);
  }
  if (![...providerTable(PAYMENT_PROVIDER).values()].includes('simulated')) secrets.delete('simulated');
  return secrets;
};
