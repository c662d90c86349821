import { drawsOf } from '@cartage/shipping/carrier-learning';
import { learnedLeadTimes, lookupTable } from '@cartage/order/lead-times';
import fc from 'fast-check';
import { FIXED, methodsOf } from '../carrier/methods';
import type { Handover } from '../carrier/reading';
import { World } from '../carrier/world';
import type { SentPast, Shipment } from './parcels';
import { transitsOf, type TransitTerms } from './transit';

const loss = { perDayLate: 2, perLost: 50, floor: 0.05, bound: 0.1 };
const PERIOD_DAYS = 28;

const handover = (change: Partial<Handover> = {}): Handover => ({
  ...{ lane: 'LDN>GB', service: 'post', cost: 4, day: 0, due: undefined, end: 'delivered', days: 2 },
  ...change,
});

/** Two services over so many days, two parcels a day; `daysOf` says how long each takes. The last one is so late that nobody is too young. */
const history = (days: number, daysOf: (day: number, service: string) => number): readonly Handover[] => [
  ...Array.from({ length: days * 2 }, (_, n) => {
    const [day, service] = [Math.floor(n / 2), n % 2 === 0 ? 'post' : 'vans'];
    return handover({ day, service, cost: service === 'post' ? 4 : 6, days: daysOf(day, service) });
  }),
  handover({ day: days + 40 }),
];

const sent = (all: readonly Handover[], from: number, shipments: readonly Shipment[]): SentPast => {
  const world = new World(all, { seed: 1, periodDays: PERIOD_DAYS, least: 2, dueDays: 3, lostAfter: 20 });
  return { world, from, shipments };
};
const inTurn = (from: number, orders: number): readonly Shipment[] =>
  Array.from({ length: orders }, (_, n) => ({ order: String(n), parcel: from + n, turn: 0 }));

const played = (past: SentPast, { learned = false, parcels = 1 }: { readonly learned?: boolean; readonly parcels?: number } = {}) => {
  const methods = methodsOf({ terms: loss, seed: 1, from: past.world.handovers[past.from]?.day ?? 0 });
  const carriers = methods.find(({ name, isBaseline }) => (learned ? !isBaseline : name === FIXED));
  if (carriers === undefined) throw new Error('There is no such method.');
  const terms: TransitTerms = { carriers, promises: learned ? learnedLeadTimes : lookupTable, share: 0.9, loss };
  return [...transitsOf(past, terms, () => parcels).values()];
};
const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

describe('orders on their way, on lanes and days of parcels of the past', () => {
  it('become what the parcel became where there is nothing to choose, at what is usual, promised by what was known', () => {
    const all = [...Array.from({ length: 60 }, (_, day) => handover({ day, days: day === 50 ? 9 : 2 })), handover({ day: 100 })];
    const transits = played(sent(all, 40, inTurn(40, 20)));
    expect(transits[0]).toEqual({ promisedDays: 2, days: 2, isLate: false, price: 1, lateness: 0 });
    expect(transits[10]).toEqual({ promisedDays: 2, days: 9, isLate: true, price: 1, lateness: 3 });
  });

  it('cost as much more or less than is usual as the service that was chosen, and arrive when its parcels did', () => {
    const all = history(60, (_, service) => (service === 'post' ? 3 : 1));
    expect(new Set(played(sent(all, 60, inTurn(60, 40))).map(({ price, days }) => `${price} of usual, ${days} days`))).toEqual(
      new Set(['0.8 of usual, 3 days']),
    );
  });

  it('are there when the last of their parcels is, and cost what these cost on average', () => {
    const random = drawsOf('days');
    const past = sent(
      history(80, () => 1 + Math.floor(random() * 8)),
      60,
      inTurn(60, 90),
    );
    const [one, three] = [played(past), played(past, { parcels: 3 })];
    expect(mean(three.map(({ days = 0 }) => days))).toBeGreaterThan(mean(one.map(({ days = 0 }) => days)) + 1);
    expect(mean(three.map(({ price }) => price))).toBeCloseTo(mean(one.map(({ price }) => price)), 9);
  });

  it('are late, and never there, where a parcel is lost', () => {
    const all = [...Array.from({ length: 60 }, (_, day) => handover({ day })), handover({ day: 60, end: 'lost', days: undefined })];
    const [transit] = played(sent([...all, handover({ day: 100 })], 60, inTurn(60, 1)));
    expect(transit).toMatchObject({ promisedDays: 2, days: undefined, isLate: true, lateness: 12.5 });
  });

  it('do not go at all where nothing of them is shipped: nobody learns of them', () => {
    const past = sent(
      history(60, () => 2),
      60,
      inTurn(60, 40),
    );
    expect(played(past, { parcels: 0 })).toEqual([]);
  });

  it('leave the post once it is known to be slow, where the fixed best goes on with it; promises that learn are late less often', () => {
    const past = sent(
      history(300, (day, service) => (service === 'post' && day >= 120 ? 9 : 2)),
      200,
      inTurn(200, 380),
    );
    const [fixed, learned] = [played(past), played(past, { learned: true })].map((each) => each.slice(200));
    expect(mean(fixed?.map(({ days = 0 }) => days) ?? [])).toBe(9);
    expect(mean(learned?.map(({ days = 0 }) => days) ?? [])).toBeLessThan(3);
  });

  it('look into no future: whatever comes in later periods, they went and were promised the same before', () =>
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4 }), fc.nat(1000), fc.boolean(), (period, seed, learned) => {
        const random = drawsOf(String(seed));
        const all = history(150, () => 1 + Math.floor(random() * 7));
        const day = period * PERIOD_DAYS;
        const others = all.map((each) => (each.day < day ? each : { ...each, cost: each.cost * 3, days: 12, end: 'lost' as const }));
        const before = (of: readonly Handover[]) => played(sent(of, 20, inTurn(20, 2 * day - 20)), { learned, parcels: 2 });
        expect(before(others)).toEqual(before(all));
      }),
      { numRuns: 10 },
    ));
});
