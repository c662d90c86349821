import { drawsOf } from '@cartage/shipping/carrier-learning';
import fc from 'fast-check';
import { Cells } from '../input/cells';
import { lossOf, methodsOf, type Chooser } from './methods';
import { handoverOf, type Handover } from './reading';
import { lived, type Chosen } from './replay';
import { World, type WorldTerms } from './world';

const terms = { perDayLate: 2, perLost: 50, floor: 0.05, bound: 0.1 };
const worldTerms: WorldTerms = { seed: 1, periodDays: 28, least: 2, dueDays: 3, lostAfter: 20 };

const handover = (change: Partial<Handover> = {}): Handover => ({
  ...{ lane: 'LDN>GB', service: 'post', cost: 4, day: 0, due: undefined, end: 'delivered', days: 2 },
  ...change,
});

/** Two services over so many days, two parcels a day; `daysOf` says how long each takes. */
const history = (days: number, daysOf: (day: number, service: string) => number): readonly Handover[] =>
  Array.from({ length: days * 2 }, (_, n) => {
    const [day, service] = [Math.floor(n / 2), n % 2 === 0 ? 'post' : 'vans'];
    return handover({ day, service, cost: service === 'post' ? 4 : 6, days: daysOf(day, service) });
  });

const chosenBy = (all: readonly Handover[], from: number, name = 'learned by lane') => {
  const world = new World(all, worldTerms);
  const method = methodsOf({ terms, seed: 1, from: world.handovers[from]?.day ?? 0 }).find((each) => each.name === name);
  const chosen: Chosen[] = [];
  if (method) lived(world, from, method.begin(), (each) => void chosen.push(each));
  return chosen;
};

describe('a row of a parcel', () => {
  const read = (row: Readonly<Record<string, string>>) =>
    handoverOf(new Cells((column) => ({ lane: 'a', service: 'b', cost: '1', handed_over_at: '2026-01-05', ...row })[column]));

  it('has an end, that may be empty where it is clear', () => {
    expect(read({ delivered_at: '2026-01-07' })).toMatchObject({ end: 'delivered', days: 2 });
    expect(read({})).toMatchObject({ end: 'open', days: undefined });
    expect(read({ outcome: 'Lost' })).toMatchObject({ end: 'lost', days: undefined });
    expect(read({ outcome: 'returned', delivered_at: '2026-01-15' })).toMatchObject({ end: 'returned', days: 10 });
  });

  it.each([
    [{ outcome: 'eaten' }, 'is none of delivered and lost'],
    [{ outcome: 'delivered' }, 'is empty, and the outcome is delivered'],
    [{ outcome: 'open', delivered_at: '2026-01-07' }, 'is open, and there is a delivered_at'],
    [{ delivered_at: '2026-01-04' }, 'is before handed_over_at'],
    [{ cost: '-1' }, 'is less than 0'],
  ])('that says %j cannot be used', (row, why) => expect(() => read(row)).toThrow(why));
});

describe('what parcels could have become', () => {
  const all = [...history(60, (_, service) => (service === 'post' ? 6 : 1)), handover({ day: 90 })];

  it('is by its own service what it became, and by another what that made of others there and then', () => {
    const ways = new World(all, worldTerms).decision(0)?.ways;
    expect(ways).toEqual([
      { service: 'post', cost: 4, fate: { end: 'delivered', days: 6 } },
      { service: 'vans', cost: 6, fate: { end: 'delivered', days: 1 } },
    ]);
  });

  it('is nothing where too few went by another service, or on another lane', () => {
    expect(new World(all, { ...worldTerms, least: 29 }).decision(0)).toBeUndefined();
    expect(new World([handover(), ...all.map((each) => ({ ...each, lane: 'PAR>FR' }))], worldTerms).decision(0)).toBeUndefined();
  });

  it('leaves out those that are too young for the slow ones to be known, and loses what never came', () => {
    const world = new World([...all, handover({ day: 75, end: 'open', days: undefined })], worldTerms);
    expect([world.handovers.length, world.tooYoung]).toEqual([120, 2]);
    expect(world.fateOf(handover({ end: 'open', days: undefined }))).toEqual({ end: 'lost', days: 20 });
  });

  it('is late by the day on which it was due, and costs that, but never more than a lost one', () => {
    const world = new World(all, worldTerms);
    const of = (change: Partial<Handover>, days: number) => world.daysLate(handover(change), { end: 'delivered', days });
    expect([of({}, 3), of({}, 5), of({ day: 7, due: 8 }, 5), of({}, 400)]).toEqual([0, 2, 4, 20]);
    const late = (daysLate: number) => lossOf(4, { day: 0, end: 'delivered', daysLate }, terms);
    expect([late(0), late(3), late(40), lossOf(4, { day: 0, end: 'lost', daysLate: 0 }, terms)]).toEqual([4, 10, 54, 54]);
  });
});

describe('a history that is lived through', () => {
  it('tells of a parcel on the day after it ended, and never before', () => {
    const log: string[] = [];
    const listening: Chooser = {
      choose: ({ handover: { day } }) => `${log.push(`asked on ${day}`) > 0 ? 'vans' : ''}`,
      heard: (_, service, { day }) => void log.push(`${service} ended on ${day}`),
    };
    const all = [...history(40, (_, service) => (service === 'post' ? 9 : 4)), handover({ day: 80 })];
    lived(new World(all, worldTerms), 0, listening, () => undefined);
    const at = (line: string) => log.indexOf(line);
    expect(at('vans ended on 4')).toBeLessThan(at('asked on 5'));
    expect(at('vans ended on 4')).toBeGreaterThan(at('asked on 4'));
    expect(log.filter((line) => line.startsWith('post'))).toEqual([]);
  });

  it('looks into no future: whatever comes in later periods, it was chosen the same before', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.nat(1000), (period, seed) => {
        const random = drawsOf(String(seed));
        const all = history(150, () => 1 + Math.floor(random() * 7));
        const day = period * worldTerms.periodDays;
        const others = all.map((each) => (each.day < day ? each : { ...each, cost: each.cost * 3, days: 12, end: 'lost' as const }));
        const before = (of: readonly Handover[]) =>
          chosenBy([...of, handover({ day: 200 })], 20)
            .filter((each) => each.handover.day < day)
            .map(({ n, way }) => [n, way]);
        expect(before(others)).toEqual(before(all));
        expect(before(all).length).toBeGreaterThan(0);
      }),
      { numRuns: 10 },
    ));

  it('finds that the post became slow, where the fixed best goes on with it', () => {
    const all = [...history(300, (day, service) => (service === 'post' && day >= 120 ? 9 : 2)), handover({ day: 330 })];
    const lateOf = (name: string) =>
      chosenBy(all, 100, name).filter(({ way, handover: { day } }) => day > 200 && way.service === 'post').length;
    expect(lateOf('fixed best service')).toBe(198);
    expect(lateOf('learned by lane')).toBeLessThan(20);
  });

  it('costs, where nothing changes, no more than the fixed best and its bound', () => {
    const random = drawsOf('steady');
    const all = [...history(300, (_, service) => (service === 'post' ? 1 + Math.floor(random() * 6) : 2)), handover({ day: 330 })];
    const costOf = (name: string) => chosenBy(all, 100, name).reduce((sum, { way, outcome }) => sum + lossOf(way.cost, outcome, terms), 0);
    expect(costOf('learned by lane')).toBeLessThanOrEqual(costOf('fixed best service') * (1 + terms.bound));
  });
});
