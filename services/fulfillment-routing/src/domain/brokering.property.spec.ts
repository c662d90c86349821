import fc from 'fast-check';
import { broker } from './brokering';
import type { LocationFacts } from './facts';
import { factsOf, linesOf, location, requestOf, rules } from './brokering.fixture';

const skus = ['A', 'B', 'C'] as const;
const lines = fc
  .array(fc.tuple(fc.constantFrom(...skus), fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 5 })
  .map((wanted) => linesOf(...wanted));
const network = fc
  .array(
    fc.record({
      stock: fc.tuple(fc.integer({ min: -1, max: 6 }), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })),
      latitude: fc.integer({ min: 40, max: 60 }),
      active: fc.boolean(),
      load: fc.integer({ min: 0, max: 4 }),
    }),
    { maxLength: 7 },
  )
  .map((all) => all.map(({ stock, ...facts }, i) => ({ code: `L${i}`, stock, over: { ...facts, capacity: 4 } })));
const asFacts = (all: readonly { code: string; stock: readonly number[]; over: Partial<LocationFacts> }[], wanted: readonly string[]) =>
  all.map(({ code, stock, over }) =>
    location(
      code,
      wanted.map((sku) => stock[skus.indexOf(sku as 'A')] ?? 0),
      over,
    ),
  );

/** By trying every set of locations. */
const fewest = (eligible: readonly (readonly number[])[], quantities: readonly number[]): number => {
  let best = Infinity;
  for (let set = 1; set < 2 ** eligible.length; set += 1) {
    const members = eligible.filter((_, i) => set & (1 << i));
    const enough = quantities.every((quantity, i) => members.reduce((sum, stock) => sum + Math.max(0, stock[i] ?? 0), 0) >= quantity);
    if (enough) best = Math.min(best, members.length);
  }
  return best;
};

const usual = (budget: number) => ({ ...rules, searchBudget: budget });
const run = (wanted: ReturnType<typeof linesOf>, all: Parameters<typeof asFacts>[0], budget = 1_000_000) => {
  const facts = factsOf(wanted, asFacts(all, [...new Set(wanted.map(({ sku }) => sku))]));
  return { facts, decision: broker(usual(budget), requestOf(wanted), facts) };
};

it.each([
  ['searching exactly', 1_000_000],
  ['searching greedily', 0],
])('assigns every unit once, from stock that is there, to few enough locations that may ship, or nothing at all (%s)', (_, budget) => {
  fc.assert(
    fc.property(lines, network, (wanted, all) => {
      const { facts, decision } = run(wanted, all, budget);
      const { assignments, candidates, unfilled } = decision;
      expect(assignments.length <= rules.maxSplit && assignments.length > 0 === (unfilled.length === 0)).toBe(true);
      for (const line of assignments.length > 0 ? wanted : []) {
        const units = assignments.flatMap((one) => one.lines).filter(({ lineId }) => lineId === line.lineId);
        expect(units.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(line.quantity);
      }
      for (const assignment of assignments) {
        const candidate = candidates.find((one) => one.location === assignment.location);
        expect(candidate?.refusal).toBeUndefined();
        facts.skus.forEach((sku, i) => {
          const units = assignment.lines.filter((line) => line.sku === sku).reduce((sum, { quantity }) => sum + quantity, 0);
          expect(units).toBeLessThanOrEqual(Math.max(0, candidate?.available[i] ?? 0));
        });
      }
    }),
    { numRuns: 500 },
  );
});

it('never takes more locations than are needed', () => {
  fc.assert(
    fc.property(lines, network, (wanted, all) => {
      const { facts, decision } = run(wanted, all);
      const eligible = decision.candidates.filter(({ refusal }) => refusal === undefined).map(({ available }) => available);
      const quantities = facts.skus.map((sku) =>
        wanted.filter((line) => line.sku === sku).reduce((sum, { quantity }) => sum + quantity, 0),
      );
      const least = fewest(eligible, quantities);
      expect(decision.assignments.length).toBe(least <= rules.maxSplit ? least : 0);
    }),
    { numRuns: 500 },
  );
});

it('decides the same whatever order the facts come in', () => {
  fc.assert(
    fc.property(lines, network, (wanted, all) => {
      expect(run(wanted, [...all].reverse()).decision).toEqual(run(wanted, all).decision);
    }),
  );
});
