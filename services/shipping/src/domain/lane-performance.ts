/** From where, to which country, by whom, how. */
export interface Lane {
  readonly location: string;
  /** Empty where nobody knows it. */
  readonly country: string;
  readonly carrier: string;
  readonly service: string;
}

/** What became of parcels, as far as it is known: how many, and how many of them came whole and in time. */
export interface Outcomes {
  readonly parcels: number;
  readonly kept: number;
}

export type LaneOutcomes = Lane & Outcomes;

export const performanceBases = ['lane', 'service', 'all'] as const;

/** What is to be expected of a parcel on a lane. */
export interface Performance {
  /** Of parcels, how many come whole and in time: parts of ten thousand. */
  readonly share: number;
  /** From how many outcomes of the lane that is known. */
  readonly parcels: number;
  /** What it rests on: too few parcels of a lane say nothing, its service does; one that nobody has tried is taken for an average one. */
  readonly basis: (typeof performanceBases)[number];
}

export interface Trust {
  /** With fewer outcomes a lane is not looked at by itself. */
  readonly enough: number;
  /** So many outcomes are as good as what was expected before: m below. */
  readonly prior: number;
}

export type PerformanceOf = (lane: Lane) => Performance | undefined;

const nothing: Outcomes = { parcels: 0, kept: 0 };
const plus = (one: Outcomes, other: Outcomes): Outcomes => ({ parcels: one.parcels + other.parcels, kept: one.kept + other.kept });

const laneKey = ({ location, country, carrier, service }: Lane): string => JSON.stringify([location, country, carrier, service]);
const serviceKey = ({ carrier, service }: Lane): string => JSON.stringify([carrier, service]);

const summed = (outcomes: readonly LaneOutcomes[], keyOf: (lane: Lane) => string): ReadonlyMap<string, Outcomes> => {
  const sums = new Map<string, Outcomes>();
  for (const each of outcomes) sums.set(keyOf(each), plus(sums.get(keyOf(each)) ?? nothing, each));
  return sums;
};

/**
 * The expected share, (kept + m·expected) ÷ (parcels + m): the posterior mean of a binomial share under a beta prior of mean `expected` and weight m (Gelman et al., Bayesian Data Analysis, 3rd ed., 2.4).
 * With few parcels it stays near what was expected, with many it is what they show.
 */
const shrunk = ({ parcels, kept }: Outcomes, expected: number, { prior }: Trust): number =>
  parcels + prior === 0 ? expected : (kept + prior * expected) / (parcels + prior);

/**
 * What is to be expected of each lane, by what became of parcels: of a service what is usual of all services, corrected by its own parcels; of a lane what is usual of its service, corrected by the lane's. So a
 * carrier without any is neither favoured nor shut out. Nothing, where nothing is known of anybody.
 */
export const performanceBy = (outcomes: readonly LaneOutcomes[], trust: Trust): PerformanceOf => {
  const all = outcomes.reduce(plus, nothing);
  if (all.parcels === 0) return () => undefined;
  const [lanes, services] = [summed(outcomes, laneKey), summed(outcomes, serviceKey)];
  return (lane) => {
    const [own, ofService] = [lanes.get(laneKey(lane)) ?? nothing, services.get(serviceKey(lane)) ?? nothing];
    const usual = shrunk(ofService, all.kept / all.parcels, trust);
    const isEnough = own.parcels >= trust.enough && own.parcels > 0;
    const share = isEnough ? shrunk(own, usual, trust) : usual;
    const basis = isEnough ? 'lane' : ofService.parcels > 0 ? 'service' : 'all';
    return { share: Math.round(share * 10_000), parcels: own.parcels, basis };
  };
};
