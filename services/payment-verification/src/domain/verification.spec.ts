import { facts, limits, terms } from './payment.fixture';
import type { Terms } from './terms';
import { verify, type CustomerFacts } from './verification';

const judge = (order: Partial<Terms> = {}, known: Partial<CustomerFacts> = {}) =>
  verify({ ...terms, ...order }, { ...facts, ...known }, limits);
const rulesOf = (...asked: Parameters<typeof judge>) => judge(...asked).reasons.map(({ rule }) => rule);
const high = { total: 200_000 };

describe('the verification of an order', () => {
  it('has nothing against an ordinary order of a returning customer', () =>
    expect(judge()).toEqual({ decision: 'accept', score: 0, reasons: [], rules: '2026-11' }));

  it.each<[string, Partial<Terms>, Partial<CustomerFacts>]>([
    ['high-value', high, {}],
    ['first-order-high-value', high, { returning: false }],
    ['expedited-high-value', { ...high, priority: 'expedited' }, {}],
    ['many-units-of-one-sku', { lines: [{ lineId: '1', sku: 'MUG', quantity: 100, total: 4000 }] }, {}],
    ['new-destination-country', {}, { countryKnown: false }],
    ['order-velocity', {}, { ordersWithinHour: 4 }],
    ['cod-value-limit', { method: 'cod', total: 100_001 }, {}],
    ['cod-country-not-served', { method: 'cod', destination: { country: 'FR' } }, {}],
    ['cod-area-excluded', { method: 'cod', destination: { country: 'IN', postalArea: '110001' } }, {}],
    ['cod-first-order-near-limit', { method: 'cod', total: 50_001 }, { returning: false }],
    ['paid-on-channel', { method: 'prepaid' }, {}],
  ])('names the rule %s', (rule, order, known) => expect(rulesOf(order, known)).toContain(rule));

  it.each<[string, Partial<Terms>, Partial<CustomerFacts>]>([
    ['a total just below high value', { total: 199_999 }, { returning: false }],
    ['an expedited order of low value', { priority: 'expedited' }, {}],
    ['99 units of one SKU', { lines: [{ lineId: '1', sku: 'MUG', quantity: 99, total: 4000 }] }, {}],
    ['a first order abroad', {}, { returning: false, countryKnown: false }],
    ['the fourth order within an hour', {}, { ordersWithinHour: 3 }],
    ['cash on delivery up to the limit', { method: 'cod', total: 100_000 }, {}],
    [
      'cash on delivery by the limit of its own currency',
      { method: 'cod', currency: 'INR', total: 5_000_000 - 1, destination: { country: 'IN' }, lines: [] },
      { returning: true },
    ],
  ])('has nothing against %s', (_, order, known) => {
    const without = order.method === 'cod' ? rulesOf(order, known).filter((rule) => rule.startsWith('cod-')) : rulesOf(order, known);
    expect(without).toEqual([]);
  });

  it('counts units of one SKU over all its lines', () => {
    const half = { sku: 'MUG', quantity: 50, total: 100 };
    expect(
      rulesOf({
        lines: [
          { lineId: '1', ...half },
          { lineId: '2', ...half },
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
    expect(judge({ method: 'cod', total: 900_000, destination: { country: 'FR' } })).toMatchObject({ decision: 'reject', score: 100 }));

  it('accepts whatever a marketplace has the money for', () =>
    expect(judge({ ...high, method: 'prepaid' }, { returning: false, ordersWithinHour: 50 })).toMatchObject({
      decision: 'accept',
      score: 0,
    }));
});
