import type { DataOf } from '@cartage/eventsourcing';
import type { InventoryEvent, StockLevel } from '@cartage/contracts';
import type { Point } from '@cartage/contracts';
import type { LocationFacts } from '../domain/facts';
import type { Place } from '../domain/pickup';
import type { TakenUnits } from '../domain/taken-units';

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

/** What a unit of something weighs, as inventory told of it; nothing where it did not say. */
export type KnownItem = Pick<DataOf<InventoryEvent, 'ItemChanged'>, 'sku' | 'weightGrams' | 'revision'>;

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

/** More of a SKU is at a location than was known before; or it may be: it is told again what was told before. */
export interface Arrival {
  readonly sku: string;
  readonly location: string;
}

/** What an order waits for, as one decision found nobody for it. */
export interface StockWanted {
  readonly decisionId: string;
  /** Nobody else may ship it. */
  readonly location?: string;
  /** Whatever these have is not for it. */
  readonly notAt: readonly string[];
  readonly units: ReadonlyMap<string, number>;
}

/** All that an order waits for, as of a version of its stream. */
export interface OrderWaits {
  readonly orderId: string;
  readonly version: number;
  readonly since: string;
  readonly wanted: readonly StockWanted[];
}

export interface WaitingQuery {
  /** Of which there is more. */
  readonly skus: readonly string[];
  readonly taken: readonly TakenUnits[];
  /** Those that come after this one. */
  readonly after?: WaitingOrder | undefined;
  readonly limit: number;
}

/** An order that waits, and since when. */
export interface WaitingOrder {
  readonly orderId: string;
  readonly decisionId: string;
  readonly since: string;
}

/** What this service remembers of locations and stock. Late and repeated news change nothing. */
export interface Network {
  /** Locations with any of these SKUs, and the load of the day on which they would begin. */
  stocked(query: StockQuery): Promise<readonly StockedLocation[]>;
  /** Nothing where inventory never told of it. */
  placeOf(location: string): Promise<Place | undefined>;
  /** Grams of one unit, of those of these SKUs whose weight is known. */
  weightsOf(skus: readonly string[]): Promise<ReadonlyMap<string, number>>;
  learnLocation(location: KnownLocation): Promise<void>;
  learnItem(item: KnownItem): Promise<void>;
  /** Answers with those of which there is, or may be, more than was known; not with those of which it is known that there is not. */
  learnLevels(levels: readonly StockLevel[]): Promise<readonly Arrival[]>;
  /** What a location has of what somebody waits for; nothing while it is not active. */
  arrivalsAt(location: string): Promise<readonly Arrival[]>;
  /** Remembers what an order waits for instead of what it waited for before. What was known at an older version takes nothing away from a newer. */
  wait(waits: OrderWaits): Promise<void>;
  /** Orders that wait for any of these SKUs, and that active locations have enough for, as far as is known: who waits longest first. */
  waiting(query: WaitingQuery): Promise<readonly WaitingOrder[]>;
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
