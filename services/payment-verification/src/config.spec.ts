import { cleanEnv } from 'envalid';
import { settings, type PaymentSettings } from './config';
import { limitsOf, policyOf } from './policies';

const failures = (environment: Record<string, string>): readonly string[] => {
  const wrong: string[] = [];
  cleanEnv(environment, settings, { reporter: ({ errors }) => wrong.push(...Object.keys(errors)) });
  return wrong;
};
const read = (environment: Record<string, string>): PaymentSettings => cleanEnv(environment, settings, { reporter: () => undefined });

describe('the settings of payment verification', () => {
  it('need not be given', () => {
    expect(failures({})).toEqual([]);
    expect(limitsOf(read({}))).toMatchObject({
      reviewFrom: 50,
      rejectFrom: 80,
      highValue: [{ currency: 'GBP', amount: 200_000 }],
      cod: { countries: ['*'], excludedAreas: [] },
    });
  });

  it('take amounts in major units by currency, and lists', () =>
    expect(
      limitsOf(
        read({
          PAYMENT_HIGH_VALUE: 'GBP:1000, KWD:90.5, JPY:90000',
          PAYMENT_COD_COUNTRIES: 'IN,AE',
          PAYMENT_COD_EXCLUDED_AREAS: 'in-110001',
        }),
      ),
    ).toMatchObject({
      highValue: [
        { currency: 'GBP', amount: 100_000 },
        { currency: 'KWD', amount: 90_500 },
        { currency: 'JPY', amount: 90_000 },
      ],
      cod: { countries: ['IN', 'AE'], excludedAreas: ['IN-110001'] },
    }));

  it.each([
    ['PAYMENT_PROVIDER', 'nobody'],
    ['PAYMENT_PROVIDER', 'simulated,@acme-de=stripe-de'],
    ['PAYMENT_PROVIDER', 'simulated,de/shop/card=stripe-de'],
    ['PAYMENT_REVIEW_SCORE', '0'],
    ['PAYMENT_REJECT_SCORE', '101'],
    ['PAYMENT_BULK_UNITS', '1.5'],
    ['PAYMENT_HIGH_VALUE', 'GBP:-1'],
    ['PAYMENT_HIGH_VALUE', '*:200000'],
    ['PAYMENT_HIGH_VALUE', 'JPY:1.5'],
    ['PAYMENT_HIGH_VALUE', 'XAU:5'],
    ['PAYMENT_HIGH_VALUE', ','],
    ['PAYMENT_COD_LIMIT', 'pounds:5'],
    ['PAYMENT_COD_COUNTRIES', 'India'],
    ['PAYMENT_COD_EXCLUDED_AREAS', '110001'],
    ['PAYMENT_RECOVERY_SECONDS', 'often'],
  ])('name %s when it is %s', (name, value) => expect(failures({ [name]: value })).toEqual([name]));

  it('say who moves the money of an order by its channel, method and legal entity: the closest wins', () => {
    const table = 'simulated,upi=stripe-in,pos/*=stripe-pos,pos/card=stripe-till,@acme-de/*=stripe-de,@acme-de/sepa=stripe-sepa';
    const { providerFor } = policyOf(read({ PAYMENT_PROVIDER: table }));
    const by = (method: string, channel: string, seller?: string) =>
      providerFor(method, { channel, ...(seller === undefined ? {} : { seller }) });
    expect([by('card', 'web'), by('card', 'web', 'acme-uk'), by('upi', 'web', 'acme-de'), by('gift-card', 'web', 'acme-de')]).toEqual([
      ...['simulated', 'simulated', 'stripe-in', 'credit'],
    ]);
    expect([by('card', 'web', 'acme-de'), by('sepa', 'web', 'acme-de'), by('sepa', 'web')]).toEqual([
      'stripe-de',
      'stripe-sepa',
      'simulated',
    ]);
    expect([by('card', 'pos', 'acme-de'), by('cash', 'pos', 'acme-de'), by('sepa', 'pos', 'acme-de')]).toEqual([
      ...['stripe-till', 'stripe-pos', 'stripe-sepa'],
    ]);
  });

  it('leave room for reviews', () =>
    expect(() => limitsOf(read({ PAYMENT_REVIEW_SCORE: '80', PAYMENT_REJECT_SCORE: '80' }))).toThrow('PAYMENT_REVIEW_SCORE'));
});
