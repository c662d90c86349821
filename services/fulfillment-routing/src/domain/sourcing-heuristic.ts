import { piecesOf } from '@cartage/contracts';
import {
  costOf,
  partsAt,
  SourcingLedger,
  type SourcedPart,
  type SourcingOrder,
  type SourcingPlace,
  type SourcingPlan,
  type SourcingProblem,
} from './sourcing';

/** So many of the cheapest locations that have anything of it are combined. */
const LOOKED_AT = 12;
/** Sets of locations that are tried for one order. */
const MOST_SETS = 300;
/** Rounds in which each order may find something better. */
const ROUNDS = 4;
/** Orders that one may push out. */
const RIVALS = 8;

/** A computation that can be left between two steps. */
type Steps<Result> = Generator<undefined, Result>;

interface Sourced {
  readonly parts: readonly SourcedPart[];
  readonly cost: number;
}

const wholeCost = ({ lines }: SourcingOrder, { cost, perUnit = [] }: SourcingPlace): number =>
  lines.reduce((sum, { quantity }, l) => sum + quantity * (perUnit[l] ?? 0), cost);

/** The cheapest for all of an order first. */
const byCost =
  (order: SourcingOrder) =>
  (a: SourcingPlace, b: SourcingPlace): number =>
    wholeCost(order, a) - wholeCost(order, b) || (a.location < b.location ? -1 : 1);

const placesFor = (order: SourcingOrder, ledger: SourcingLedger, without?: string): readonly SourcingPlace[] =>
  order.places
    .filter(({ location }) => location !== without && ledger.hasRoom(location))
    .filter(({ location }) =>
      order.lines.some((line) => piecesOf(line).every(({ sku, quantity }) => ledger.unitsAt(location, sku) >= quantity)),
    )
    .toSorted(byCost(order))
    .slice(0, LOOKED_AT);

const cheaper = (a: Sourced | undefined, b: Sourced): Sourced => (a && a.cost <= b.cost ? a : b);

/** What the units of an order add to the cost at the least, whichever of these locations ship them. */
const leastForUnits = ({ lines }: SourcingOrder, places: readonly SourcingPlace[]): number =>
  lines.reduce((sum, { quantity }, l) => sum + quantity * Math.min(...places.map(({ perUnit }) => perUnit?.[l] ?? 0)), 0);

/** The cheapest set of locations that ships all of an order, of what is left; the sets are tried the cheapest locations first. */
const cheapestFor = (order: SourcingOrder, ledger: SourcingLedger, without?: string): Sourced | undefined => {
  const places = placesFor(order, ledger, without);
  const least = leastForUnits(order, places);
  let [best, tried]: [Sourced | undefined, number] = [undefined, 0];
  const look = (from: number, chosen: readonly SourcingPlace[], cost: number): void => {
    for (let i = from; i < places.length && tried < MOST_SETS; i += 1) {
      const place = places[i] as SourcingPlace;
      const total = cost + place.cost;
      if (best && total + least >= best.cost) continue;
      const set = [...chosen, place];
      tried += 1;
      const parts = partsAt(
        order,
        set.map(({ location }) => location),
        ledger,
      );
      if (parts) best = cheaper(best, { parts, cost: costOf(order, parts) });
      if (set.length < order.maxSplit) look(i + 1, set, total);
    }
  };
  look(0, [], 0);
  return best;
};

/** What an order loses when its best location is taken by others. */
const regretOf = (order: SourcingOrder, ledger: SourcingLedger): number => {
  const best = cheapestFor(order, ledger);
  if (!best) return -1;
  const second = cheapestFor(order, ledger, best.parts[0]?.location);
  return second ? second.cost - best.cost : Number.MAX_SAFE_INTEGER;
};

/** Orders and what they have been given. */
class Sourcing {
  readonly plan: (readonly SourcedPart[])[];
  private readonly ledger: SourcingLedger;
  /** By location, which orders it ships. */
  private readonly shipping = new Map<string, Set<number>>();

  constructor(private readonly problem: SourcingProblem) {
    this.plan = problem.orders.map(() => []);
    this.ledger = new SourcingLedger(problem);
  }

