import { facts, limits, paidBy, terms } from './payment.fixture';
import { measuresFor, verify, type RuleSet, type VerificationLimits } from './verification';
import { Trial } from './back-test';

const under = (change: Partial<RuleSet>): VerificationLimits => ({ ...limits, version: '2', ...change });
const rulesOf = (...[of, with_]: [Parameters<typeof verify>[0], VerificationLimits]) =>
  verify(of, facts, with_).reasons.map(({ rule }) => rule);
const cod = (destination: { country: string; postalArea?: string }, changes: object = {}) =>
  paidBy({ method: 'cod' }, { destinations: [destination], ...changes });

describe('rules by area of any country', () => {
  it.each([
    ['IN-110001', { country: 'IN', postalArea: '110001' }],
    ['in-110 001', { country: 'IN', postalArea: '110001' }],
    ['IN-11*', { country: 'IN', postalArea: '110001' }],
    ['GB-SW1A', { country: 'GB', postalArea: 'SW1A' }],
    ['GB-SW1A 1AA', { country: 'GB', postalArea: 'SW1A' }],
    ['JP-100-0001', { country: 'JP', postalArea: '1000001' }],
    ['US-90210-1234', { country: 'US', postalArea: '90210' }],
    ['BR-01310-100', { country: 'BR', postalArea: '01310' }],
    ['NL-1012 AB', { country: 'NL', postalArea: '1012' }],
  ])('%s speaks', (area, destination) =>
    expect(rulesOf(cod(destination), under({ cod: { ...limits.cod, countries: ['*'], excludedAreas: [area] } }))).toContain(
      'cod-area-excluded',
    ),
  );

  it.each([
    ['IN-110001', { country: 'IN', postalArea: '110002' }],
    ['IN-11*', { country: 'CN', postalArea: '110001' }],
    ['GB-SW*', { country: 'GB', postalArea: 'S1' }],
    ['IN-110001', { country: 'IN' }],
  ])('%s does not speak of another one', (area, destination) =>
    expect(rulesOf(cod(destination), under({ cod: { ...limits.cod, countries: ['*'], excludedAreas: [area] } }))).toEqual([]),
  );

  it('takes less at the door in an area with a limit of its own', () => {
    const rules = under({ cod: { ...limits.cod, areaLimits: [{ area: 'IN-40*', limit: [{ currency: 'INR', amount: 3_999 }] }] } });
    const inr = { currency: 'INR' };
    expect(rulesOf(cod({ country: 'IN', postalArea: '400001' }, inr), rules)).toEqual(['cod-area-limit']);
    expect(rulesOf(cod({ country: 'IN', postalArea: '560001' }, inr), rules)).toEqual([]);
  });

  it('takes no cash from a customer who has to pay otherwise', () =>
    expect(rulesOf(cod({ country: 'GB' }), under({ cod: { ...limits.cod, excludedCustomers: ['customer-7'] } }))).toEqual([
      'cod-customer-excluded',
    ]));
});

describe('rules by currency and country', () => {
  const rules = under({
    exceptions: [
      { countries: ['IN'], change: { weights: { 'high-value': 60 }, velocityOrders: 20 } },
      { countries: ['IN'], currencies: ['USD'], change: { velocityOrders: 2 } },
      { currencies: ['JPY'], change: { cod: { countries: ['JP'] } } },
    ],
  });

  it('hold for these only, the later ones first', () => {
    expect(measuresFor(rules, 'INR', 'IN')).toMatchObject({ velocityOrders: 20, weights: { 'high-value': 60 }, cod: limits.cod });
    expect(measuresFor(rules, 'USD', 'IN')).toMatchObject({ velocityOrders: 2, weights: { 'high-value': 60 } });
    expect(measuresFor(rules, 'USD', 'GB')).toMatchObject({ velocityOrders: 5, weights: {} });
    expect(measuresFor(rules, 'JPY')).toMatchObject({ cod: { countries: ['JP'], limit: limits.cod.limit } });
  });

  it('judge an order to several countries by the strictest of them', () => {
    const high = { total: 200_000, payments: paidBy({}, { total: 200_000 }).payments };
    const judge = (...countries: readonly string[]) =>
      verify({ ...terms, ...high, destinations: countries.map((country) => ({ country })) }, facts, rules);
    expect([judge('GB'), judge('IN'), judge('GB', 'IN'), judge('IN', 'GB')].map(({ decision, score }) => [decision, score])).toEqual([
      ['accept', 30],
      ['review', 60],
      ['review', 60],
      ['review', 60],
    ]);
  });
});

describe('a trial of rules on past orders', () => {
  const past = (total: number, currency = 'GBP') => {
    const of = paidBy({}, { total, currency });
    return { terms: of, facts, verdict: verify(of, facts, limits) };
  };

  it('counts which verdicts would change, and what they come to', () => {
    const trial = new Trial(under({ weights: { 'high-value': 60 } }));
    trial.add([past(199_999), past(200_000)]);
    trial.add([past(300_000), past(90_000_000, 'JPY')]);
    expect(trial.result()).toMatchObject({
      orders: 4,
      unchanged: 1,
      shifts: [
        {
          from: 'accept',
          to: 'review',
          orders: 3,
          money: [
            { currency: 'GBP', amount: 500_000 },
            { currency: 'JPY', amount: 90_000_000 },
          ],
        },
      ],
      examples: [{ scoreBefore: 30, scoreNow: 60, total: 200_000, rulesNow: ['high-value'] }, {}, {}],
    });
  });

  it('changes nothing by the rules that were in force', () => {
    const trial = new Trial(limits);
    trial.add([past(1), past(200_000), past(1, 'XAU')]);
    expect(trial.result()).toEqual({ orders: 3, unchanged: 3, shifts: [], examples: [] });
  });
});
