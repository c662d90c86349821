import type { DataOf } from '@cartage/eventsourcing';
import type { InventoryEvent, StockLevel } from '@cartage/contracts';
import type { Point } from '@cartage/contracts';
import type { LocationFacts } from '../domain/facts';

/** A location as inventory told of it. */
export type KnownLocation = Pick<
  DataOf<InventoryEvent, 'LocationChanged'>,
  | 'location'
  | 'name'
  | 'kind'
  | 'country'
  | 'postalCode'
  | 'latitude'
  | 'longitude'
  | 'dailyCapacity'
  | 'timeZone'
  | 'calendar'
  | 'active'
  | 'revision'
>;

/** A location that has, or had, some of the SKUs asked for. */
export interface StockedLocation extends Omit<LocationFacts, 'available'> {
  /** Units that it could ship, by SKU; a SKU that was never there is absent. */
  readonly available: ReadonlyMap<string, number>;
}

/** A fulfilment that counts towards a location's load of one of its days. */
export interface Load {
  readonly fulfillmentId: string;
  readonly location: string;
  /** The location's own day, such as `2026-11-24`. */
  readonly day: string;
}

/** What is asked of stock and work. */
export interface StockQuery {
  readonly skus: readonly string[];
  /** ISO 8601 UTC: what comes now. */
  readonly at: string;
  /** The delivery service that was sold: cut-offs may be its own. */
  readonly service?: string | undefined;
  /** As many working days after the first are told of a location with a limit. */
  readonly laterDays: number;
}

/** What this service remembers of locations and stock. Late and repeated news change nothing. */
export interface Network {
  /** Locations with any of these SKUs, and the load of the day on which they would begin. */
  stocked(query: StockQuery): Promise<readonly StockedLocation[]>;
  learnLocation(location: KnownLocation): Promise<void>;
  learnLevels(levels: readonly StockLevel[]): Promise<void>;
  /** Takes capacity for fulfilments that are about to be brokered; answers with those that there was none for. However many claim at once, no more are given than fit. */
  claim(loads: readonly Load[]): Promise<readonly Load[]>;
  /** They are brokered: what was claimed stays taken, what was not is counted, whatever the capacity. */
  count(loads: readonly Load[]): Promise<void>;
  release(fulfillmentIds: readonly string[]): Promise<void>;
}

/** Centre of a postal area, or of a country; nothing when it is not known. */
export interface Geocoder {
  postalArea(country: string, area: string): Promise<Point | undefined>;
  country(country: string): Promise<Point | undefined>;
}
