import { demandOf, usable, type Demand } from './demand';
import { distanceTo, isExact } from './distance';
import { estimated, sumOfParts, type CostParts } from './estimating';
import type { BrokeringFacts, BrokeringRequest, LaterDay, Located, LocationFacts } from './facts';
import { worthOf } from './look-ahead';
import type { RoutingRules } from './rules';
import { daysBetween } from './work-days';

/** Why a location cannot be given these lines. */
export type CandidateRefusal =
  'filtered' | 'not-named' | 'not-pickup-location' | 'excluded' | 'inactive' | 'closed' | 'over-capacity' | 'no-stock';

/** Points by component, weighted. `split` is a penalty: what it could not ship alone costs another shipment. */
export interface Components {
  readonly distance: number;
  readonly coverage: number;
  readonly headroom: number;
  readonly split: number;
  readonly cost: number;
  readonly preference: number;
}

/** A location as considered: what was known of it and what was made of that. */
export interface Candidate extends LocationFacts {
  readonly distanceKm?: number;
  readonly components: Components;
  /** Estimated for all that is to be brokered, in minor units of the currency of the rules. */
  readonly cost?: number;
  /** What that is made of. */
  readonly costParts?: CostParts;
  /** What these units are worth there to those who come later, where the rules look ahead: kept for them at that price. */
  readonly keeps?: number;
  readonly score: number;
  /** Its day is full: it would begin on this one. */
  readonly plannedFor?: string;
  readonly refusal?: CandidateRefusal;
}

const points = (value: number): number => Math.round(value * 10_000) / 10_000;

interface Considering {
  readonly rules: RoutingRules;
  readonly units: number;
  readonly plannedFor: string | undefined;
}

/** Whatever its stock and its work. */
const refusedAltogether = (
  { location, active, day }: LocationFacts,
  { excluded, pickupLocation = location, only = location }: BrokeringRequest,
): CandidateRefusal | undefined => {
  if (location !== only) return 'not-named';
  if (location !== pickupLocation) return 'not-pickup-location';
  if (excluded.includes(location)) return 'excluded';
  if (!active) return 'inactive';
  return day === undefined ? 'closed' : undefined;
};

const filteredBy = ({ filter: { kinds, except } }: RoutingRules, { location, kind }: LocationFacts): CandidateRefusal | undefined =>
  except?.includes(location) || (kinds && !kinds.includes(kind)) ? 'filtered' : undefined;

const refusalOf = (
  facts: LocationFacts,
  request: BrokeringRequest,
  { rules, units, plannedFor }: Considering,
): CandidateRefusal | undefined => {
  const refused = refusedAltogether(facts, request) ?? filteredBy(rules, facts);
  if (refused) return refused;
  if (units === 0) return 'no-stock';
  return isFull(facts) && plannedFor === undefined ? 'over-capacity' : undefined;
};

const isFull = ({ capacity, load }: Pick<LocationFacts, 'capacity' | 'load'>): boolean => capacity !== undefined && load >= capacity;

/** The first later day that has room, as far ahead as the rules allow. */
const laterDayOf = ({ planAheadDays }: RoutingRules, { day, capacity, later = [], load }: LocationFacts): LaterDay | undefined => {
  if (day === undefined || !isFull({ ...(capacity === undefined ? {} : { capacity }), load })) return undefined;
  return later.find((one) => daysBetween(day, one.day) <= planAheadDays && one.load < (capacity ?? Infinity));
};

const headroomOf = ({ load, capacity }: LocationFacts): number => {
  if (capacity === undefined) return 1;
  return capacity === 0 ? 0 : Math.max(0, capacity - load) / capacity;
};

/** From the middle of a country nobody is near: such a distance takes points off who is far away, and gives nobody more than an unknown one does. */
const closeness = ({ halfDistanceKm, unknownDistance }: RoutingRules, { km, destination }: Far): number => {
  if (km === undefined) return unknownDistance;
  const near = halfDistanceKm / (halfDistanceKm + km);
  return isExact(destination) ? near : Math.min(near, unknownDistance);
};

interface Far {
  readonly km: number | undefined;
  readonly destination: Located;
}

