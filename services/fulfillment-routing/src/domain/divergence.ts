import { unitsBySku } from '@cartage/contracts';
import { standing, type Brokering, type Fulfillment } from './state';
import { without } from './units';
import type { StockOverride } from './fork-terms';

/** Routing hears within seconds what became of stock; what it was told of longer ago than this, it has heard. */
const HEARD_AFTER_MS = 60_000;

type Units = ReadonlyMap<string, number>;
interface Difference {
  readonly stock: Units;
  readonly load: Units;
}
const SAME: Difference = { stock: new Map(), load: new Map() };

/** Given to a location, and not taken off its shelf yet as far as was heard. */
interface Unheard {
  readonly fulfillmentId: string;
  readonly units: number;
  readonly at: number;
}

const keyOf = (location: string, what: string): string => `${location}\n${what}`;

const add = (sums: Map<string, number>, key: string, units: number): void => {
  const sum = (sums.get(key) ?? 0) + units;
  if (sum === 0) sums.delete(key);
  else sums.set(key, sum);
};

/** What a fulfilment takes of its location's stock; what was lost of it is gone in any case. */
const takenBy = (of: Fulfillment): Units => unitsBySku(without(of.lines, of.lost));

/** What the fork has more on its shelves, and more on its hands, for what becomes of this order in it. */
const differenceOf = (real: Brokering, fork: Brokering): Difference => {
  const [stock, load] = [new Map<string, number>(), new Map<string, number>()];
  for (const [state, sign] of [[real, 1] as const, [fork, -1] as const])
    for (const one of standing(state)) {
      takenBy(one).forEach((units, sku) => add(stock, keyOf(one.location, sku), sign * units));
      add(load, keyOf(one.location, one.workDay), -sign);
    }
  return { stock, load };
};

/**
 * How a fork differs from what was: stock and work of each location. What was known at a decision shows all that really came; the fork sees the same, and this beside
 * it. A fork in which all goes as it went has no difference.
 */
export class Divergence {
  private readonly stock = new Map<string, number>();
  private readonly load = new Map<string, number>();
  private readonly orders = new Map<string, Difference>();
  private readonly unheard = new Map<string, readonly Unheard[]>();
  /** Fulfilments that there are not in the fork. */
  private readonly missing = new Set<string>();

  constructor(overrides: readonly StockOverride[]) {
    for (const { location, sku, units } of overrides) add(this.stock, keyOf(location, sku), units);
  }

  /** An order is not the same in the fork any more, or has come further there or here. */
  update(orderId: string, real: Brokering, fork: Brokering): void {
    const [before, after] = [this.orders.get(orderId) ?? SAME, differenceOf(real, fork)];
    for (const what of ['stock', 'load'] as const) {
      before[what].forEach((units, key) => add(this[what], key, -units));
      after[what].forEach((units, key) => add(this[what], key, units));
    }
    this.orders.set(orderId, after);
    const kept = new Set(standing(fork).map(({ fulfillmentId }) => fulfillmentId));
    for (const { fulfillmentId } of real?.fulfillments.values() ?? [])
      if (kept.has(fulfillmentId)) this.missing.delete(fulfillmentId);
      else this.missing.add(fulfillmentId);
  }

  /** It was really given to its location. */
  given(of: Fulfillment, at: number): void {
    takenBy(of).forEach((units, sku) => {
      const key = keyOf(of.location, sku);
      this.unheard.set(key, [...this.unheardAt(key, at), { fulfillmentId: of.fulfillmentId, units, at }]);
    });
  }

  /** It has really come to nothing. */
  ended(of: Fulfillment): void {
    for (const sku of takenBy(of).keys()) {
      const key = keyOf(of.location, sku);
      const others = (this.unheard.get(key) ?? []).filter(({ fulfillmentId }) => fulfillmentId !== of.fulfillmentId);
      if (others.length > 0) this.unheard.set(key, others);
      else this.unheard.delete(key);
    }
  }

  /** So many units fewer are on a shelf than were seen before: of what was given to it, the first were taken off. */
  taken(location: string, sku: string, units: number): void {
    const key = keyOf(location, sku);
    let open = units;
    const rest: Unheard[] = [];
    for (const one of this.unheard.get(key) ?? []) {
      const heard = Math.min(open, one.units);
      open -= heard;
      if (heard < one.units) rest.push({ ...one, units: one.units - heard });
    }
    if (rest.length > 0) this.unheard.set(key, rest);
    else this.unheard.delete(key);
  }

  /** Units that the fork has more than are seen; nothing is given back that is on the shelf still. */
  stockAt(location: string, sku: string, at: number): number {
    const key = keyOf(location, sku);
    const more = this.stock.get(key) ?? 0;
    if (this.missing.size === 0) return more;
    return this.unheardAt(key, at).reduce((units, one) => (this.missing.has(one.fulfillmentId) ? units - one.units : units), more);
  }

  loadOn(location: string, day: string): number {
    return this.load.get(keyOf(location, day)) ?? 0;
  }

  private unheardAt(key: string, at: number): readonly Unheard[] {
    return (this.unheard.get(key) ?? []).filter((one) => at - one.at < HEARD_AFTER_MS);
  }
}
