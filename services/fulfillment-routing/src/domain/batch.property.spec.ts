import { unitsBySku } from '@cartage/contracts';
import fc from 'fast-check';
import { batchProblem, betterOf, comparable, gapOf, oneByOne, withPlan, type BatchMember, type FoundPlan } from './batch';
import { broker, type Assignment } from './brokering';
import { evidence, id, linesOf, location, requestOf, rules } from './brokering.fixture';
import type { Evidence } from './deciding';
import type { CostTable } from './rules';
import { faultOf, isBetter, valueOf } from './sourcing';
import { sourcedWell } from './sourcing-heuristic';

const cost: CostTable = {
  ...{ currency: 'GBP', halfCost: 500, handling: { warehouse: 50 }, handlingPerLine: { store: 35 }, handlingPerUnit: { store: 5 } },
  rates: [
    { upToKm: 60, amount: 200, perKg: 30 },
    { amount: 300, steps: [400, 2_000].map((upToGrams) => ({ upToGrams, amount: upToGrams })) },
  ],
};
const priced = { ...rules, cost };

const units = fc.integer({ min: 0, max: 3 });
const shelf = fc.record(
  {
    stock: fc.tuple(units, units),
    latitude: fc.constantFrom(51.5, 52, 54, 57),
    kind: fc.constantFrom('store', 'warehouse'),
    capacity: units,
  },
  { requiredKeys: ['stock', 'latitude', 'kind'] },
);
const shelves = fc.array(shelf, { minLength: 1, maxLength: 4 });
const wanted = fc.array(fc.tuple(units, fc.integer({ min: 1, max: 2 })), { minLength: 2, maxLength: 6 });

/** Orders that know the same of the same places. */
const membersOf = (
  places: readonly (typeof shelves extends fc.Arbitrary<infer All> ? All : never)[number][],
  orders: readonly (readonly [number, number])[],
) =>
  orders.map(([mugs, tees], n): BatchMember => {
    const lines = mugs > 0 ? linesOf(['MUG', mugs], ['TEE', tees]) : linesOf(['TEE', tees]);
    const locations = places.map(({ stock: [mug, tee], ...place }, p) => location(`L${p}`, mugs > 0 ? [mug, tee] : [tee], place));
    const known = evidence(100 + n * 10, locations, lines);
    return { orderId: id(n), request: requestOf(lines), evidence: { ...known, rules: priced, facts: { ...known.facts, weights: [350] } } };
  });

const decidedTogether = (members: readonly BatchMember[]) => {
  const problem = batchProblem(members);
  const found: FoundPlan = { plan: sourcedWell(problem), method: 'heuristic' };
  const best = betterOf(problem, found, oneByOne(members));
  return {
    problem,
    best,
    planned: withPlan(members, members, { batchId: id(9), size: members.length, method: best.method, plan: best.plan }),
  };
};

it('costs no more, and leaves no more unfilled, than one order after the other on the same stock', () =>
  fc.assert(
    fc.property(shelves, wanted, (places, orders) => {
      const members = membersOf(places, orders);
      const { problem, best } = decidedTogether(members);
      const alone = oneByOne(members);
      expect(faultOf(problem, alone)).toBeUndefined();
      expect(faultOf(problem, best.plan)).toBeUndefined();
      expect(isBetter(valueOf(problem, alone), valueOf(problem, best.plan))).toBe(false);
      expect(gapOf(problem, best) ?? 0).toBeGreaterThanOrEqual(0);
    }),
  ));

const add = (sums: Map<string, number>, key: string, units: number): void => void sums.set(key, (sums.get(key) ?? 0) + units);
const codesOf = (all: readonly { readonly location: string }[]): ReadonlySet<string> => new Set(all.map((one) => one.location));
const decidedFor = ({ request }: BatchMember, known: Evidence | undefined): readonly Assignment[] => {
  if (!known) throw new Error('It was forgotten.');
  return broker(known.rules, { ...request, ...(known.batch ? { batch: known.batch } : {}) }, known.facts).assignments;
};

it('gives no unit, and no place, to two; and each order is decided as it was planned', () =>
  fc.assert(
    fc.property(shelves, wanted, (places, orders) => {
      const members = membersOf(places, orders);
      const { best, planned } = decidedTogether(members);
      const [taken, given] = [new Map<string, number>(), new Map<string, number>()];
      members.forEach((member, i) => {
        const parts = best.plan[i] ?? [];
        const assignments = decidedFor(member, planned.get(member)?.evidence);
        if (parts.length === 0) return;
        expect(codesOf(assignments)).toEqual(codesOf(parts));
        for (const { location: at, lines } of assignments) {
          add(given, at, 1);
          for (const [sku, n] of unitsBySku(lines)) add(taken, `${at} ${sku}`, n);
        }
      });
      places.forEach(({ stock: [mug, tee], capacity = Infinity }, p) => {
        expect(taken.get(`L${p} MUG`) ?? 0).toBeLessThanOrEqual(mug);
        expect(taken.get(`L${p} TEE`) ?? 0).toBeLessThanOrEqual(tee);
        expect(given.get(`L${p}`) ?? 0).toBeLessThanOrEqual(capacity);
      });
    }),
  ));

it('compares costs of one currency alone', () => {
  const [first, second, third] = membersOf(
    [{ stock: [3, 3], latitude: 51.5, kind: 'store' }],
    [
      [1, 1],
      [1, 1],
      [1, 1],
    ],
  ) as [BatchMember, BatchMember, BatchMember];
  const inEuro = { ...second, evidence: { ...second.evidence, rules: { ...priced, cost: { ...cost, currency: 'EUR' } } } };
  const withoutCosts = { ...third, evidence: { ...third.evidence, rules } };
  expect(comparable([withoutCosts, first, inEuro])).toEqual([first]);
});
