import { facts, limits, paidBy, paying, terms } from './payment.fixture';
import type { Terms } from './terms';
import { verify, type CustomerFacts } from './verification';

interface Asked extends Partial<Terms> {
  readonly method?: string;
}
const judge = ({ method = 'card', ...of }: Asked = {}, known: Partial<CustomerFacts> = {}) =>
  verify(paidBy({ method }, of), { ...facts, ...known }, limits);
const rulesOf = (...asked: Parameters<typeof judge>) => judge(...asked).reasons.map(({ rule }) => rule);
const high = { total: 200_000 };
const guest = { returning: false, countryKnown: false };

describe('the verification of an order', () => {
  it('has nothing against an ordinary order of a returning customer', () =>
    expect(judge()).toEqual({ decision: 'accept', score: 0, reasons: [], rules: '2026-11' }));

  it.each<[string, Asked, Partial<CustomerFacts>]>([
    ['high-value', high, {}],
    ['first-order-high-value', high, { returning: false }],
    ['expedited-high-value', { ...high, priority: 'expedited' }, {}],
    ['many-units-of-one-sku', { lines: [{ lineId: '1', sku: 'MUG', quantity: 100, total: 4000, shipGroupId: '1' }] }, {}],
    ['new-destination-country', {}, { countryKnown: false }],
    ['order-velocity', {}, { ordersWithinHour: 4 }],
    ['cod-value-limit', { method: 'cod', total: 100_001 }, {}],
    ['cod-country-not-served', { method: 'cod', destinations: [{ country: 'GB' }, { country: 'FR' }] }, {}],
    ['cod-area-excluded', { method: 'cod', destinations: [{ country: 'IN', postalArea: '110001' }] }, {}],
    ['cod-first-order-near-limit', { method: 'cod', total: 50_001 }, { returning: false }],
    ['paid-on-channel', { method: 'prepaid' }, {}],
  ])('names the rule %s', (rule, order, known) => expect(rulesOf(order, known)).toContain(rule));

  it.each<[string, Asked, Partial<CustomerFacts>]>([
    ['a total just below high value', { total: 199_999 }, { returning: false }],
    ['an expedited order of low value', { priority: 'expedited' }, {}],
    ['99 units of one SKU', { lines: [{ lineId: '1', sku: 'MUG', quantity: 99, total: 4000, shipGroupId: '1' }] }, {}],
    ['a first order abroad', {}, { returning: false, countryKnown: false }],
    ['the fourth order within an hour', {}, { ordersWithinHour: 3 }],
    ['cash on delivery up to the limit', { method: 'cod', total: 100_000 }, {}],
    [
      'cash on delivery by the limit of its own currency',
      { method: 'cod', currency: 'INR', total: 5_000_000 - 1, destinations: [{ country: 'IN' }], lines: [] },
      { returning: true },
    ],
  ])('has nothing against %s', (_, order, known) => {
    const without = order.method === 'cod' ? rulesOf(order, known).filter((rule) => rule.startsWith('cod-')) : rulesOf(order, known);
    expect(without).toEqual([]);
  });

  it.each([
    ['VND 450,000, which is about 13 pounds', 'VND', 450_000, []],
    ['KWD 120.000, which is about 300 pounds', 'KWD', 120_000, []],
    ['KWD 1,200.000, which is about 3,000 pounds', 'KWD', 1_200_000, ['high-value', 'first-order-high-value']],
    ['JPY 3,001', 'JPY', 3_001, []],
    ['JPY 500,000, which is about 2,450 pounds', 'JPY', 500_000, ['high-value', 'first-order-high-value']],
    ['IDR 350,000,000.00, which is about 16,000 pounds', 'IDR', 35_000_000_000, ['high-value', 'first-order-high-value']],
    ['a currency without a limit', 'XAU', 1, ['value-limit-unknown']],
    ['nothing at all in a currency without a limit', 'XAU', 0, []],
  ])('judges by worth, not by the digits of a currency: %s', (_, currency, total, rules) =>
    expect(rulesOf({ currency, total }, guest)).toEqual(rules),
  );

  it('lets a person look where it cannot tell how much is much', () => {
    expect(judge({ currency: 'XAU', total: 1 })).toMatchObject({ decision: 'review' });
    expect(judge({ method: 'cod', currency: 'XAU', total: 1 }).reasons.map(({ rule }) => rule)).toEqual([
      'cod-limit-unknown',
      'value-limit-unknown',
    ]);
  });

  it('finds the excluded area of any ship group, however it is written', () =>
    expect(
      rulesOf({
        method: 'cod',
        destinations: [
          { country: 'IN', postalArea: '560001' },
          { country: 'in', postalArea: '110001' },
        ],
      }),
    ).toContain('cod-area-excluded'));

  it('takes an order that goes nowhere as going nowhere new', () =>
    expect(rulesOf({ destinations: [] }, { countryKnown: false })).toEqual([]));

  it('rejects what is not paid for the whole, or twice at the door', () => {
    const two = verify(
      {
        ...terms,
        payments: [
          { ...paying, method: 'cod', amount: 1000 },
          { ...paying, method: 'cod', amount: 3000 },
        ],
      },
      facts,
      limits,
    );
    expect(two).toMatchObject({ decision: 'reject', reasons: [{ rule: 'several-cash-payments' }] });
    const less = verify({ ...terms, payments: [{ ...paying, amount: 3999 }] }, facts, limits);
    expect(less).toMatchObject({ decision: 'reject', reasons: [{ rule: 'payment-differs-from-total' }] });
  });

  it('counts units of one SKU over all its lines', () => {
    const half = { sku: 'MUG', quantity: 50, total: 100 };
    expect(
      rulesOf({
        lines: [
          { lineId: '1', shipGroupId: '1', ...half },
          { lineId: '2', shipGroupId: '1', ...half },
        ],
      }),
    ).toEqual(['many-units-of-one-sku']);
  });

  it('sends a first order of high value to review', () =>
    expect(judge(high, { returning: false })).toMatchObject({ decision: 'review', score: 55 }));

  it('rejects when the weights reach the upper limit', () =>
    expect(judge({ ...high, priority: 'expedited' }, { returning: false, ordersWithinHour: 9 })).toMatchObject({
      decision: 'reject',
      score: 95,
    }));

  it('never scores above 100', () =>
    expect(judge({ method: 'cod', total: 900_000, destinations: [{ country: 'FR' }] })).toMatchObject({ decision: 'reject', score: 100 }));

  it('accepts whatever a marketplace has the money for', () =>
    expect(judge({ ...high, method: 'prepaid' }, { returning: false, ordersWithinHour: 50 })).toMatchObject({
      decision: 'accept',
      score: 0,
    }));
});
