import { modelCardContract } from '@cartage/testkit';
import { TransitLearner } from '../../domain/transit-learner';
import type { PromisesCompared } from '../promises-compared';
import { transitCard } from './transit-card';

const monthOf = (value: string, promised: number, late: number): PromisesCompared => ({
  ...{ value, promised, decidedByLearned: 0, lateAllowed: promised / 10 },
  ...{ baseline: { late: late * 2, days: 4 }, learned: { late, days: 3 } },
});
const cardOf = (
  learner: TransitLearner,
  months: readonly PromisesCompared[],
  standing = { looksAtLearned: true, decidesByLearned: false },
) =>
  transitCard({
    ...{ transit: { learner: () => learner }, book: async () => standing, compared: async () => months },
    since: async () => '2026-03-04',
  }).card();

const seen = (): TransitLearner => {
  const learner = new TransitLearner();
  for (let n = 1; n <= 30; n += 1)
    learner.learn({
      ...{ step: 'ended', position: String(n).padStart(8, '0'), recordedAt: '2026-03-09T10:00:00.000Z', location: 'LON-1' },
      ...{ service: 'standard', destination: { country: 'GB' } },
      ...{ handedOverAt: '2026-03-02T10:00:00.000Z', deliveredAt: '2026-03-04T10:00:00.000Z' },
    });
  return learner;
};

modelCardContract('transit', {
  fresh: () => cardOf(new TransitLearner(), []),
  learned: () => cardOf(seen(), [monthOf('2026-03', 300, 40)]),
});

describe('the card of what was learned of days that carriers need', () => {
  it('says from what, whether it decides, how promises by it were kept, and month by month whether that holds', async () => {
    expect(await cardOf(seen(), [monthOf('2026-02', 100, 8), monthOf('2026-03', 300, 40)])).toMatchObject({
      ...{ name: 'transit', standing: 'shadow', model: '00000030', data: { learnedFrom: 30, from: '2026-03-04', to: '2026-03-09' } },
      error: [
        { measure: 'share late', value: 0.12, baseline: 0.24 },
        { measure: 'share late that was allowed', value: 0.1, baseline: null },
        { measure: 'mean days promised', value: 3, baseline: 4 },
      ],
      drift: [
        { period: '2026-02', decisions: 100, foretold: 0.1, happened: 0.08 },
        { period: '2026-03', decisions: 300, foretold: 0.1, happened: 0.1333 },
      ],
    });
  });

  it('says that nothing is known, and that nobody looks at it', async () => {
    const card = await cardOf(new TransitLearner(), [], { looksAtLearned: false, decidesByLearned: false });
    expect(card).toMatchObject({ standing: 'off', model: '', error: [], drift: [], data: { learnedFrom: 0, from: null, to: null } });
  });
});
