import { modelCardContract } from '@cartage/testkit';
import type { LookAhead } from '../domain/look-ahead';
import type { PaceOfMonth } from '../domain/order-pace';
import { lookAheadCard } from './look-ahead-card';
import type { KeptPrices } from './stock-worth';

const kept: KeptPrices = {
  ...{ model: 'stock-prices@7', madeAt: '2026-11-23T12:00:00.000Z' },
  priced: {
    ...{ currency: 'GBP', rules: 'routing@3', horizonDays: 14, orders: 40, perDay: 3.4, prices: [['LDN', 'MUG', 120]] },
    ...{ from: '2026-10-01T09:00:00.000Z', to: '2026-11-23T12:00:00.000Z', demand: { from: 'both', share: 0.25 } },
  },
};
const months: readonly PaceOfMonth[] = [
  { month: '2026-10', days: 10, foretold: 34, happened: 30, missed: 12, missedByWeekBefore: 20 },
  { month: '2026-11', days: 20, foretold: 60, happened: 90, missed: 33, missedByWeekBefore: 25 },
];
const shadow: LookAhead = { method: 'look-ahead', decides: false, horizonDays: 14, unfilledCost: 5_000 };
const cardOf = (newest: KeptPrices | undefined, pace: readonly PaceOfMonth[], policy?: LookAhead) =>
  lookAheadCard({ newest: () => newest, policy: async () => policy, months: async () => pace }).card();

modelCardContract('look-ahead', { fresh: () => cardOf(undefined, []), learned: () => cardOf(kept, months) });

describe('the card of what units are worth to later orders', () => {
  it('says from which orders prices were found, and whether as many came as were expected', async () =>
    expect(await cardOf(kept, months, shadow)).toMatchObject({
      ...{ standing: 'shadow', model: 'stock-prices@7' },
      data: {
        from: kept.priced.from,
        to: kept.priced.to,
        learnedFrom: 40,
        counts: { 'days that stock is to last': 14, 'orders a day': 3 },
      },
      error: [{ value: 1.5, baseline: 1.5 }],
      drift: [
        { period: '2026-10', decisions: 10, foretold: 3.4, happened: 3 },
        { period: '2026-11', decisions: 20, foretold: 3, happened: 4.5 },
      ],
    }));

  it('says whether it decides', async () => {
    expect(await cardOf(undefined, [])).toMatchObject({ standing: 'off', model: '' });
    expect(await cardOf(kept, [], { ...shadow, decides: true })).toMatchObject({ standing: 'decides' });
  });
});
