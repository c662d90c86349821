import fc from 'fast-check';
import { linesOf, rules } from './brokering.fixture';
import { Hindsight, noHindsight, withBatch, type HindsightBatch } from './hindsight';
import { Past, type PastPlace } from './past.fixture';
import { policyOf } from './policy';
import { faultOf, isBetter, valueOf } from './sourcing';
import { sourcedWell } from './sourcing-heuristic';

const cost = {
  currency: 'GBP',
  halfCost: 500,
  handling: {},
  rates: [
    { upToKm: 50, amount: 300 },
    { upToKm: 1_000, amount: 400 },
  ],
};
const batchesOf = (past: Past, minutes: number): readonly HindsightBatch[] => {
  const hindsight = new Hindsight(minutes, { cost });
  past.forked({ rules: '2' }, { rules: { ...policyOf(rules), cost }, version: 'routing@2' }, hindsight);
  return hindsight.take();
};
const costs = (batch: HindsightBatch) => [valueOf(batch.problem, batch.now), valueOf(batch.problem, sourcedWell(batch.problem))];

describe('hindsight', () => {
  it('sees what an order took that another needed more', () => {
    const past = new Past([{ stock: [1, 1] }, { stock: [1, 0] }], rules);
    past.confirm(linesOf(['MUG', 1]));
    past.allocate(0);
    past.confirm(linesOf(['MUG', 1], ['TEE', 1]));
    const [batch, ...others] = batchesOf(past, 10);
    expect(others).toEqual([]);
    expect(batch && costs(batch)).toMatchObject([
      { unfilled: 0, fulfillments: 3, cost: 1_000 },
      { unfilled: 0, fulfillments: 2, cost: 700 },
    ]);
  });

  it('decides together what was decided within some minutes, and nothing else', () => {
    const past = new Past([{ stock: [9, 9] }], rules);
    for (let n = 0; n < 40; n += 1) past.confirm(linesOf(['MUG', 1]));
    expect(batchesOf(past, 1).map(({ problem }) => problem.orders.length)).toEqual([30, 10]);
    expect(batchesOf(past, 60).map(({ problem }) => problem.orders.length)).toEqual([40]);
  });

  it('counts what was done as the best where nothing better is found', () => {
    const past = new Past([{ stock: [9, 9] }], rules);
    past.confirm(linesOf(['MUG', 1]));
    const [batch] = batchesOf(past, 10);
    if (!batch) throw new Error('There is no batch.');
    const worse = { value: { unfilled: 1, fulfillments: 0, cost: 0 }, isOptimal: false };
    const done = { unfilled: 0, fulfillments: 1, cost: 300 };
    expect(withBatch(noHindsight(10, { cost }), batch, worse)).toMatchObject({ batches: 1, exact: 0, orders: 1, now: done, best: done });
  });

  const units = fc.integer({ min: 0, max: 4 });
  const place: fc.Arbitrary<PastPlace> = fc.record(
    { stock: fc.tuple(units, units), capacity: fc.integer({ min: 1, max: 3 }) },
    { requiredKeys: ['stock'] },
  );
  const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 0, max: 2 }), fc.boolean()), {
    minLength: 1,
    maxLength: 8,
  });
  it('what was done can be done in its problem, so that the best is never worse', () =>
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 4 }), steps, (places, orders) => {
        const past = new Past(places, { ...rules, cost });
        for (const [mugs, tees, isTaken] of orders) {
          past.confirm(linesOf(['MUG', mugs], ['TEE', Math.max(1, tees)]));
          if (isTaken) past.allocate(0);
        }
        for (const { problem, now } of batchesOf(past, 60)) {
          expect(faultOf(problem, now)).toBeUndefined();
          const found = sourcedWell(problem);
          expect(faultOf(problem, found)).toBeUndefined();
          const { best } = withBatch(noHindsight(60, { cost }), { problem, now }, { value: valueOf(problem, found), isOptimal: false });
          expect(isBetter(valueOf(problem, now), best)).toBe(false);
        }
      }),
      { numRuns: 80 },
    ));
});
