import fc from 'fast-check';
import { AdaptiveShare } from './adaptive-share';
import { DayTable } from './day-table';
import { learnedLeadTimes, lookupTable, type Lane } from './index';
import { nodesOf } from './lane';
import { SortedWindow } from './sorted-window';

const home: Lane = { origin: 'GB-LS1', destination: 'GB-M1', service: 'express', weekday: 1 };
const abroad: Lane = { ...home, destination: 'FR-75001' };
const days = fc.array(fc.nat(40), { minLength: 1, maxLength: 80 });

describe('a lane', () => {
  it('is part of wider levels, down to itself by its service', () =>
    expect(nodesOf(home).map(({ level }) => level)).toEqual([
      'all',
      'service',
      'weekday',
      'origin',
      'destination',
      'countries',
      'places',
      'lane',
    ]));

  it('has no level that says no more than the one before it', () =>
    expect(nodesOf({ origin: 'GB', destination: 'FR', weekday: 1 }).map(({ level }) => level)).toEqual([
      'all',
      'weekday',
      'origin',
      'destination',
      'countries',
    ]));
});

describe('days in order', () => {
  it('are asked for the k-th of n, k from the share of n + 1', () => {
    const window = new SortedWindow();
    const table = new DayTable();
    for (const each of [5, 1, 4, 2, 3, 9, 7, 8, 6]) for (const to of [window, table]) to.add(each);
    for (const to of [window, table]) expect([to.atMost(0.1), to.atMost(0.5), to.atMost(0.85), to.atMost(0.99)]).toEqual([1, 5, 9, 9]);
  });

  it('forget the oldest of a window, and say nothing where nothing came', () => {
    const window = new SortedWindow(2);
    expect([window.atMost(0.5), new DayTable().atMost(0.5)]).toEqual([undefined, undefined]);
    for (const each of [9, 1, 2]) window.add(each);
    expect([window.size, window.atMost(0.99)]).toEqual([2, 2]);
  });

  it('are the same in a table as in a window', () =>
    fc.assert(
      fc.property(days, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (values, share) => {
        const [window, table] = [new SortedWindow(), new DayTable()];
        for (const each of values) for (const to of [window, table]) to.add(each);
        expect(table.atMost(share)).toBe(window.atMost(share));
      }),
    ));
});

describe('the share that is asked for', () => {
  it('rises by nine steps for a late promise of ten, and falls by one for each that was kept', () => {
    const share = new AdaptiveShare(0.9);
    for (let n = 0; n < 100; n += 1) share.promise();
    share.learn(true);
    // A step is 0.1 by 100 open promises, and by 99 for the next.
    expect(share.now).toBeCloseTo(0.9 + 0.9 * 0.001, 9);
    for (let n = 0; n < 9; n += 1) share.learn(false);
    expect(share.now).toBeCloseTo(0.9, 3);
  });

  it('moves little for each of many that are open, and never by more than a little', () => {
    const [few, many] = [new AdaptiveShare(0.9), new AdaptiveShare(0.9)];
    for (let n = 0; n < 10_000; n += 1) many.promise();
    for (const share of [few, many]) share.learn(true);
    expect(few.now - 0.9).toBeCloseTo(0.0045, 9);
    expect(many.now - 0.9).toBeCloseTo(0.000009, 9);
  });

  it('stays inside its range, whatever happens', () =>
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 3000 }), (late) => {
        const share = new AdaptiveShare(0.9);
        for (const each of late) share.learn(each);
        expect(share.now).toBeGreaterThanOrEqual(0.3);
        expect(share.now).toBeLessThanOrEqual(0.995);
      }),
      { numRuns: 20 },
    ));
});

describe.each([lookupTable, learnedLeadTimes])('a promise by $name', (method) => {
  const taught = (share: number, ...taken: readonly (readonly [Lane, number])[]) => {
    const model = method.begin(share);
    for (const [lane, each] of taken) model.delivered(lane, each);
    return model;
  };

  it('is none where nothing was delivered', () =>
    expect(method.begin(0.9).quote(home)).toMatchObject({ days: undefined, from: { level: 'nothing', deliveries: 0, share: 0.9 } }));

  it('is what it always took', () => {
    const model = taught(0.9, ...Array.from({ length: 200 }, () => [home, 3] as const));
    expect(model.quote(home).days).toBe(3);
    expect(model.quote(home).from).toMatchObject({ method: method.name, version: '1', deliveries: 200 });
  });

  it('leans on what stands above, where a lane was never seen', () => {
    const model = taught(0.5, ...Array.from({ length: 200 }, () => [abroad, 9] as const));
    expect(model.quote({ ...home, origin: 'GB-EH1', destination: 'FR-1' }).days).toBe(9);
  });

  it('never falls as the share grows, and is a whole day, 0 or later', () =>
    fc.assert(
      fc.property(days, (values) => {
        const model = taught(0.8, ...values.map((each, n) => [n % 2 === 0 ? home : abroad, each] as const), [home, 2]);
        const within = [0.3, 0.5, 0.8, 0.9, 0.99].map((share) => model.quote(home).within(share) ?? -1);
        expect(within).toEqual(within.toSorted((a, b) => a - b));
        for (const each of within) expect(Number.isInteger(each) && each >= 0).toBe(true);
      }),
    ));
});

/** Of the usual thing a thousand times, with a few days of chance, from a seed. */
const life = (share: number, daysAt: (n: number, chance: number) => number) => {
  const model = learnedLeadTimes.begin(share);
  let [state, late, judged] = [1, 0, 0];
  for (let n = 0; n < 3000; n += 1) {
    state = (state * 48_271) % 2_147_483_647;
    const taken = daysAt(n, state / 2_147_483_647);
    const { days: promised } = model.quote(home);
    model.promised(home);
    model.delivered(home, taken);
    if (promised === undefined) continue;
    model.settled(home, taken > promised);
    if (n < 500) continue;
    judged += 1;
    if (taken > promised) late += 1;
  }
  return late / judged;
};

describe('the share of promises that is kept', () => {
  it('is the one that was asked for, of a lane that stays as it is', () =>
    expect(life(0.9, (_, chance) => 2 + 30 * chance)).toBeCloseTo(0.1, 1));

  it('is the one that was asked for, of a lane that becomes twice as slow', () =>
    expect(Math.abs(life(0.9, (n, chance) => (n < 1500 ? 1 : 2) * (5 + 30 * chance)) - 0.1)).toBeLessThan(0.03));
});

describe('what is learned of a lane', () => {
  it('is its own place, service and origin, not another’s', () => {
    const model = learnedLeadTimes.begin(0.5);
    for (let n = 0; n < 300; n += 1) {
      model.delivered(home, 2);
      model.delivered(abroad, 10);
    }
    const [near = 0, far = 0] = [model.quote(home).days, model.quote(abroad).days];
    expect(near).toBeLessThanOrEqual(4);
    expect(far).toBeGreaterThanOrEqual(8);
    expect(model.quote(abroad).from).toMatchObject({ level: 'lane', deliveries: 300 });
  });
});
