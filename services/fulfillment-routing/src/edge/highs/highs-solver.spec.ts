import fc from 'fast-check';
import { sourcing } from '../../app/sourcing';
import { faultOf, isBetter, valueOf, type SourcingProblem } from '../../domain/sourcing';
import { sourcedWell } from '../../domain/sourcing-heuristic';
import { bestByForce, tinyProblem, tinyWeighed } from '../../domain/sourcing.fixture';
import { highsSolver } from './highs-solver';

const solver = highsSolver();
afterAll(() => solver.close());
const pause = async (): Promise<void> => undefined;
const source = sourcing(solver, pause);

/** Orders of one unit each over so many locations, none of which has much. */
const many = (orders: number, locations: number): SourcingProblem => ({
  orders: Array.from({ length: orders }, (_, n) => ({
    id: String(n),
    maxSplit: 2,
    lines: [{ lineId: '1', sku: `S${n % 5}`, quantity: 1 + (n % 2) }],
    places: Array.from({ length: locations }, (__, p) => ({ location: `L${p}`, cost: 300 + ((n * 37 + p * 91) % 400) })),
  })),
  stock: new Map(
    Array.from({ length: locations }, (_, p) => [`L${p}`, new Map(Array.from({ length: 5 }, (__, s) => [`S${s}`, (p + s) % 4]))]),
  ),
  rooms: new Map([['L0', 2]]),
});

it('is as good as the best of all plans that there are, and can be carried out', () =>
  fc.assert(
    fc.asyncProperty(fc.oneof(fc.nat().map(tinyProblem), fc.nat().map(tinyWeighed)), async (asked) => {
      const { plan, value, isOptimal } = await source(asked);
      expect(isOptimal).toBe(true);
      expect(faultOf(asked, plan)).toBeUndefined();
      const { unfilled, cost } = bestByForce(asked);
      expect(value).toMatchObject({ unfilled, cost });
    }),
    { numRuns: 15 },
  ));

it('is never worse than the heuristic, and the same each time', async () => {
  const asked = many(10, 4);
  const [first, again] = [await source(asked), await source(asked)];
  const good = valueOf(asked, sourcedWell(asked));
  expect(first.isOptimal).toBe(true);
  expect(isBetter(good, first.value)).toBe(false);
  expect(again).toEqual(first);
});

it('leaves what is large to the heuristic, and goes on after its thread was ended', async () => {
  const large = many(200, 20);
  expect(await source(large)).toMatchObject({ isOptimal: false, value: valueOf(large, sourcedWell(large)) });
  await solver.close();
  expect((await source(many(4, 3))).isOptimal).toBe(true);
});

it('takes an answer that never comes for none', async () => {
  const asked = many(4, 3);
  const answer = solver.solve(asked);
  await solver.close();
  expect(await answer).toBeUndefined();
  expect(await sourcing({ solve: async () => undefined }, pause)(asked)).toMatchObject({ isOptimal: false });
});
