import type { StockLevel } from '@cartage/contracts';
import type { Place } from '../domain/pickup';
import type {
  Arrival,
  KnownItem,
  KnownLocation,
  Load,
  Network,
  OrderWaits,
  StockedLocation,
  StockQuery,
  StockWanted,
  WaitingOrder,
  WaitingQuery,
} from './network';

/** A location, and a level of a shelf, as inventory tells of them. */
export const locationOf = (code: string, over: Partial<KnownLocation> = {}): KnownLocation => ({
  ...{ location: code, name: code, kind: 'warehouse', country: 'GB', latitude: 51.5, longitude: -0.1, active: true, revision: 1 },
  ...over,
});
export const levelOf = (location: string, sku: string, revision: number, available: number): StockLevel => ({
  ...{ sku, location, revision, onHand: available + 3, allocated: 2, safetyStock: 1, available },
});

interface Wait extends StockWanted, Pick<OrderWaits, 'orderId' | 'version' | 'since'> {}

const keyOf = ({ sku, location }: Arrival): string => `${sku}\n${location}`;
const isAfter = (one: WaitingOrder, other: WaitingOrder | undefined): boolean =>
  !other || one.since > other.since || (one.since === other.since && one.decisionId > other.decisionId);

/** What a service remembers, in memory; its locations work every day and are as near as each other. */
export class MemoryNetwork implements Network {
  private readonly locations = new Map<string, KnownLocation>();
  private readonly items = new Map<string, KnownItem>();
  private readonly levels = new Map<string, StockLevel & { readonly hasMore: boolean }>();
  private readonly waits = new Map<string, Wait>();
  private readonly loads = new Map<string, Load>();

  async stocked({ skus, at }: StockQuery): Promise<readonly StockedLocation[]> {
    const day = at.slice(0, 10);
    return [...this.locations.values()].flatMap(({ location, kind, active, latitude, longitude }) => {
      const here = [...this.levels.values()].filter((one) => one.location === location && skus.includes(one.sku));
      const load = [...this.loads.values()].filter((one) => one.location === location && one.day === day).length;
      const available = new Map(here.map((one) => [one.sku, one.available]));
      return here.length > 0 ? [{ location, kind, active, latitude, longitude, day, load, available }] : [];
    });
  }

  async placeOf(_location: string): Promise<Place | undefined> {
    return undefined;
  }

  async learnLocation(location: KnownLocation): Promise<void> {
    if ((this.locations.get(location.location)?.revision ?? 0) < location.revision) this.locations.set(location.location, location);
  }

  async learnItem(item: KnownItem): Promise<void> {
    if ((this.items.get(item.sku)?.revision ?? 0) < item.revision) this.items.set(item.sku, item);
  }

  async weightsOf(skus: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const gramsOf = (sku: string): number | undefined => this.items.get(sku)?.weightGrams;
    return new Map(skus.flatMap((sku) => (gramsOf(sku) === undefined ? [] : [[sku, gramsOf(sku) ?? 0] as const])));
  }

  async learnLevels(levels: readonly StockLevel[]): Promise<readonly Arrival[]> {
    return levels.flatMap((level) => {
      const before = this.levels.get(keyOf(level));
      const isNew = (before?.revision ?? 0) < level.revision;
      const hasMore = level.available > (before?.available ?? 0);
      if (isNew) this.levels.set(keyOf(level), { ...level, hasMore });
      return isNew && !hasMore ? [] : [{ sku: level.sku, location: level.location }];
    });
  }

  async arrivalsAt(location: string): Promise<readonly Arrival[]> {
    const wanted = new Set([...this.waits.values()].flatMap(({ units }) => [...units.keys()]));
    const isThere = (one: StockLevel): boolean => one.location === location && one.available > 0 && wanted.has(one.sku);
    if (!this.locations.get(location)?.active) return [];
    return [...this.levels.values()].filter(isThere).map(({ sku }) => ({ sku, location }));
  }

  async wait({ wanted, ...order }: OrderWaits): Promise<void> {
    for (const [key, { orderId, version }] of this.waits) if (orderId === order.orderId && version <= order.version) this.waits.delete(key);
    for (const one of wanted) if (!this.waits.has(one.decisionId)) this.waits.set(one.decisionId, { ...one, ...order });
  }

  async waiting({ skus, taken, after, limit }: WaitingQuery): Promise<readonly WaitingOrder[]> {
    const there = (sku: string, { location: only, notAt }: Wait): number => {
      const isHere = ({ location }: { readonly location: string }): boolean =>
        (only === undefined || only === location) && !notAt.includes(location);
      const levels = [...this.levels.values()].filter((one) => one.sku === sku && isHere(one) && this.locations.get(one.location)?.active);
      const given = taken.filter((one) => one.sku === sku && isHere(one));
      return levels.reduce((sum, { available }) => sum + Math.max(0, available), 0) - given.reduce((sum, { units }) => sum + units, 0);
    };
    return [...this.waits.values()]
      .filter(({ units }) => skus.some((sku) => units.has(sku)))
      .filter((one) => [...one.units].every(([sku, wants]) => wants <= there(sku, one)))
      .filter((one) => isAfter(one, after))
      .toSorted((a, b) => (isAfter(a, b) ? 1 : -1))
      .slice(0, limit)
      .map(({ orderId, decisionId, since }) => ({ orderId, decisionId, since }));
  }

  async claim(loads: readonly Load[]): Promise<readonly Load[]> {
    await this.count(loads);
    return [];
  }

  async count(loads: readonly Load[]): Promise<void> {
    loads.forEach((load) => this.loads.set(load.fulfillmentId, load));
  }

  async release(ids: readonly string[]): Promise<void> {
    ids.forEach((one) => this.loads.delete(one));
  }
}
