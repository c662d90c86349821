import fc from 'fast-check';
import { RiskLearner, type RiskFact, type RiskLearned, type RiskOutcome } from './risk-learner';
import type { RiskValues } from './risk-features';

/** Numbers that follow from a seed. */
const chance = (seed: number) => {
  let state = seed + 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
};

const START = Date.parse('2026-01-01T00:00:00Z');
const usualValues: RiskValues = [0, 1, 1, 0, 10, 2, 0, 0, 1, null];
/** As usual, but for orders within the hour and whether it is paid at the door. */
const valuesOf = (within: number, cash: number): RiskValues => [within, ...usualValues.slice(1, 6), cash, ...usualValues.slice(7)];

interface Shop {
  readonly seed?: number;
  readonly perDay?: number;
  readonly riskOf?: (values: RiskValues, day: number) => number;
  readonly outcome?: RiskOutcome;
}

const usualRisk = ([within, , , , , , cash]: RiskValues): number => 0.03 + 0.15 * (within ?? 0) + 0.1 * (cash ?? 0);

const factsOf = (days: number, { seed = 1, perDay = 8, riskOf = usualRisk, outcome = 'chargeback' }: Shop = {}): readonly RiskFact[] => {
  const next = chance(seed);
  return Array.from({ length: days * perDay }, (_, n) => {
    const day = Math.floor(n / perDay);
    const values = valuesOf(Math.floor(next() * 4), next() < 0.3 ? 1 : 0);
    const wentWrong = next() < riskOf(values, day);
    return {
      ...{ position: String(n).padStart(8, '0'), recordedAt: new Date(START + day * 86_400_000).toISOString(), values, isTaken: true },
      wentWrong: wentWrong ? [outcome] : [],
    };
  });
};

const learned = (facts: readonly RiskFact[], from?: RiskLearned): RiskLearner => {
  const learner = new RiskLearner(from);
  for (const fact of facts) learner.learn(fact);
  return learner;
};
const probability = (learner: RiskLearner, values: RiskValues): number => learner.assess(values)?.probability ?? Number.NaN;
/** As it is kept and read again. */
const kept = (learner: RiskLearner): RiskLearned => JSON.parse(JSON.stringify(learner.model)) as RiskLearned;

describe('what is learned of orders that went wrong', () => {
  it('says nothing before enough is known, and then about what happens, rising with what raises it', () => {
    expect(learned(factsOf(20)).assess(usualValues)).toBeUndefined();
    const learner = learned(factsOf(200));
    expect(probability(learner, valuesOf(0, 0))).toBeGreaterThan(0.01);
    expect(probability(learner, valuesOf(0, 0))).toBeLessThan(0.1);
    expect(probability(learner, valuesOf(3, 1))).toBeGreaterThan(0.35);
    for (const within of [1, 2, 3])
      expect(probability(learner, valuesOf(within, 0))).toBeGreaterThan(probability(learner, valuesOf(within - 1, 0)));
    expect(learner.assess(valuesOf(3, 0))?.contributions[0]).toMatchObject({ feature: 'orders-within-hour' });
  });

  it('is the same from the same log, wherever it paused and was read again', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 719 }), { maxLength: 3 }), fc.integer({ min: 1, max: 50 }), (pauses, seed) => {
        const facts = factsOf(90, { seed });
        const cuts = [0, ...pauses.toSorted((a, b) => a - b), facts.length];
        const inParts = cuts.slice(1).reduce((before, cut, n) => kept(learned(facts.slice(cuts[n], cut), before)), kept(new RiskLearner()));
        expect(inParts).toEqual(kept(learned(facts)));
      }),
      { numRuns: 8 },
    ));

  it('never falls as what raises it rises, even where the log says so', () => {
    const learner = learned(factsOf(100, { riskOf: ([within]) => 0.4 - 0.1 * (within ?? 0) }));
    const risks = [0, 1, 2, 3].map((within) => probability(learner, valuesOf(within, 0)));
    expect(risks).toEqual(risks.toSorted((a, b) => a - b));
  });

  it('is not learned from orders whose money was never promised, and goes on after them', () => {
    const facts = factsOf(100).map((fact) => ({ ...fact, isTaken: false }));
    expect(learned(facts).model).toMatchObject({ orders: 0, position: facts.at(-1)?.position, trials: [] });
  });

  it('forgets: what happened a year ago counts half, so that a change is learned', () => {
    const changed = learned(factsOf(700, { perDay: 3, riskOf: (_, day) => (day < 350 ? 0.4 : 0.05) }));
    expect(probability(changed, usualValues)).toBeLessThan((0.4 + 0.05) / 2 - 0.03);
  });

  it('takes no more room, however many kinds of orders there are', () => {
    const facts = factsOf(200, { perDay: 40 }).map((fact, n) => ({
      ...fact,
      values: fact.values.map((value, f) => (f === 4 ? n % 8_000 : value)),
    }));
    const { cells } = learned(facts.slice(0, 4_000)).model.cells;
    expect(cells.length).toBeLessThanOrEqual(3_000);
    expect(cells.length).toBeGreaterThan(2_500);
  });

  it('counts what was foretold when orders were judged beside what became of them, month by month', () => {
    const facts = factsOf(120).map((fact) => ({ ...fact, foretold: 2_000 }));
    const { months, outcomes, wentWrong } = learned(facts).model;
    expect(months.map(({ month }) => month)).toEqual(['2026-01', '2026-02', '2026-03', '2026-04']);
    expect(months[0]).toMatchObject({ orders: 248, foretold: expect.closeTo(49.6) as number });
    expect(months.reduce((sum, month) => sum + month.wentWrong, 0)).toBe(wentWrong);
    expect(outcomes).toEqual({ chargeback: wentWrong, undelivered: 0, 'cancelled-by-customer': 0, 'money-back': 0 });
  });
});
