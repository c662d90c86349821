import { readSettings, StartFailure } from '@cartage/service-kit';
import { cleanEnv } from 'envalid';
import { settings } from './config';
import { stripeKeysOf, webhookSecretsOf } from './provider-secrets';

const usual = 'simulated=simulated-payments';

describe('secrets of payment providers', () => {
  it('are several for one provider while one of them is changed, and may have any sign in them', () => {
    const secrets = webhookSecretsOf({ PAYMENT_PROVIDER: 'stripe', PAYMENT_WEBHOOK_SECRETS: 'stripe=whsec_new, stripe=whsec_old=' });
    expect([...secrets]).toEqual([['stripe', ['whsec_new', 'whsec_old=']]]);
  });

  it('are none of the simulated provider where it moves no money: everybody knows its usual one', () => {
    expect([...webhookSecretsOf({ PAYMENT_PROVIDER: 'stripe', PAYMENT_WEBHOOK_SECRETS: usual }).keys()]).toEqual([]);
    expect([...webhookSecretsOf({ PAYMENT_PROVIDER: 'stripe,upi=simulated', PAYMENT_WEBHOOK_SECRETS: usual }).keys()]).toEqual([
      'simulated',
    ]);
  });

  const given = { STRIPE_SECRET_KEY: undefined, STRIPE_ACCOUNTS: '' };

  it('are asked for by name where Stripe is to move money', () => {
    expect(() => stripeKeysOf({ ...given, PAYMENT_PROVIDER: 'simulated,card=stripe' })).toThrow(StartFailure);
    expect(() => stripeKeysOf({ STRIPE_SECRET_KEY: 'sk_1', STRIPE_ACCOUNTS: '', PAYMENT_PROVIDER: 'stripe,de/*=stripe-de' })).toThrow(
      StartFailure,
    );
    expect([...stripeKeysOf({ ...given, PAYMENT_PROVIDER: 'simulated' })]).toEqual([]);
  });

  it('are one for each account at Stripe, and none is named twice', () => {
    const two = { STRIPE_SECRET_KEY: 'sk_1', STRIPE_ACCOUNTS: 'stripe-de=sk_2=, stripe-us=sk_3' };
    expect([...stripeKeysOf({ ...two, PAYMENT_PROVIDER: 'stripe,de/*=stripe-de' })]).toEqual([
      ['stripe', 'sk_1'],
      ['stripe-de', 'sk_2='],
      ['stripe-us', 'sk_3'],
    ]);
    expect(() => stripeKeysOf({ ...two, STRIPE_ACCOUNTS: 'stripe-de=a,stripe-de=b', PAYMENT_PROVIDER: 'stripe' })).toThrow(StartFailure);
  });

  it('are never told by a setting that is wrong', () => {
    const wrong = { STRIPE_ACCOUNTS: 'stripe-de=sk_good,sk_secret', PAYMENT_WEBHOOK_SECRETS: 'whsec_secret' };
    const told: string[] = [];
    cleanEnv(wrong, settings, { reporter: ({ errors }) => told.push(...Object.values(errors).map(String)) });
    try {
      readSettings(settings, wrong);
    } catch (error) {
      told.push(...(error as StartFailure).lines);
    }
    expect(told).toHaveLength(4);
    expect(told.join()).not.toMatch(/sk_good|sk_secret|whsec_secret/);
  });
});
