import {
  SourcingLedger,
  isBetter,
  valueOf,
  type SourcedPart,
  type SourcingOrder,
  type SourcingPlan,
  type SourcingProblem,
  type SourcingValue,
} from './sourcing';

const codes = ['A', 'B', 'C'] as const;
const skus = ['MUG', 'TEE'] as const;
/** Numbers that look made up at random, and are the same for the same seed. */
const numbersFrom = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const orderAt = (n: number, below: (most: number) => number): SourcingOrder => {
  const [mugs, tees] = [below(3), below(3)];
  const places = codes.filter((_, i) => i === n % 3 || below(3) > 0).map((location) => ({ location, cost: 1 + below(9) }));
  const lines = [
    { lineId: '1', sku: 'MUG', quantity: mugs },
    { lineId: '2', sku: 'TEE', quantity: mugs + tees === 0 ? 1 : tees },
  ];
  return { id: `o${n}`, maxSplit: 1 + below(3), places, lines: lines.filter(({ quantity }) => quantity > 0) };
};

/** Up to three orders over three locations: few enough to try all there is. */
export const tinyProblem = (seed: number): SourcingProblem => {
  const below = numbersFrom(seed);
  return {
    orders: Array.from({ length: 1 + below(3) }, (_, n) => orderAt(n, below)),
    stock: new Map(codes.map((code) => [code, new Map(skus.map((sku) => [sku, below(3)]))])),
    rooms: new Map(codes.filter(() => below(2) > 0).map((code) => [code, below(3)])),
  };
};

/** The same with places at which each unit of each line has a cost of its own. */
export const tinyWeighed = (seed: number): SourcingProblem => {
  const below = numbersFrom(seed + 1);
  const { orders, ...rest } = tinyProblem(seed);
  const weighed = orders.map(({ places, ...order }) => ({
    ...order,
    places: places.map((place) => ({ ...place, perUnit: order.lines.map(() => below(5)) })),
  }));
  return { orders: weighed, ...rest };
};

/** All ways to give a number of units to so many locations. */
const waysOf = (units: number, places: number): readonly (readonly number[])[] =>
  places === 1
    ? [[units]]
    : Array.from({ length: units + 1 }, (_, taken) => waysOf(units - taken, places - 1).map((rest) => [taken, ...rest])).flat();

/** All ways to ship an order, what is there or not; the first is not to. */
const waysToShip = ({ lines, places, maxSplit }: SourcingOrder): readonly (readonly SourcedPart[])[] => {
  const perLine = lines.map(({ quantity }) => waysOf(quantity, places.length));
  const all = perLine.reduce<readonly (readonly (readonly number[])[])[]>(
    (before, ways) => before.flatMap((chosen) => ways.map((way) => [...chosen, way])),
    [[]],
  );
  const shipped = all.map((chosen) =>
    places
      .map(({ location }, p) => ({
        location,
        lines: lines.flatMap(({ lineId }, l) => ((chosen[l]?.[p] ?? 0) > 0 ? [{ lineId, quantity: chosen[l]?.[p] ?? 0 }] : [])),
      }))
      .filter((part) => part.lines.length > 0),
  );
  return [[], ...shipped.filter((parts) => parts.length <= maxSplit)];
};

/** The best of all plans that there are. */
export const bestByForce = (problem: SourcingProblem): SourcingValue => {
  const ledger = new SourcingLedger(problem);
  const ways = problem.orders.map(waysToShip);
  let best: SourcingValue | undefined;
  const plan: (readonly SourcedPart[])[] = problem.orders.map(() => []);
  const look = (i: number): void => {
    const order = problem.orders[i];
    if (!order) {
      const value = valueOf(problem, plan as SourcingPlan);
      if (!best || isBetter(value, best)) best = value;
      return;
    }
    for (const parts of ways[i] ?? []) {
      ledger.take(order, parts);
      plan[i] = parts;
      if (ledger.overdrawn() === undefined) look(i + 1);
      ledger.giveBack(order, parts);
    }
  };
  look(0);
  return best ?? valueOf(problem, []);
};
