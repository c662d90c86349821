import type { SourcingOrder, SourcingPlan, SourcingProblem } from '@cartage/fulfillment-routing/sourcing';
import type { Point } from '@cartage/contracts';
import { Trouble } from '../../client/client';
import { chanceOf } from '../../simulation/random';
import { kmBetween, rateFor, type OrderLine, type Place, type ShelfUnits, type TariffRow, type Town } from './reading';

/** An order with where it goes. */
export interface PlacedOrder {
  readonly id: string;
  readonly at: number;
  readonly destination: Point;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

/** Of towns one, by how many live there; the same for the same order. */
const drawnFrom = (towns: readonly Town[], seed: number): ((order: string) => Point | undefined) => {
  const all = towns.reduce((sum, { weight }) => sum + weight, 0);
  return (order) => {
    let left = (chanceOf(seed, 'destination', order).whole(0, 999_999) / 1_000_000) * all;
    return towns.find(({ weight }) => (left -= weight) < 0) ?? towns.at(-1);
  };
};

interface Gathering {
  readonly at: number;
  readonly bySku: Map<string, number>;
  destination: Point | undefined;
}

/** Whole orders, in the order of time; lines of one SKU are one. */
export const ordersOf = (rows: readonly OrderLine[], towns: readonly Town[], seed: number): readonly PlacedOrder[] => {
  const byId = new Map<string, Gathering>();
  for (const { order, at, sku, quantity, destination } of rows) {
    const kept = byId.get(order) ?? { at, bySku: new Map<string, number>(), destination };
    kept.destination ??= destination;
    kept.bySku.set(sku, (kept.bySku.get(sku) ?? 0) + quantity);
    byId.set(order, kept);
  }
  const destinationFor = drawnFrom(towns, seed);
  return [...byId]
    .map(([id, { at, bySku, destination = destinationFor(id) }]): PlacedOrder => {
      if (destination === undefined)
        throw new Trouble(`Nobody says where order ${id} goes: give latitude and longitude, or --destinations to draw from.`);
      return { id, at, destination, lines: [...bySku].map(([sku, quantity]) => ({ sku, quantity })) };
    })
    .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
};

export type Stock = ReadonlyMap<string, ReadonlyMap<string, number>>;

export const stockOf = (rows: readonly ShelfUnits[]): Stock => {
  const stock = new Map<string, Map<string, number>>();
  for (const { location, sku, units } of rows) {
    const shelf = stock.get(location) ?? new Map<string, number>();
    stock.set(location, shelf.set(sku, (shelf.get(sku) ?? 0) + units));
  }
  return stock;
};

export interface StockAssumption {
  /** Of what is asked for. */
  readonly share: number;
  /** At so many locations, drawn for each SKU, in equal lots. */
  readonly keptAt: number;
  readonly seed: number;
}

/** Where no file says what there is: so much of what is going to be asked for, spread without regard to where it is wanted. */
export const assumedStock = (orders: readonly PlacedOrder[], places: readonly Place[], { share, keptAt, seed }: StockAssumption): Stock => {
  const asked = new Map<string, number>();
  for (const { sku, quantity } of orders.flatMap(({ lines }) => lines)) asked.set(sku, (asked.get(sku) ?? 0) + quantity);
  return stockOf(
    [...asked].flatMap(([sku, units]) => {
      const chance = chanceOf(seed, 'kept at', sku);
      const ranked = places.map(({ location }) => ({ location, rank: chance.whole(0, 1_000_000) })).toSorted((a, b) => a.rank - b.rank);
      const at = ranked.slice(0, keptAt);
      return at.map(({ location }) => ({ location, sku, units: Math.ceil((units * share) / at.length) }));
    }),
  );
};

export interface World {
  readonly places: readonly Place[];
  readonly tariff: readonly TariffRow[];
  readonly stock: Stock;
  readonly maxSplit: number;
}

/** An order as sourcing sees it: every location that has anything of it, with what a fulfilment from there costs. */
export const sourcingOrderOf = ({ places, tariff, stock, maxSplit }: World, { id, lines, destination }: PlacedOrder): SourcingOrder => ({
  ...{ id, maxSplit, lines: lines.map((line, l) => ({ lineId: String(l + 1), ...line })) },
  places: places
    .filter(({ location }) => lines.some(({ sku }) => (stock.get(location)?.get(sku) ?? 0) > 0))
    .map((place) => {
      const { amount, perUnit } = rateFor(tariff, place.location, kmBetween(place, destination));
      return { location: place.location, cost: amount, perUnit: lines.map(() => perUnit) };
    }),
});

/** What is left while one batch after the other is shipped. */
export class Shelves {
  private readonly left: Map<string, Map<string, number>>;

  constructor(stock: Stock) {
    this.left = new Map([...stock].map(([location, shelf]) => [location, new Map(shelf)]));
  }

  get stock(): Stock {
    return this.left;
  }

  /** A batch, and as much of the stock as concerns it. */
  problemOf(orders: readonly SourcingOrder[]): SourcingProblem {
    const skus = new Set(orders.flatMap(({ lines }) => lines.map(({ sku }) => sku)));
    const stock = new Map([...this.left].map(([location, shelf]) => [location, new Map([...shelf].filter(([sku]) => skus.has(sku)))]));
    return { orders, stock, rooms: new Map() };
  }

  take(orders: readonly SourcingOrder[], plan: SourcingPlan): void {
    orders.forEach(({ lines }, i) => {
      for (const { location, lines: taken } of plan[i] ?? [])
        for (const { lineId, quantity } of taken) {
          const sku = lines.find((line) => line.lineId === lineId)?.sku ?? '';
          const shelf = this.left.get(location);
          shelf?.set(sku, (shelf.get(sku) ?? 0) - quantity);
        }
    });
  }
}
