import { costOf, shadowPrices, sourcedWell, type SourcedPart, type SourcingOrder } from '@cartage/fulfillment-routing/sourcing';
import type { KmOf, SourcingMethod } from './methods';
import { Shelves, type Stock } from './world';

/** An order that is judged, by the day on which it came. */
export interface JudgedOrder {
  readonly order: SourcingOrder;
  readonly day: number;
}

export interface History {
  readonly orders: readonly JudgedOrder[];
  readonly stock: Stock;
  readonly batchSize: number;
  readonly unfilledCost: number;
  readonly kmOf: KmOf;
}

/** What became of one order. */
export interface OrderResult {
  readonly day: number;
  /** Of what was shipped, or of that it was not. */
  readonly cost: number;
  readonly fulfillments: number;
  readonly km: number;
}

export interface MethodResult {
  readonly name: string;
  readonly version: string;
  readonly isBaseline: boolean;
  readonly orders: readonly OrderResult[];
}

const resultOf = ({ kmOf, unfilledCost }: History, { order, day }: JudgedOrder, parts: readonly SourcedPart[]): OrderResult => ({
  ...{ day, fulfillments: parts.length, cost: parts.length === 0 ? unfilledCost : costOf(order, parts) },
  km: parts.reduce((sum, { location }) => sum + kmOf(order, location), 0),
});

/** Batches in the order of time, each of one day: nobody waits overnight for others. */
export const batchesOf = ({ orders, batchSize }: Pick<History, 'orders' | 'batchSize'>): readonly (readonly JudgedOrder[])[] => {
  const batches: JudgedOrder[][] = [];
  for (const one of orders) {
    const last = batches.at(-1);
    if (last !== undefined && last.length < batchSize && last[0]?.day === one.day) last.push(one);
    else batches.push([one]);
  }
  return batches;
};

/** Ships one batch after the other, each on what those before it left. */
export const lived = async (history: History, method: SourcingMethod): Promise<MethodResult> => {
  const [shelves, results] = [new Shelves(history.stock), [] as OrderResult[]];
  for (const members of batchesOf(history)) {
    const orders = members.map(({ order }) => order);
    const batch = { problem: shelves.problemOf(orders), stock: shelves.stock, day: members[0]?.day ?? 0 };
    const plan = await method.plan(batch);
    shelves.take(orders, plan);
    results.push(...members.map((member, i) => resultOf(history, member, plan[i] ?? [])));
  }
  const { name, version, isBaseline } = method;
  return { name, version, isBaseline, orders: results };
};

export const totalCost = ({ orders }: Pick<MethodResult, 'orders'>): number => orders.reduce((sum, { cost }) => sum + cost, 0);

/** More orders than this are not all put into one plan. */
const MOST_TOGETHER = 3_000;

/** All orders at once, as if they had been known beforehand: a good plan, by the heuristic. */
export const allAtOnce = (history: History): MethodResult | undefined => {
  if (history.orders.length > MOST_TOGETHER) return undefined;
  const orders = history.orders.map(({ order }) => order);
  const plan = sourcedWell(new Shelves(history.stock).problemOf(orders));
  return { ...named, orders: history.orders.map((one, i) => resultOf(history, one, plan[i] ?? [])) };
};

const named = { name: 'known beforehand', version: '1', isBaseline: false } as const;
const BOUND_ROUNDS = 300;

/** What no plan can be below, whoever knew everything. */
export const boundOf = ({ orders, stock, unfilledCost }: History): number =>
  shadowPrices({ orders: orders.map(({ order }) => ({ order, times: 1 })), stock, unfilledCost }, { rounds: BOUND_ROUNDS }).bound;

/** Of several the cheapest, by the name of who knew everything. */
export const bestOf = (found: readonly (MethodResult | undefined)[]): MethodResult => {
  const sorted = found.flatMap((each) => each ?? []).toSorted((a, b) => totalCost(a) - totalCost(b));
  return { ...named, orders: sorted[0]?.orders ?? [] };
};