  /** Whoever loses most comes first. */
  *fill(): Steps<void> {
    const { orders } = this.problem;
    const regrets: number[] = [];
    for (const order of orders) {
      regrets.push(regretOf(order, this.ledger));
      yield;
    }
    const turns = orders.map((_, i) => i).sort((a, b) => (regrets[b] ?? 0) - (regrets[a] ?? 0) || a - b);
    for (const i of turns) {
      this.source(i);
      yield;
    }
  }

  /** Each order once more on what the others leave, and then in the place of another that finds something else; true where any of it was better. */
  *improve(): Steps<boolean> {
    let isBetter = false;
    for (let i = 0; i < this.plan.length; i += 1) {
      if (this.reconsider(i) || this.pushOut(i)) isBetter = true;
      yield;
    }
    return isBetter;
  }

  private order(i: number): SourcingOrder {
    return this.problem.orders[i] as SourcingOrder;
  }

  private costNow(i: number): number {
    const parts = this.plan[i] ?? [];
    return parts.length > 0 ? costOf(this.order(i), parts) : Infinity;
  }

  private source(i: number): void {
    this.set(i, cheapestFor(this.order(i), this.ledger)?.parts ?? []);
  }

  private set(i: number, parts: readonly SourcedPart[]): void {
    for (const { location } of this.plan[i] ?? []) this.shipping.get(location)?.delete(i);
    for (const { location } of parts) this.shipping.set(location, (this.shipping.get(location) ?? new Set()).add(i));
    this.ledger.giveBack(this.order(i), this.plan[i] ?? []);
    this.ledger.take(this.order(i), parts);
    this.plan[i] = parts;
  }

  private reconsider(i: number): boolean {
    const [before, cost] = [this.plan[i] ?? [], this.costNow(i)];
    this.set(i, []);
    const found = cheapestFor(this.order(i), this.ledger);
    const isBetter = found !== undefined && found.cost < cost;
    this.set(i, isBetter ? found.parts : before);
    return isBetter;
  }

  private pushOut(i: number): boolean {
    return this.rivalsOf(i).some((j) => this.swap(i, j));
  }

  /** Both are sourced anew, this one first; kept where both are shipped that were, and it costs less, or one more is shipped. */
  private swap(i: number, j: number): boolean {
    const before = [this.plan[i] ?? [], this.plan[j] ?? []] as const;
    const [mine, other] = [this.costNow(i), this.costNow(j)];
    this.set(i, []);
    this.set(j, []);
    this.source(i);
    this.source(j);
    const isShipped = this.costNow(i) < Infinity && this.costNow(j) < Infinity;
    if (isShipped && (mine === Infinity || this.costNow(i) + this.costNow(j) < mine + other)) return true;
    this.set(i, []);
    this.set(j, before[1]);
    this.set(i, before[0]);
    return false;
  }

  /** Whoever ships from where this one would be cheaper, and has there what it needs; the cheapest such locations first. */
  private rivalsOf(i: number): readonly number[] {
    const [order, cost] = [this.order(i), this.costNow(i)];
    const wanted = order.places.filter((place) => place.cost < cost).toSorted(byCost(order));
    const rivals = new Set<number>();
    for (const { location } of wanted.slice(0, LOOKED_AT))
      for (const j of this.shipping.get(location) ?? [])
        if (rivals.size < RIVALS && j !== i && (this.problem.rooms.has(location) || sharesGoods(order, this.order(j)))) rivals.add(j);
    return [...rivals];
  }
}

const skusOf = ({ lines }: SourcingOrder): readonly string[] => lines.flatMap((line) => piecesOf(line).map(({ sku }) => sku));

const sharesGoods = (a: SourcingOrder, b: SourcingOrder): boolean => {
  const wanted = new Set(skusOf(a));
  return skusOf(b).some((sku) => wanted.has(sku));
};

/**
 * A good plan in a time that grows little faster than the number of orders: the most regretted first, then improved by one and by two. The same for the same problem.
 * Between two steps others may have their turn.
 */
export function* sourcingSteps(problem: SourcingProblem): Steps<SourcingPlan> {
  const sourcing = new Sourcing(problem);
  yield* sourcing.fill();
  for (let round = 0; round < ROUNDS; round += 1) if (!(yield* sourcing.improve())) break;
  return sourcing.plan;
}

/** All steps at once. */
export const sourcedWell = (problem: SourcingProblem): SourcingPlan => {
  const steps = sourcingSteps(problem);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
};
