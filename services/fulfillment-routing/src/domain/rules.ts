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

/** What a fulfilment is estimated to cost, in minor units of one currency. */
export interface CostTable {
  readonly currency: string;
  /** A fulfilment that costs so much gets half of the points for cost. */
  readonly halfCost: number;
  /** Of one fulfilment, by location code or by kind of location; the code goes first. */
  readonly handling: Readonly<Record<string, number>>;
  /** Carriage by distance, the nearest band first; beyond the last one, and where the distance is not known, the last one holds. */
  readonly bands: readonly { readonly upToKm: number; readonly amount: number }[];
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
