import { StartFailure } from '@cartage/service-kit';
import { stripeKeyOf, webhookSecretsOf } from './provider-secrets';

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

  it('are asked for by name where Stripe is to move money', () => {
    expect(() => stripeKeyOf({ PAYMENT_PROVIDER: 'simulated,card=stripe', STRIPE_SECRET_KEY: undefined })).toThrow(StartFailure);
    expect(stripeKeyOf({ PAYMENT_PROVIDER: 'simulated', STRIPE_SECRET_KEY: undefined })).toBeUndefined();
  });
});
