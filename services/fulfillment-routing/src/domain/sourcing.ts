import { piecesOf, wholeUnits, type LineQuantity } from '@cartage/contracts';
import { unitsByLine } from './units';

/** A location that may ship an order, and what a fulfilment from there costs: carriage and handling, minor units. Each more that an order is split over is one more. */
export interface SourcingPlace {
  readonly location: string;
  /** Whatever it is made of. */
  readonly cost: number;
  /** What each unit of each line in turn adds to that; absent: nothing. Plans are looked for by this. */
  readonly perUnit?: readonly number[];
  /** What it really costs, where that is no straight line. Plans are judged by this. */
  readonly exactly?: (lines: SourcedPart['lines']) => number;
}

export interface SourcingOrder {
  readonly id: string;
  readonly lines: readonly LineQuantity[];
  /** At most this many locations ship it. */
  readonly maxSplit: number;
  readonly places: readonly SourcingPlace[];
}

/** Orders that are to be sourced together. */
export interface SourcingProblem {
  readonly orders: readonly SourcingOrder[];
  /** Units by location and SKU. */
  readonly stock: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Fulfilments that a location can still be given; one that is absent has no limit. */
  readonly rooms: ReadonlyMap<string, number>;
}

export interface SourcedPart {
  readonly location: string;
  readonly lines: readonly Pick<LineQuantity, 'lineId' | 'quantity'>[];
}

/** Which location ships which units, for each order in turn; one of which nothing is shipped has no part. */
export type SourcingPlan = readonly (readonly SourcedPart[])[];

/** First that as many orders as possible are shipped, then that it costs as little as possible. */
export interface SourcingValue {
  readonly unfilled: number;
  readonly fulfillments: number;
  readonly cost: number;
}

const placeAt = ({ places }: SourcingOrder, location: string): SourcingPlace =>
  places.find((place) => place.location === location) ?? { location, cost: Infinity };

/** Where each line of it stands. */
export const lineNumbers = ({ lines }: Pick<SourcingOrder, 'lines'>): ReadonlyMap<string, number> =>
  new Map(lines.map(({ lineId }, l) => [lineId, l]));

const straightCost = (order: SourcingOrder, { location, lines }: SourcedPart): number => {
  const { cost, perUnit } = placeAt(order, location);
  if (!perUnit) return cost;
  const numbers = lineNumbers(order);
  return lines.reduce((sum, { lineId, quantity }) => sum + quantity * (perUnit[numbers.get(lineId) ?? -1] ?? 0), cost);
};

/** As it is looked for. */
export const costOf = (order: SourcingOrder, parts: readonly SourcedPart[]): number =>
  parts.reduce((sum, part) => sum + straightCost(order, part), 0);

/** As it is looked for, it can cost no less: one fulfilment at the least, and each unit from where that adds least. */
export const leastCostOf = (order: SourcingOrder): number => {
  const least = (costs: readonly number[]): number => (costs.length > 0 ? Math.min(...costs) : 0);
  const units = order.lines.map(({ quantity }, l) => quantity * least(order.places.map(({ perUnit }) => perUnit?.[l] ?? 0)));
  return units.reduce((sum, each) => sum + each, least(order.places.map(({ cost }) => cost)));
};

/** As it is judged. */
const exactCostOf = (order: SourcingOrder, parts: readonly SourcedPart[]): number =>
  parts.reduce((sum, part) => sum + (placeAt(order, part.location).exactly?.(part.lines) ?? straightCost(order, part)), 0);

export const valueOf = ({ orders }: SourcingProblem, plan: SourcingPlan): SourcingValue => ({
  unfilled: orders.filter((_, i) => (plan[i] ?? []).length === 0).length,
  fulfillments: plan.reduce((sum, parts) => sum + parts.length, 0),
  cost: orders.reduce((sum, order, i) => sum + exactCostOf(order, plan[i] ?? []), 0),
});

export const isBetter = (a: SourcingValue, b: SourcingValue): boolean =>
  a.unfilled !== b.unfilled ? a.unfilled < b.unfilled : a.cost < b.cost;

/** What is left while orders are given to locations, and taken back. */
export class SourcingLedger {
  private readonly stock: Map<string, Map<string, number>>;
  private readonly rooms: Map<string, number>;

  constructor({ stock, rooms }: SourcingProblem) {
    this.stock = new Map([...stock].map(([location, units]) => [location, new Map(units)]));
    this.rooms = new Map(rooms);
  }

