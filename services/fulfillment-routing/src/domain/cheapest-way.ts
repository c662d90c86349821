import { piecesOf, wholeUnits } from '@cartage/contracts';
import type { SourcedPart, SourcingOrder, SourcingPlace, SourcingProblem } from './sourcing';

export const at = (values: ReadonlyMap<string, ReadonlyMap<string, number>>, location: string, sku: string): number =>
  values.get(location)?.get(sku) ?? 0;

/** What a unit costs beside carriage. */
export type PriceOf = (location: string, sku: string) => number;

/** Of one unit of a line, with its parts. */
export const priceOfLine = (
  { lines }: SourcingOrder,
  location: string,
  { l, priceOf }: { readonly l: number; readonly priceOf: PriceOf },
): number => {
  const line = lines[l];
  return line ? piecesOf(line).reduce((sum, { sku, quantity }) => sum + quantity * priceOf(location, sku), 0) : 0;
};

/** What an order is given at the least cost, and what that is. */
export interface Choice {
  readonly cost: number;
  readonly parts: readonly SourcedPart[];
}

/** Of one line of an order from one place: units that the shelf holds of it, and what each of them costs. */
interface Offer {
  readonly units: number;
  readonly each: number;
}

/** What a set of places comes to so far: their fixed costs, and of each line its offers. */
interface Look {
  readonly set: readonly number[];
  readonly fixed: number;
}

/**
 * The cheapest way for one order if it had all shelves for itself, each unit at its price: by all sets of locations, the cheapest first. What does not hang on prices is
 * looked up once.
 */
export class CheapestWay {
  private readonly places: readonly SourcingPlace[];
  /** By place and line, without prices. */
  private readonly shelves: readonly (readonly Offer[])[];
  private readonly unfilledCost: number;
  /** By place and line. */
  private offers: readonly (readonly Offer[])[] = [];
  private least = 0;
  private best: { cost: number; set: readonly number[] } = { cost: 0, set: [] };

  constructor(
    private readonly order: SourcingOrder,
    { stock, unfilledCost }: { readonly stock: SourcingProblem['stock']; readonly unfilledCost: number },
  ) {
    const offersAt = (place: SourcingPlace): readonly Offer[] =>
      order.lines.map((line, l) => ({
        units: wholeUnits(line, (sku) => at(stock, place.location, sku)),
        each: place.perUnit?.[l] ?? 0,
      }));
    const known = order.places.toSorted((a, b) => a.cost - b.cost).map((place) => ({ place, offers: offersAt(place) }));
    const any = known.filter(({ offers }) => offers.some(({ units }) => units > 0));
    this.places = any.map(({ place }) => place);
    this.shelves = any.map(({ offers }) => offers);
    this.unfilledCost = unfilledCost;
  }

  at(priceOf: PriceOf): Choice {
    const { lines } = this.order;
    this.offers = this.shelves.map((offers, p) =>
      offers.map(({ units, each }, l) => ({
        units,
        each: units > 0 ? each + priceOfLine(this.order, this.places[p]?.location ?? '', { l, priceOf }) : each,
      })),
    );
    this.least = lines.reduce((sum, { quantity }, l) => sum + quantity * this.leastOf(l), 0);
    this.best = { cost: this.unfilledCost, set: [] };
    this.look(0, { set: [], fixed: 0 });
    const { cost, set } = this.best;
    return { cost, parts: set.length === 0 ? [] : this.partsOf(set) };
  }

  private leastOf(l: number): number {
    return Math.min(...this.offers.map((offers) => (offers[l]?.units ? offers[l].each : Infinity)));
  }

  private look(from: number, { set, fixed }: Look): void {
    for (let p = from; p < this.places.length; p += 1) {
      const total = fixed + (this.places[p]?.cost ?? Infinity);
      // Those that follow cost no less.
      if (total + this.least >= this.best.cost) return;
      this.consider(p, { set: [...set, p], fixed: total });
    }
  }

  /** This set, and those that hold it and a dearer location. */
  private consider(p: number, { set, fixed }: Look): void {
    const cost = this.order.lines.reduce((sum, _, l) => sum + this.costOfLine(l, set), fixed);
    if (cost < this.best.cost) this.best = { cost, set };
    if (set.length < this.order.maxSplit) this.look(p + 1, { set, fixed });
  }

  /** From the cheapest of these that hold any, then from the next; endless where together they hold too few. */
  private costOfLine(l: number, set: readonly number[]): number {
    let [open, cost] = [this.order.lines[l]?.quantity ?? 0, 0];
    for (const p of this.byCost(l, set)) {
      const { units, each } = this.offers[p]?.[l] ?? { units: 0, each: 0 };
      const taken = Math.min(open, units);
      [open, cost] = [open - taken, cost + taken * each];
    }
    return open > 0 ? Infinity : cost;
  }

  private byCost(l: number, set: readonly number[]): readonly number[] {
    return set.length === 1 ? set : set.toSorted((a, b) => (this.offers[a]?.[l]?.each ?? 0) - (this.offers[b]?.[l]?.each ?? 0));
  }

  private partsOf(set: readonly number[]): readonly SourcedPart[] {
    const parts = new Map(set.map((p) => [p, [] as { lineId: string; quantity: number }[]]));
    this.order.lines.forEach(({ lineId, quantity }, l) => {
      let open = quantity;
      for (const p of this.byCost(l, set)) {
        const taken = Math.min(open, this.offers[p]?.[l]?.units ?? 0);
        if (taken > 0) parts.get(p)?.push({ lineId, quantity: taken });
        open -= taken;
      }
    });
    return [...parts].map(([p, lines]) => ({ location: this.places[p]?.location ?? '', lines })).filter(({ lines }) => lines.length > 0);
  }
}
