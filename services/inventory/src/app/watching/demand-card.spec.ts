import { modelCardContract } from '@cartage/testkit';
import { demandCard, type ForecastSums } from './demand-card';

const none: ForecastSums = {
  ...{ points: 0, deciding: 0, learned: 0, madeAt: null, longest: null, days: 0, sellingDays: 0, tooNew: 0 },
  ...{ learnedError: null, baselineError: null, learnedMean: null, baselineMean: null },
};
const some: ForecastSums = {
  ...{ points: 2, deciding: 0, learned: 3, madeAt: '2026-11-24T02:00:00.000Z', longest: 90, days: 120, sellingDays: 40, tooNew: 1 },
  ...{ learnedError: 1.23456, baselineError: 1.5, learnedMean: 1, baselineMean: 1.25 },
};
const october = { month: '2026-10', days: 8, foretold: 12, happened: 10 };
const cardOf = (sums: ForecastSums, months = [october]) => demandCard({ sums: async () => sums, months: async () => months }).card();

modelCardContract('demand', { fresh: () => cardOf(none, []), learned: () => cardOf(some) });

describe('the card of demand', () => {
  it('says from what, whether it decides, how far off it is beside the plain way, and month by month whether that holds', async () => {
    expect(await cardOf(some)).toMatchObject({
      ...{ name: 'demand', standing: 'shadow', model: some.madeAt },
      data: { from: '2026-08-26', to: '2026-11-23', learnedFrom: 120, counts: { 'SKUs at locations': 2, 'days with a sale': 40 } },
      error: [
        { value: 1.2346, baseline: 1.5 },
        { value: 1, baseline: 1.25 },
      ],
      drift: [{ period: '2026-10', decisions: 8, foretold: 1.5, happened: 1.25 }],
    });
    expect(await cardOf({ ...some, deciding: 1 })).toMatchObject({ standing: 'decides' });
  });

  it('says that nothing is known, and that nobody looks at it', async () => {
    expect(await cardOf(none)).toMatchObject({ standing: 'off', model: '', error: [], data: { from: null, to: null, learnedFrom: 0 } });
    expect(await cardOf({ ...none, learned: 1 })).toMatchObject({ standing: 'shadow' });
  });
});