const componentsOf = (
  rules: RoutingRules,
  facts: LocationFacts,
  { coverage, cost, ...far }: Far & { readonly coverage: number; readonly cost: number | undefined },
): Components => ({
  distance: points(rules.weights.distance * closeness(rules, far)),
  coverage: points(rules.weights.coverage * coverage),
  headroom: points(rules.weights.headroom * headroomOf(facts)),
  split: coverage < 1 ? -rules.weights.split : 0,
  cost: points(rules.weights.cost * cheapness(rules, cost)),
  preference: points(rules.weights.preference * rankShare(rules, facts)),
});

const cheapness = ({ cost }: RoutingRules, estimate: number | undefined): number =>
  cost && estimate !== undefined ? cost.halfCost / (cost.halfCost + estimate) : 0;

/** 1 for the first in the order of preference, less for each that follows, 0 for whoever is not named. */
const rankShare = ({ preference }: RoutingRules, { location, kind }: LocationFacts): number => {
  const place = preference.findIndex((named) => named === location || named === kind);
  return place < 0 ? 0 : (preference.length - place) / preference.length;
};

/** Every location with its score, best first; of those that are full, as they are today. Equal scores go by code, so that the order never depends on how facts were read. */
export const candidatesFor = (rules: RoutingRules, request: BrokeringRequest, facts: BrokeringFacts): readonly Candidate[] => {
  const demand = demandOf(request.lines, facts.skus);
  return facts.locations.map((location) => candidate(rules, request, { location, demand, facts })).sort(byRank);
};

/** The same, those that are full as they will be on a later day; nothing where the rules plan none ahead or nobody is full. */
export const plannedAhead = (rules: RoutingRules, request: BrokeringRequest, facts: BrokeringFacts): readonly Candidate[] | undefined => {
  const demand = demandOf(request.lines, facts.skus);
  if (!facts.locations.some((location) => laterDayOf(rules, location))) return undefined;
  return facts.locations
    .map((location) => {
      const planned = laterDayOf(rules, location);
      return candidate(rules, request, { location, demand, facts, ...(planned ? { planned } : {}) });
    })
    .sort(byRank);
};

interface Considered {
  readonly location: LocationFacts;
  readonly demand: Demand;
  readonly facts: BrokeringFacts;
  readonly planned?: LaterDay;
}

interface From {
  readonly place: LocationFacts;
  readonly km: number | undefined;
  readonly facts: BrokeringFacts;
}

/** Of all lines, whether it has them or not: who has few of them is no cheaper for that. */
const costsOf = (
  rules: RoutingRules,
  { lines, destination }: BrokeringRequest,
  { place, km, facts: { skus, weights, unitWorth } }: From,
): Pick<Candidate, 'cost' | 'costParts' | 'keeps'> => {
  const costParts = estimated(rules, { place, km, destination }, { lines, skus, ...(weights ? { weights } : {}) });
  if (!costParts) return {};
  const keeps = worthOf(rules, place, { lines, skus, ...(unitWorth ? { unitWorth } : {}) });
  return { cost: sumOfParts(costParts), costParts, ...(keeps === undefined ? {} : { keeps }) };
};

/** What it is compared by: in shadow what units are worth to others counts for nothing. */
const comparedCost = ({ sourcing }: RoutingRules, { cost, keeps = 0 }: Pick<Candidate, 'cost' | 'keeps'>): number | undefined =>
  cost === undefined || sourcing?.decides !== true ? cost : cost + keeps;

const candidate = (rules: RoutingRules, request: BrokeringRequest, { location, demand, facts, planned }: Considered): Candidate => {
  const km = distanceTo(facts.destination, location);
  const units = usable(location.available, demand.quantities);
  const costs = costsOf(rules, request, { place: location, km, facts });
  const components = componentsOf(rules, planned ? { ...location, load: planned.load } : location, {
    coverage: demand.units === 0 ? 0 : units / demand.units,
    cost: comparedCost(rules, costs),
    km,
    destination: facts.destination,
  });
  const refusal = refusalOf(location, request, { rules, units, plannedFor: planned?.day });
  return {
    ...location,
    ...(km === undefined ? {} : { distanceKm: km }),
    components,
    ...costs,
    score: points(Object.values(components).reduce((sum, each: number) => sum + each, 0)),
    ...(planned === undefined ? {} : { plannedFor: planned.day }),
    ...(refusal === undefined ? {} : { refusal }),
  };
};

const byRank = (a: Candidate, b: Candidate): number => b.score - a.score || (a.location < b.location ? -1 : 1);
