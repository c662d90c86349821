import { modelCardContract } from '@cartage/testkit';
import { RiskLearner, type RiskFact } from '../../domain/risk-learner';
import { createRiskReports } from './risk-reports';

const now = () => new Date('2026-11-28T12:00:00.000Z');
const START = Date.parse('2026-01-01T00:00:00Z');

/** Eight orders a day, of which each seventh goes wrong; of later ones 14 of a hundred are foretold to. */
const factOf = (n: number): RiskFact => ({
  ...{ position: String(n).padStart(8, '0'), recordedAt: new Date(START + Math.floor(n / 8) * 86_400_000).toISOString(), isTaken: true },
  values: [n % 3, 1, 1, 0, 10, 2, n % 2, 0, 1, null],
  wentWrong: n % 7 === 0 ? ['chargeback'] : [],
  foretold: n < 300 ? undefined : 1_400,
});
const cardAfter = (orders: number) => {
  const learner = new RiskLearner();
  for (let n = 0; n < orders; n += 1) learner.learn(factOf(n));
  return createRiskReports({ slices: async () => [], learned: () => learner.model, policy: async () => undefined, now }).card();
};

modelCardContract('risk', { fresh: () => cardAfter(0), learned: () => cardAfter(800) });

describe('the card of the risk of orders', () => {
  it('says from which orders it was learned, what became of them, and that it decides nothing unless the rules say so', async () =>
    expect(await cardAfter(800)).toMatchObject({
      ...{ name: 'risk', standing: 'shadow' },
      data: { from: '2026-01-01', to: '2026-04-10', learnedFrom: 800, counts: { 'went wrong': 115, chargeback: 115 } },
      drift: [{ period: '2026-02' }, { period: '2026-03' }, { period: '2026-04', foretold: 0.14 }],
    }));
});
