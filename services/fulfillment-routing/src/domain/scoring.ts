import { demandOf, usable, type Demand } from './demand';
import { distanceTo } from './distance';
import type { BrokeringFacts, BrokeringRequest, LocationFacts } from './facts';
import type { RoutingRules } from './rules';

/** Why a location cannot be given these lines. */
export type CandidateRefusal = 'not-pickup-location' | 'excluded' | 'inactive' | 'over-capacity' | 'no-stock';

/** Points by component, weighted. `split` is a penalty: what it could not ship alone costs another shipment. */
export interface Components {
  readonly distance: number;
  readonly coverage: number;
  readonly headroom: number;
  readonly split: number;
}

/** A location as considered: what was known of it and what was made of that. */
export interface Candidate extends LocationFacts {
  readonly distanceKm?: number;
  readonly components: Components;
  readonly score: number;
  readonly refusal?: CandidateRefusal;
}

const points = (value: number): number => Math.round(value * 10_000) / 10_000;

const refusalOf = (facts: LocationFacts, { excluded, pickupLocation }: BrokeringRequest, units: number): CandidateRefusal | undefined => {
  if (pickupLocation !== undefined && facts.location !== pickupLocation) return 'not-pickup-location';
  if (excluded.includes(facts.location)) return 'excluded';
  if (!facts.active) return 'inactive';
  if (facts.capacity !== undefined && facts.load >= facts.capacity) return 'over-capacity';
  return units === 0 ? 'no-stock' : undefined;
};

const headroomOf = ({ load, capacity }: LocationFacts): number => {
  if (capacity === undefined) return 1;
  return capacity === 0 ? 0 : Math.max(0, capacity - load) / capacity;
};

const closeness = ({ halfDistanceKm, unknownDistance }: RoutingRules, km: number | undefined): number =>
  km === undefined ? unknownDistance : halfDistanceKm / (halfDistanceKm + km);

const componentsOf = (
  rules: RoutingRules,
  facts: LocationFacts,
  { coverage, km }: { coverage: number; km: number | undefined },
): Components => ({
  distance: points(rules.weights.distance * closeness(rules, km)),
  coverage: points(rules.weights.coverage * coverage),
  headroom: points(rules.weights.headroom * headroomOf(facts)),
  split: coverage < 1 ? -rules.weights.split : 0,
});

/** Every location with its score, best first. Equal scores go by code, so that the order never depends on how facts were read. */
export const candidatesFor = (rules: RoutingRules, request: BrokeringRequest, facts: BrokeringFacts): readonly Candidate[] => {
  const demand = demandOf(request.lines, facts.skus);
  return facts.locations.map((location) => candidate(rules, request, { location, demand, facts })).sort(byRank);
};

interface Considered {
  readonly location: LocationFacts;
  readonly demand: Demand;
  readonly facts: BrokeringFacts;
}

const candidate = (rules: RoutingRules, request: BrokeringRequest, { location, demand, facts }: Considered): Candidate => {
  const km = distanceTo(facts.destination, location);
  const units = usable(location.available, demand.quantities);
  const components = componentsOf(rules, location, { coverage: demand.units === 0 ? 0 : units / demand.units, km });
  const refusal = refusalOf(location, request, units);
  const { distance, coverage, headroom, split } = components;
  return {
    ...location,
    ...(km === undefined ? {} : { distanceKm: km }),
    components,
    score: points(distance + coverage + headroom + split),
    ...(refusal === undefined ? {} : { refusal }),
  };
};

const byRank = (a: Candidate, b: Candidate): number => b.score - a.score || (a.location < b.location ? -1 : 1);
