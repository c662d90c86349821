import type { LookAhead } from './look-ahead';

/** What each component of a candidate's score counts for. */
export interface Weights {
  readonly distance: number;
  readonly coverage: number;
  readonly headroom: number;
  readonly split: number;
  /** Cheapness, by the table of costs. */
  readonly cost: number;
  /** Place in the order of preference. */
  readonly preference: number;
}

/** Of a parcel that weighs at most so much. */
export interface WeightStep {
  readonly upToGrams: number;
  readonly amount: number;
}

/** What carriage costs from some locations to some destinations. The first rate of which all that is said is true holds. */
export interface CarriageRate {
  /** How decisions name it. */
  readonly zone?: string;
  /** Only from these: location codes or kinds. */
  readonly from?: readonly string[];
  /** Only to these: countries, or a country and how its postal area begins, such as `GB-BT`. */
  readonly to?: readonly string[];
  /** Only so far; never where the distance is not known. */
  readonly upToKm?: number;
  /** Whatever it weighs. */
  readonly amount: number;
  /** More for each started kilogram. */
  readonly perKg?: number;
  /** More by weight, the lightest first; what weighs more than the last one counts as several parcels. */
  readonly steps?: readonly WeightStep[];
  /** It never costs less. */
  readonly least?: number;
}

/** What a fulfilment is estimated to cost, in minor units of one currency. */
export interface CostTable {
  readonly currency: string;
  /** A fulfilment that costs so much gets half of the points for cost. */
  readonly halfCost: number;
  /** Of one fulfilment, by location code or by kind of location; the code goes first. */
  readonly handling: Readonly<Record<string, number>>;
  /** More for each line of it, named alike. */
  readonly handlingPerLine?: Readonly<Record<string, number>>;
  /** More for each unit of it, named alike. */
  readonly handlingPerUnit?: Readonly<Record<string, number>>;
  /** Carriage; where none of them is for it, the last one holds. */
  readonly rates: readonly CarriageRate[];
  /** What a unit counts as whose weight nobody knows; absent: a kilogram. */
  readonly defaultGrams?: number;
}

/** Whom the rules leave out. */
export interface LocationFilter {
  /** Only these kinds of location; absent: all. */
  readonly kinds?: readonly string[];
  /** Location codes. */
  readonly except?: readonly string[];
}

export const stockEffects = ['keep', 'zero', 'minus'] as const;
/** It is there; nothing of it is there; these units are not there. */
export type StockEffect = (typeof stockEffects)[number];

export interface AcceptanceRule {
  /** Kind of location, such as `store`. */
  readonly kind: string;
  readonly withinMinutes: number;
  readonly otherwise: 'rebroker' | 'alert';
}

export const afterExpiry = ['stock', 'send-back'] as const;
/** It joins the store’s stock, or goes back to where it came from. */
export type AfterExpiry = (typeof afterExpiry)[number];

/** How long what customers fetch is kept for them. */
export interface PickupRule {
  /** Whole days after the one on which it is ready. */
  readonly days: number;
  /** The same, of some locations: by code. */
  readonly byLocation: Readonly<Record<string, number>>;
  /** The customer is reminded so many days before the end; 0: not at all. */
  readonly remindDays: number;
  /** It may be extended to so many days after it was ready. */
  readonly mostDays: number;
  /** Of what was sent to a store and not fetched there; absent: it joins the store’s stock. */
  readonly then?: AfterExpiry;
}

/**
 * How orders are brokered, as data: a decision record keeps the rules that it was made by, so that it can be made again. Change a number,
 * change the version.
 */
export interface RoutingRules {
  readonly version: string;
  /** At most this many locations ship one order. */
  readonly maxSplit: number;
  /** The same lines are brokered at most this often. */
  readonly maxAttempts: number;
  /** What finds no capacity anywhere today may be planned for a day at most so many days later; 0: it waits. */
  readonly planAheadDays: number;
  /** Which kinds of location are to accept what they are given, and within how long. */
  readonly acceptance: readonly AcceptanceRule[];
  /** What a rejection by a code says about the location’s stock; of other codes: nothing. */
  readonly rejections: Readonly<Record<string, StockEffect>>;
  readonly filter: LocationFilter;
  /** Location codes or kinds, the best first; whoever is not named comes last. */
  readonly preference: readonly string[];
  readonly cost?: CostTable;
  /** Absent: nobody looks ahead. */
  readonly sourcing?: LookAhead;
  /** Absent: as the settings have it. */
  readonly pickup?: PickupRule;
  readonly weights: Weights;
  /** A location so far away gets half of the points for distance. */
  readonly halfDistanceKm: number;
  /** Points for distance (0 to 1) when it is not known. */
  readonly unknownDistance: number;
  /** At most this many locations are looked at closely, and recorded, unless more are needed for the quantity. */
  readonly shortlist: number;
  /** Comparisons of quantities that an exact search for the fewest locations may cost; beyond that they are chosen greedily. */
  readonly searchBudget: number;
}

export interface Limits {
  readonly maxSplit: number;
  readonly maxAttempts: number;
  readonly planAheadDays?: number;
}

/** Fewest shipments first; among those the nearest, best stocked and least busy. */
export const nearestOfFewest = ({ maxSplit, maxAttempts, planAheadDays = 0 }: Limits): RoutingRules => ({
  version: `nearest-of-fewest-1/split-${maxSplit}/attempts-${maxAttempts}`,
  maxSplit,
  maxAttempts,
  planAheadDays,
  acceptance: [],
  rejections: { 'not-found-on-shelf': 'zero', 'out-of-stock': 'zero', damaged: 'minus', 'mismatched-count': 'minus' },
  filter: {},
  preference: [],
  weights: { distance: 50, coverage: 25, headroom: 15, split: 10, cost: 0, preference: 0 },
  halfDistanceKm: 500,
  unknownDistance: 0.5,
  shortlist: 50,
  searchBudget: 1_000_000,
});
