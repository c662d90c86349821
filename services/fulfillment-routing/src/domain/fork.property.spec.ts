import fc from 'fast-check';
import { linesOf, rules } from './brokering.fixture';
import { policyOf } from './policy';
import { Past, sumsOf, type PastPlace } from './past.fixture';

const units = fc.integer({ min: 0, max: 4 });
const place: fc.Arbitrary<PastPlace> = fc.record(
  { stock: fc.tuple(units, units), capacity: fc.integer({ min: 1, max: 3 }) },
  { requiredKeys: ['stock'] },
);
type Step = (past: Past) => void;
const nth = fc.nat({ max: 12 });
const lines = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }))
  .filter(([mugs, tees]) => mugs + tees > 0)
  .map(([mugs, tees]) =>
    linesOf(
      ...(
        [
          ['MUG', mugs],
          ['TEE', tees],
        ] as const
      ).filter(([, quantity]) => quantity > 0),
    ),
  );

const confirmed: fc.Arbitrary<Step> = lines.map((wanted) => (past) => past.confirm(wanted));
const anything: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: confirmed, weight: 3 },
  nth.map(
    (n): Step =>
      (past) =>
        past.allocate(n),
  ),
  nth.map(
    (n): Step =>
      (past) =>
        past.stop(n),
  ),
  nth.map(
    (n): Step =>
      (past) =>
        past.pickShort(n),
  ),
  nth.map(
    (n): Step =>
      (past) =>
        past.cancel(n),
  ),
  nth.map(
    (n): Step =>
      (past) =>
        past.askAgain(n),
  ),
  fc.tuple(nth, fc.nat({ max: 1 }), units).map(
    ([n, sku, more]): Step =>
      (past) =>
        past.receive(n, sku, more),
  ),
);
const cost = {
  currency: 'GBP',
  halfCost: 500,
  handling: { L1: 90 },
  rates: [
    { upToKm: 150, amount: 300 },
    { upToKm: 1_000, amount: 400 },
  ],
};
const pastOf = (step: fc.Arbitrary<Step>, places = fc.array(place, { minLength: 1, maxLength: 4 })): fc.Arbitrary<Past> =>
  fc.tuple(places, fc.array(step, { minLength: 1, maxLength: 20 })).map(([at, steps]) => {
    const past = new Past(at, { ...rules, cost });
    steps.forEach((each) => each(past));
    return past;
  });
const outcomesOf = (fork: ReturnType<Past['forked']>) => [...fork.outcomes()];
const overrides = fc.record({
  stock: fc.array(
    fc.record({ sku: fc.constantFrom('MUG', 'TEE'), location: fc.constantFrom('L0', 'L1', 'L2'), units: fc.integer({ min: -3, max: 5 }) }),
    { maxLength: 3 },
  ),
  capacity: fc.array(
    fc.record({ location: fc.constantFrom('L0', 'L1'), perDay: fc.integer({ min: 0, max: 4 }) }, { requiredKeys: ['location'] }),
    { maxLength: 2 },
  ),
  closed: fc.subarray(['L0', 'L1']),
});

it('a fork in which nothing is otherwise is what was, whatever happened', () =>
  fc.assert(
    fc.property(pastOf(anything), (past) => {
      const outcomes = outcomesOf(past.forked());
      expect(outcomes.filter(({ isSame }) => !isSame)).toEqual([]);
      for (const { orderId, now } of outcomes) {
        const state = past.stateOf(orderId);
        const standing = [...(state?.fulfillments.values() ?? [])].filter(
          (one) => !['refused', 'rejected', 'cancelled'].includes(one.status),
        );
        expect(now.fulfillments.map(({ location }) => location)).toEqual(
          standing.filter((one) => one.lines.length > 0).map(({ location }) => location),
        );
      }
    }),
    { numRuns: 80 },
  ));

it('nor is it otherwise by the same rules under another name, or with stock of what nobody wants', () =>
  fc.assert(
    fc.property(pastOf(anything), (past) => {
      const policy = { rules: policyOf({ ...rules, cost }), version: 'routing@7' };
      const fork = past.forked({ rules: '7', stock: [{ sku: 'HAT', location: 'L0', units: 5 }] }, policy);
      expect(outcomesOf(fork).filter(({ isSame }) => !isSame)).toEqual([]);
    }),
    { numRuns: 30 },
  ));

it('the same fork gives the same answer to the byte', () =>
  fc.assert(
    fc.property(pastOf(anything), overrides, (past, over) =>
      expect(JSON.stringify(outcomesOf(past.forked(over)))).toBe(JSON.stringify(outcomesOf(past.forked(over)))),
    ),
    { numRuns: 20 },
  ));

it('whatever is otherwise, each unit is shipped once, waits, or was cancelled: none comes up and none is lost', () =>
  fc.assert(
    fc.property(pastOf(anything), overrides, (past, over) => {
      for (const { before, now } of past.forked(over).outcomes()) {
        const sum = (side: typeof now): number => side.unfilled + side.fulfillments.reduce((all, one) => all + one.units, 0);
        expect(sum(now)).toBe(sum(before));
      }
    }),
    { numRuns: 80 },
  ));

it('with more stock never more orders of one unit are short', () => {
  const single = fc.constantFrom('MUG', 'TEE').map(
    (sku): Step =>
      (past) =>
        past.confirm(linesOf([sku, 1])),
  );
  const unlimited = fc.array(fc.record({ stock: fc.tuple(units, units) }), { minLength: 1, maxLength: 4 });
  const taken = nth.map(
    (n): Step =>
      (past) =>
        past.allocate(n),
  );
  fc.assert(
    fc.property(
      pastOf(fc.oneof(single, taken), unlimited),
      fc.constantFrom('MUG', 'TEE'),
      fc.integer({ min: 1, max: 5 }),
      (past, sku, more) => {
        const { before, now } = sumsOf(past.forked({ stock: [{ sku, location: 'L0', units: more }] }).outcomes());
        expect(now.short).toBeLessThanOrEqual(before.short);
      },
    ),
    { numRuns: 80 },
  );
});
