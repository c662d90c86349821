import { both, brokerOrder, evidence, location, rules, told } from './brokering.fixture';
import type { LocationFacts } from './facts';
import type { CostTable } from './rules';

const cost: CostTable = {
  currency: 'GBP',
  halfCost: 500,
  handling: { A: 100, B: 50 },
  rates: [{ from: ['A'], amount: 300 }, { from: ['B'], amount: 200 }, { amount: 250 }],
};

/** What is told of the estimates of a decision, location by location. */
const estimates = (locations: readonly LocationFacts[], by: Partial<typeof rules> = { cost }): readonly unknown[] =>
  told(brokerOrder({ ...evidence(10, locations), rules: { ...rules, ...by } })).flatMap((event) =>
    event.type === 'FulfillmentBrokered' ? [[event.data.location, event.data.estimate]] : [],
  );

describe('what shipping is estimated to cost', () => {
  it('is told beside what it would have cost from elsewhere', () =>
    expect(estimates(both)).toEqual([['A', { currency: 'GBP', cost: 400, cheapestAlone: 250, cheapestOther: 250 }]]));

  it('is compared with whoever had all of it only', () =>
    expect(estimates([location('A', [9, 9]), location('B', [9, 0], { latitude: 53 })])).toEqual([
      ['A', { currency: 'GBP', cost: 400, cheapestAlone: 400 }],
    ]));

  it('is told part by part where an order is split, and with nothing to compare it with where nobody had all of it', () =>
    expect(estimates([location('A', [9, 0]), location('B', [0, 9], { latitude: 53 })])).toEqual([
      ['A', { currency: 'GBP', cost: 400 }],
      ['B', { currency: 'GBP', cost: 250 }],
    ]));

  it('is not told where the rules know no costs', () => expect(estimates(both, {})).toEqual([['A', undefined]]));
});
