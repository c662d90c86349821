import { linesOf, rules } from './brokering.fixture';
import { policyOf, type RoutingPolicy } from './policy';
import type { Fork } from './fork';
import type { OrderSide } from './fork-outcome';
import { Past, sumsOf, type PastPlace } from './past.fixture';

const cost = {
  currency: 'GBP',
  halfCost: 500,
  handling: { L0: 500, L1: 50 },
  rates: [
    { upToKm: 50, amount: 300 },
    { upToKm: 1_000, amount: 400 },
  ],
};
const policy = (over: Partial<RoutingPolicy>) => ({ rules: { ...policyOf(rules), ...over }, version: 'routing@2' });
const mug = linesOf(['MUG', 1]);
const pastOf = (...places: readonly PastPlace[]): Past => new Past(places, { ...rules, cost });
const locationsOf = ({ fulfillments }: OrderSide): readonly string[] => fulfillments.map(({ location }) => location);
const ends = (fork: Fork) => [...fork.outcomes()].map(({ before, now }) => [locationsOf(before), locationsOf(now)]);

describe('a fork of the past', () => {
  it('by other rules says what it would have cost, how far, and from where, against what was', () => {
    const past = pastOf({ stock: [5, 5] }, { stock: [5, 5] });
    past.confirm(mug);
    past.confirm(mug);
    const weights = { ...rules.weights, distance: 0, cost: 100 };
    const fork = past.forked({ rules: '2' }, policy({ cost, weights }));
    expect(ends(fork)).toEqual([
      [['L0'], ['L1']],
      [['L0'], ['L1']],
    ]);
    expect(sumsOf(fork.outcomes())).toMatchObject({
      before: { orders: 2, fulfillments: 2, km: 0, costs: [{ currency: 'GBP', amount: 1_600 }] },
      now: { orders: 2, fulfillments: 2, km: 222.4, costs: [{ currency: 'GBP', amount: 900 }] },
    });
  });

  it('with stock where there was none ships what was split from one location, and what was short', () => {
    const past = pastOf({ stock: [1, 0] }, { stock: [0, 1] });
    past.confirm(linesOf(['MUG', 1], ['TEE', 1]));
    past.allocate(0);
    past.allocate(1);
    past.confirm(mug);
    const fork = past.forked({ stock: [{ sku: 'MUG', location: 'L1', units: 5 }] });
    expect(ends(fork)).toEqual([
      [['L0', 'L1'], ['L1']],
      [[], ['L0']],
    ]);
    const { before, now } = sumsOf(fork.outcomes());
    expect([before.split, before.short, before.unfilledUnits, now.split, now.short]).toEqual([1, 1, 1, 0, 0]);
  });

  it('with less stock leaves short what was shipped', () => {
    const past = pastOf({ stock: [1, 0] });
    past.confirm(mug);
    expect(ends(past.forked({ stock: [{ sku: 'MUG', location: 'L0', units: -1 }] }))).toEqual([[['L0'], []]]);
  });

  it('offers what really came later to those that wait in the fork alone, the first that waited first', () => {
    const past = pastOf({ stock: [1, 0] }, { stock: [0, 0] });
    past.confirm(mug);
    past.allocate(0);
    past.receive(1, 0, 1);
    past.confirm(mug);
    past.allocate(1);
    past.receive(1, 1, 3);
    past.confirm(linesOf(['TEE', 1]));
    const fork = past.forked({ closed: ['L0'] });
    expect(ends(fork)).toEqual([
      [['L0'], ['L1']],
      [['L1'], []],
      [['L1'], ['L1']],
    ]);
  });

  it('makes what was offered to those that waited again: from elsewhere, or not at all, as it is in the fork', () => {
    const past = pastOf({ stock: [0, 0] }, { stock: [0, 0] });
    past.confirm(mug);
    past.receive(0, 0, 1);
    expect(ends(past.forked())).toEqual([[['L0'], ['L0']]]);
    expect(ends(past.forked({ closed: ['L0'] }))).toEqual([[['L0'], []]]);
    expect(ends(past.forked({ stock: [{ sku: 'MUG', location: 'L1', units: 1 }], closed: ['L0'] }))).toEqual([[['L0'], ['L1']]]);
  });

  it('with a location closed sends its work elsewhere, for a day that the next is full on', () => {
    const past = pastOf({ stock: [5, 0] }, { stock: [5, 0], capacity: 1 });
    past.confirm(mug);
    past.confirm(mug);
    const fork = past.forked({ closed: ['L0'] }, policy({ planAheadDays: 1 }));
    expect([...fork.outcomes()].map(({ now }) => now.fulfillments.map(({ location, workDay }) => [location, workDay]))).toEqual([
      [['L1', '2026-11-23']],
      [['L1', '2026-11-24']],
    ]);
    expect(sumsOf(fork.outcomes())).toMatchObject({ before: { daysToBegin: 0 }, now: { daysToBegin: 1 } });
  });

  it('with less capacity lets orders wait, and asks again when a day begins', () => {
    const past = pastOf({ stock: [5, 0] });
    past.confirm(mug);
    past.confirm(mug);
    const capacity = [{ location: 'L0', perDay: 1 }];
    expect(ends(past.forked({ capacity, to: '2026-11-23T20:00:00.000Z' }))).toEqual([
      [['L0'], ['L0']],
      [['L0'], []],
    ]);
    const [, second] = [...past.forked({ capacity, to: '2026-11-24T12:00:00.000Z' }).outcomes()];
    expect(second?.now.fulfillments).toMatchObject([{ location: 'L0', workDay: '2026-11-24' }]);
  });

  it('in which a fulfilment is the same, what became of it becomes of it; of others nobody knows, and they go through', () => {
    const past = pastOf({ stock: [5, 0] }, { stock: [5, 0] }, { stock: [5, 0] });
    past.confirm(mug);
    past.stop(0);
    expect(ends(past.forked({ stock: [{ sku: 'TEE', location: 'L2', units: 1 }] }))).toEqual([[['L1'], ['L1']]]);
    expect(ends(past.forked({ closed: ['L0'] }))).toEqual([[['L1'], ['L1']]]);
    expect(ends(past.forked({ closed: ['L1'] }))).toEqual([[['L1'], ['L2']]]);
  });

  it('does not take for back on the shelf what was never taken off it', () => {
    const past = pastOf({ stock: [1, 0] }, { stock: [1, 0] });
    past.confirm(mug);
    past.confirm(linesOf(['MUG', 2]));
    expect(ends(past.forked({ rules: '2' }, policy({ filter: { except: ['L0'] } })))[1]).toEqual([['L0', 'L1'], []]);
    const preferred = policy({ preference: ['L1'], weights: { ...rules.weights, preference: 500 } });
    expect(ends(past.forked({ rules: '2' }, preferred))[1]).toEqual([['L0', 'L1'], []]);
  });

  it('gives a location what it was refused, where it has it', () => {
    const past = pastOf({ stock: [1, 0] }, { stock: [9, 0] });
    past.confirm(mug);
    past.confirm(mug);
    past.allocate(0);
    past.allocate(1);
    expect(ends(past.forked())).toEqual([
      [['L0'], ['L0']],
      [['L1'], ['L1']],
    ]);
    expect(ends(past.forked({ stock: [{ sku: 'MUG', location: 'L0', units: 1 }] }))[1]).toEqual([['L1'], ['L0']]);
  });

  it('says what each location has to do on each of its days', () => {
    const past = pastOf({ stock: [5, 0] }, { stock: [5, 0] });
    past.confirm(mug);
    past.confirm(mug);
    const fork = past.forked({ capacity: [{ location: 'L0', perDay: 1 }] });
    expect(sumsOf(fork.outcomes()).dayUses((location) => fork.capacityOf(location))).toEqual([
      { location: 'L0', day: '2026-11-23', before: 2, now: 1, capacity: 1 },
      { location: 'L1', day: '2026-11-23', before: 0, now: 1 },
    ]);
  });
});
