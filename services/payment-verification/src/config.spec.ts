import { cleanEnv } from 'envalid';
import { settings, type PaymentSettings } from './config';
import { limitsOf } from './policies';

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

  it('leave room for reviews', () =>
    expect(() => limitsOf(read({ PAYMENT_REVIEW_SCORE: '80', PAYMENT_REJECT_SCORE: '80' }))).toThrow('PAYMENT_REVIEW_SCORE'));
});
