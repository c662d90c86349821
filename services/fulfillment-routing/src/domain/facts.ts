import type { Destination, LineQuantity, Point } from '@cartage/contracts';
import type { DemandSource } from './expected-demand';
import type { UnitsOfLine } from './units';

/** Where goods go, and how exactly that is known. */
export type Located = { readonly locatedBy: 'unknown' } | (Point & { readonly locatedBy: 'coordinates' | 'postal-area' | 'country' });

/** A working day that is still to come. */
export interface LaterDay {
  readonly day: string;
  /** Fulfilments that are planned for it already. */
  readonly load: number;
  /** When it begins there. */
  readonly beginsAt: string;
}

/** What was known of a location when it was considered. */
export interface LocationFacts extends Point {
  readonly location: string;
  /** Of an open vocabulary: `warehouse`, `store` … */
  readonly kind: string;
  readonly active: boolean;
  /** Its own first working day on which something that comes now can be begun; absent: it is closed for good. */
  readonly day?: string;
  /** Fulfilments that it was given for that day. */
  readonly load: number;
  /** Fulfilments that it can take on one day; absent: no limit. */
  readonly capacity?: number;
  /** Where there is a limit: its next working days after that one, as far as work may be planned ahead, and one at least. */
  readonly later?: readonly LaterDay[];
  /** Units that it could ship of each SKU, in the order of `skus`. */
  readonly available: readonly number[];
  /** What a unit of each is worth there to those who come later, minor units in the order of `skus`; absent: nobody knows. */
  readonly worth?: readonly number[];
}

/** By what it was found what units are worth to those who come later. */
export interface UnitWorth {
  readonly method: string;
  readonly version: string;
  /** Which prices: they are found anew as stock and orders change. */
  readonly model: string;
  readonly currency: string;
  /** What the orders that are expected were counted by. */
  readonly demand?: DemandSource;
}

/** Everything that a decision is made of. The same facts, request and rules always give the same decision. */
export interface BrokeringFacts {
  readonly destination: Located;
  readonly skus: readonly string[];
  /** Grams of one unit of each SKU, in the order of `skus`; null where nobody knows. */
  readonly weights?: readonly (number | null)[];
  /** Of `worth` of the locations. */
  readonly unitWorth?: UnitWorth;
  readonly locations: readonly LocationFacts[];
}

export const batchMethods = ['exact', 'heuristic', 'one-by-one'] as const;

/** What was found best for these lines among orders that were decided together. */
export interface BatchPlan {
  readonly batchId: string;
  /** Ship groups of orders that were decided together. */
  readonly size: number;
  readonly method: (typeof batchMethods)[number];
  /** The best of all plans costs at most this share less; absent: nobody knows. */
  readonly gap?: number;
  readonly parts: readonly { readonly location: string; readonly lines: readonly UnitsOfLine[] }[];
}

/** What is to be brokered. */
export interface BrokeringRequest {
  readonly lines: readonly LineQuantity[];
  /** Absent: nobody knows where the goods go. */
  readonly destination?: Destination;
  readonly priority: string;
  readonly channel?: string;
  /** 1 for the first brokering of these lines. */
  readonly attempt: number;
  /** Locations that refused or rejected these lines. */
  readonly excluded: readonly string[];
  /** Has them at hand already: it ships them, if it can alone. */
  readonly preferred?: string;
  /** The customer fetches them there: nobody else can be given these lines. */
  readonly pickupLocation?: string;
  /** Somebody named it: nobody else is looked at. */
  readonly only?: string;
  /** More came to these since nobody could ship the lines. */
  readonly arrivedAt?: readonly string[];
  /** It was decided together with others: so it goes, if it can. */
  readonly batch?: BatchPlan;
  /** Locations that ship other lines of this ship group: they count towards the split already. */
  readonly inUse: readonly string[];
}
