import type { DataOf } from '@cartage/eventsourcing';
import type { InventoryEvent, StockLevel } from '@cartage/contracts';
import type { Point } from '@cartage/contracts';
import type { LocationFacts } from '../domain/facts';

/** A location as inventory told of it. */
export type KnownLocation = Pick<
  DataOf<InventoryEvent, 'LocationChanged'>,
  'location' | 'name' | 'kind' | 'country' | 'postalCode' | 'latitude' | 'longitude' | 'dailyCapacity' | 'active' | 'revision'
>;

/** A location that has, or had, some of the SKUs asked for. */
export interface StockedLocation extends Omit<LocationFacts, 'available'> {
  /** Units that it could ship, by SKU; a SKU that was never there is absent. */
  readonly available: ReadonlyMap<string, number>;
}

/** A fulfilment that counts towards a location's load of a day (ISO date, UTC). */
export interface Load {
  readonly fulfillmentId: string;
  readonly location: string;
  readonly day: string;
}

/** What this service remembers of locations and stock. Late and repeated news change nothing. */
export interface Network {
  /** Locations with any of these SKUs, their load on that day counted. */
  stocked(skus: readonly string[], day: string): Promise<readonly StockedLocation[]>;
  learnLocation(location: KnownLocation): Promise<void>;
  learnLevels(levels: readonly StockLevel[]): Promise<void>;
  count(loads: readonly Load[]): Promise<void>;
  release(loads: readonly Load[]): Promise<void>;
}

/** Centre of a postal area, or of a country; nothing when it is not known. */
export interface Geocoder {
  postalArea(country: string, area: string): Promise<Point | undefined>;
  country(country: string): Promise<Point | undefined>;
}
