import { brokerOrder, evidence, location, rules, told } from './brokering.fixture';
import { broker } from './brokering';
import { tried as triedOne, untried, type RoutingTrial } from './back-test';
import { factsOf, linesOf, requestOf } from './brokering.fixture';
import type { DecisionRecord } from './events';
import type { LocationFacts } from './facts';
import { policyOf, type RoutingPolicy } from './policy';
import type { CostTable, RoutingRules } from './rules';

const cost: CostTable = {
  currency: 'GBP',
  halfCost: 500,
  handling: { store: 900, FAR: 50 },
  rates: [
    { upToKm: 50, amount: 300 },
    { upToKm: 1_000, amount: 400 },
  ],
};
const cheapest = { ...rules, cost, weights: { ...rules.weights, distance: 0, cost: 100 } };
const near = location('NEAR', [9, 9], { kind: 'store' });
const far = location('FAR', [9, 9], { latitude: 55 });

const recordOf = (by: RoutingRules, locations: readonly LocationFacts[]): DecisionRecord => {
  const [brokered] = told(brokerOrder({ ...evidence(10, locations), rules: by }));
  if (brokered?.type !== 'OrderBrokered') throw new Error('Nothing was decided.');
  return brokered.data;
};
const tried = (by: RoutingPolicy, version: string, records: readonly DecisionRecord[]): RoutingTrial =>
  records.reduce((trial, record) => triedOne(trial, by, record), untried(version));
const policy = (over: Partial<RoutingPolicy> = {}): RoutingPolicy => ({ ...policyOf(rules), ...over });

describe('the score', () => {
  const decide = (by: RoutingRules, locations: readonly LocationFacts[] = [near, far]) =>
    broker(by, requestOf(linesOf(['MUG', 1])), factsOf(linesOf(['MUG', 1]), locations));

  it('counts what handling and carriage are estimated to cost, where the rules have a table', () => {
    expect(decide(rules).assignments).toMatchObject([{ location: 'NEAR' }]);
    const { assignments, candidates } = decide(cheapest);
    expect(assignments).toMatchObject([{ location: 'FAR' }]);
    expect(candidates.map((one) => [one.location, one.cost])).toEqual([
      ['FAR', 450],
      ['NEAR', 1_200],
    ]);
  });

  it('counts the place in the order of preference', () =>
    expect(decide({ ...rules, preference: ['FAR', 'store'], weights: { ...rules.weights, preference: 200 } }).assignments).toMatchObject([
      { location: 'FAR' },
    ]));

  it('leaves out whom the rules leave out, by name', () =>
    expect(decide({ ...rules, filter: { kinds: ['warehouse'], except: ['FAR'] } })).toMatchObject({
      because: 'short',
      candidates: [{ refusal: 'filtered' }, { refusal: 'filtered' }],
    }));
});

describe('a trial of rules on recorded decisions', () => {
  it('by the same rules changes nothing', () =>
    expect(tried(policy(), 'routing@1', [recordOf(rules, [near, far])])).toMatchObject({ decisions: 1, unchanged: 1, examples: [] }));

  it('says what it would have cost, how far, and which locations, against what was', () => {
    const result = tried(policy({ cost, weights: cheapest.weights }), 'routing@2', [recordOf(rules, [near, far])]);
    expect(result).toMatchObject({
      unchanged: 0,
      before: { fulfillments: 1, km: 0, cost: 1_200 },
      now: { fulfillments: 1, km: 389.2, cost: 450 },
      examples: [{ before: ['NEAR'], now: ['FAR'] }],
    });
  });

  it('may pick a location that was ranked too low to be looked at closely', () => {
    const narrow = { ...rules, shortlist: 1 };
    const record = recordOf(narrow, [near, far]);
    expect([record.candidates.length, record.others?.map((one) => one.location)]).toEqual([1, ['FAR']]);
    const result = tried(policy({ filter: { except: ['NEAR'] } }), 'routing@2', [record]);
    expect(result.examples).toMatchObject([{ before: ['NEAR'], now: ['FAR'] }]);
  });

  it('weighs what was weighed then, and estimates only what each location ships', () => {
    const known = evidence(10, [location('A', [2, 0]), location('B', [0, 1])]);
    const [brokered] = told(brokerOrder({ ...known, facts: { ...known.facts, weights: [900, 300] } }));
    if (brokered?.type !== 'OrderBrokered') throw new Error('Nothing was decided.');
    const byWeight: CostTable = {
      currency: 'GBP',
      halfCost: 500,
      handling: {},
      handlingPerUnit: { A: 5 },
      rates: [{ amount: 100, perKg: 10 }],
    };
    const result = tried(policy({ cost: byWeight }), 'routing@2', [brokered.data]);
    expect([result.before.cost, result.now.cost]).toEqual([100 + 20 + 2 * 5 + 100 + 10, 240]);
  });

  it('counts splits, and what would not have been shipped', () => {
    const records = [recordOf(rules, [location('A', [2, 0]), location('B', [0, 1])])];
    const result = tried(policy({ maxSplit: 1 }), 'routing@2', records);
    expect([result.before.split, result.now.split, result.now.unfilled]).toEqual([1, 0, 1]);
  });
});
