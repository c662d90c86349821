import {
  atShadowPrices,
  shadowPrices,
  sourcedWell,
  sourcing,
  type ExpectedOrder,
  type ShadowPrices,
  type SourcedPart,
  type SourcingOrder,
  type SourcingPlan,
  type SourcingProblem,
} from '@cartage/fulfillment-routing/sourcing';
import type { Stock } from './world';

/** Orders that are decided together, and what is there when they are. */
export interface Batch {
  readonly problem: SourcingProblem;
  /** Of everything, not of their SKUs alone. */
  readonly stock: Stock;
  /** Day of its first order. */
  readonly day: number;
}

/** A way to source orders; one is begun anew for each history. */
export interface SourcingMethod {
  readonly name: string;
  readonly version: string;
  readonly isBaseline: boolean;
  plan(batch: Batch): Promise<SourcingPlan>;
}

export type Solver = Parameters<typeof sourcing>[0];

/** Kilometres from a location to where an order goes. */
export type KmOf = (order: SourcingOrder, location: string) => number;

/** Who is nearest and has all of it; else by turns the nearest that has any of what is still wanted. Nothing where that takes more locations than may ship it. */
const fromNearest = (order: SourcingOrder, { left, kmOf }: { readonly left: Stock; readonly kmOf: KmOf }): readonly SourcedPart[] => {
  const near = order.places.map(({ location }) => location).toSorted((a, b) => kmOf(order, a) - kmOf(order, b) || (a < b ? -1 : 1));
  const unitsAt = (location: string, sku: string): number => left.get(location)?.get(sku) ?? 0;
  const whole = near.find((location) => order.lines.every(({ sku, quantity }) => unitsAt(location, sku) >= quantity));
  if (whole !== undefined) return [{ location: whole, lines: order.lines }];
  const open = new Map(order.lines.map(({ lineId, quantity }) => [lineId, quantity]));
  const parts: SourcedPart[] = [];
  for (const location of near) {
    const lines = order.lines
      .map(({ lineId, sku }) => ({ lineId, quantity: Math.min(open.get(lineId) ?? 0, unitsAt(location, sku)) }))
      .filter(({ quantity }) => quantity > 0);
    if (lines.length === 0) continue;
    parts.push({ location, lines });
    for (const { lineId, quantity } of lines) open.set(lineId, (open.get(lineId) ?? 0) - quantity);
    if ([...open.values()].every((units) => units === 0)) return parts.length <= order.maxSplit ? parts : [];
  }
  return [];
};

/** One order after the other, on what those before it left. */
const inTurn = (problem: SourcingProblem, planOf: (alone: SourcingProblem) => readonly SourcedPart[]): SourcingPlan => {
  const left = new Map([...problem.stock].map(([location, shelf]) => [location, new Map(shelf)]));
  return problem.orders.map((order) => {
    const parts = planOf({ orders: [order], stock: left, rooms: new Map() });
    for (const { location, lines } of parts)
      for (const { lineId, quantity } of lines) {
        const sku = order.lines.find((line) => line.lineId === lineId)?.sku ?? '';
        left.get(location)?.set(sku, (left.get(location)?.get(sku) ?? 0) - quantity);
      }
    return parts;
  });
};

export const nearestFirst = (kmOf: KmOf): SourcingMethod => ({
  ...{ name: 'nearest first', version: '1', isBaseline: true },
  plan: ({ problem }) =>
    Promise.resolve(inTurn(problem, ({ orders: [order], stock }) => (order ? fromNearest(order, { left: stock, kmOf }) : []))),
});

export const cheapestFirst: SourcingMethod = {
  ...{ name: 'cheapest, one by one', version: '1', isBaseline: true },
  plan: ({ problem }) => Promise.resolve(inTurn(problem, (alone) => sourcedWell(alone)[0] ?? [])),
};

const noPause = (): Promise<void> => Promise.resolve();

export type Sourced = Awaited<ReturnType<ReturnType<typeof sourcing>>>;

/** As the service decides orders that come together. */
export const batches = (solver: Solver, onSourced: (problem: SourcingProblem, sourced: Sourced) => void): SourcingMethod => ({
  ...{ name: 'batches', version: '1', isBaseline: false },
  plan: async ({ problem }) => {
    const sourced = await sourcing(solver, noPause)(problem);
    onSourced(problem, sourced);
    return sourced.plan;
  },
});

/** What may come from a day on: orders that are known, and how often each. */
export type ExpectedFrom = (day: number) => readonly ExpectedOrder[];

export interface LookingAhead {
  readonly name: string;
  readonly solver: Solver;
  readonly expectedFrom: ExpectedFrom;
  readonly unfilledCost: number;
}

/** Rounds with which prices are found anew for each batch, from those of the one before. */
const [FIRST_ROUNDS, ROUNDS] = [120, 20];

/** The same, each unit at what it is worth to those who may come. */
export const lookingAhead = ({ name, solver, expectedFrom, unfilledCost }: LookingAhead): SourcingMethod => {
  let from: ShadowPrices | undefined;
  return {
    ...{ name, version: '1', isBaseline: false },
    plan: async ({ problem, stock, day }) => {
      const expected = { orders: expectedFrom(day), stock, unfilledCost };
      from = shadowPrices(expected, from ? { rounds: ROUNDS, from } : { rounds: FIRST_ROUNDS });
      return (await sourcing(solver, noPause)(atShadowPrices(problem, from))).plan;
    },
  };
};