  unitsAt(location: string, sku: string): number {
    return Math.max(0, this.stock.get(location)?.get(sku) ?? 0);
  }

  hasRoom(location: string): boolean {
    return (this.rooms.get(location) ?? 1) > 0;
  }

  take(order: SourcingOrder, parts: readonly SourcedPart[]): void {
    this.book(order, parts, -1);
  }

  giveBack(order: SourcingOrder, parts: readonly SourcedPart[]): void {
    this.book(order, parts, 1);
  }

  /** Where more was taken than there is. */
  overdrawn(): string | undefined {
    const room = [...this.rooms].find(([, left]) => left < 0);
    if (room) return `${room[0]} has no room for it`;
    const shelf = [...this.stock].find(([, units]) => [...units.values()].some((left) => left < 0));
    return shelf && `${shelf[0]} has not so many`;
  }

  private book(order: SourcingOrder, parts: readonly SourcedPart[], sign: number): void {
    const lines = new Map(parts.length > 0 ? order.lines.map((line) => [line.lineId, line]) : []);
    for (const { location, lines: taken } of parts) {
      const room = this.rooms.get(location);
      if (room !== undefined) this.rooms.set(location, room + sign);
      for (const { lineId, quantity } of taken) {
        const line = lines.get(lineId);
        for (const piece of line ? piecesOf(line) : []) this.move(location, piece.sku, sign * quantity * piece.quantity);
      }
    }
  }

  private move(location: string, sku: string, units: number): void {
    const shelf = this.stock.get(location) ?? new Map<string, number>();
    this.stock.set(location, shelf.set(sku, (shelf.get(sku) ?? 0) + units));
  }
}

/** Each line from whoever adds least to the cost, else from the one before: of what the ledger has at these locations, or nothing when it is not enough, or one of them is not needed. */
export const partsAt = (order: SourcingOrder, locations: readonly string[], ledger: SourcingLedger): readonly SourcedPart[] | undefined => {
  const shelves = locations.map((location) => ({
    location,
    place: placeAt(order, location),
    taken: new Map<string, number>(),
    lines: [] as { lineId: string; quantity: number }[],
  }));
  const numbers = lineNumbers(order);
  for (const line of [...order.lines].sort((a, b) => Number(!a.parts) - Number(!b.parts))) {
    let open = line.quantity;
    const costAt = ({ place }: { readonly place: SourcingPlace }): number => place.perUnit?.[numbers.get(line.lineId) ?? -1] ?? 0;
    for (const shelf of shelves.toSorted((a, b) => costAt(a) - costAt(b))) {
      const units = Math.min(
        open,
        wholeUnits(line, (sku) => ledger.unitsAt(shelf.location, sku) - (shelf.taken.get(sku) ?? 0)),
      );
      if (units <= 0) continue;
      shelf.lines.push({ lineId: line.lineId, quantity: units });
      for (const piece of piecesOf(line)) shelf.taken.set(piece.sku, (shelf.taken.get(piece.sku) ?? 0) + units * piece.quantity);
      open -= units;
    }
    if (open > 0) return undefined;
  }
  return shelves.some(({ lines }) => lines.length === 0) ? undefined : shelves.map(({ location, lines }) => ({ location, lines }));
};

const faultOfOrder = (order: SourcingOrder, parts: readonly SourcedPart[]): string | undefined => {
  if (parts.length === 0) return undefined;
  const locations = new Set(parts.map(({ location }) => location));
  if (parts.length > order.maxSplit || locations.size < parts.length) return `${order.id} is split over ${parts.length}`;
  if ([...locations].some((location) => !Number.isFinite(placeAt(order, location).cost))) return `${order.id} comes from where it may not`;
  const taken = parts.flatMap(({ lines }) => lines);
  const units = unitsByLine(taken);
  const isWhole = order.lines.every(({ lineId, quantity }) => (units.get(lineId) ?? 0) === quantity);
  return isWhole && taken.every(({ quantity }) => quantity > 0) ? undefined : `${order.id} is not shipped as it was ordered`;
};

/** Why a plan cannot be carried out; nothing when it can. */
export const faultOf = (problem: SourcingProblem, plan: SourcingPlan): string | undefined => {
  const ledger = new SourcingLedger(problem);
  const fault = problem.orders.map((order, i) => faultOfOrder(order, plan[i] ?? [])).find((one) => one !== undefined);
  if (fault !== undefined) return fault;
  problem.orders.forEach((order, i) => ledger.take(order, plan[i] ?? []));
  return ledger.overdrawn();
};
