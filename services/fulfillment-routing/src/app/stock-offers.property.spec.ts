import fc from 'fast-check';
import type { LineQuantity } from '@cartage/contracts';
import { routingOn, type Bench } from './stock-offers.fixture';

const SKUS = ['MUG', 'TEE', 'CAP'];
/** Each SKU has a place of its own, and levels that rise. */
type Step =
  | { readonly sku: number; readonly revision: number; readonly available: number }
  | { readonly opened: number }
  | { readonly order: number; readonly lines: readonly LineQuantity[] };

/** There comes enough for all orders, or nothing. */
const ENOUGH = 100;
const levels = fc
  .tuple(...SKUS.map(() => fc.record({ rises: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 2 }), comes: fc.boolean() })))
  .map((all) =>
    all.flatMap(({ rises, comes }, sku): readonly Step[] =>
      (comes ? [0, ...rises, ENOUGH] : [0, ...rises.map(() => 0)]).map((_, i, each) => ({
        ...{ sku, revision: i + 1 },
        available: each.slice(0, i + 1).reduce((sum, more) => sum + more, 0),
      })),
    ),
  );
/** An order is confirmed in one or two parts. */
const orders = fc
  .array(fc.array(fc.tuple(fc.nat({ max: 2 }), fc.integer({ min: 1, max: 4 }), fc.boolean()), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((all) =>
    all.flatMap((wanted, i): readonly Step[] => {
      const lines = wanted.map(([sku, quantity, isLater], n) => ({ lineId: String(n + 1), sku: SKUS[sku] ?? '', quantity, isLater }));
      const parts = [lines.filter(({ isLater }) => !isLater), lines.filter(({ isLater }) => isLater)];
      return parts.filter((part) => part.length > 0).map((part) => ({ order: i + 1, lines: part.map(({ isLater: _, ...line }) => line) }));
    }),
  );
const steps = fc.tuple(levels, orders).map(([some, more]) => [...some, ...SKUS.map((_, opened) => ({ opened })), ...more]);

const take = async (bench: Bench, step: Step): Promise<boolean> => {
  if ('order' in step) return bench.confirm(step.order, step.lines);
  if ('opened' in step) await bench.open(`L${step.opened}`);
  else await bench.receive(`L${step.sku}`, SKUS[step.sku] ?? '', step.revision, step.available);
  return true;
};

/** Whoever is too early is told again after everything else that is told. */
const endOf = async (told: readonly Step[]) => {
  const bench = routingOn();
  let early: readonly Step[] = [];
  for (const step of told) {
    const still: Step[] = [];
    for (const one of [step, ...early]) if (!(await take(bench, one))) still.push(one);
    early = still;
  }
  return Promise.all([1, 2, 3, 4].map((order) => bench.shipped(order)));
};

it('any order of levels, openings and confirmations ends in the same fulfilments', () =>
  fc.assert(
    fc.asyncProperty(
      steps.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length }))),
      async ([inOrder, shuffled]) => expect(await endOf(shuffled)).toEqual(await endOf(inOrder)),
    ),
    { numRuns: 20 },
  ));
