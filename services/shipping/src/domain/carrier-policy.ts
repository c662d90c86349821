import { invalidField } from '@cartage/eventsourcing';
import type { CarrierRule } from './carrier-rules';
import type { LearnedPolicy } from './learned-choice';
import type { ChoiceOrder } from './rates';
import { weighed, type Weights } from './scores';

/** How a carrier is chosen. */
export interface ChoiceTerms {
  readonly by: ChoiceOrder;
  /** Whom labels are bought from, the preferred one first. */
  readonly carriers: readonly string[];
  /** By how much each measure counts where they are weighed. */
  readonly weights: Weights;
  /** What is learned of carriers is looked at beside it; absent: it is not. */
  readonly learned?: LearnedPolicy;
}

/** For shipments of which all that is said is true. */
export interface PolicyException {
  readonly channels?: readonly string[];
  readonly methods?: readonly string[];
  readonly priorities?: readonly string[];
  /** Of the destination; of goods that come back, of whoever sends them. */
  readonly countries?: readonly string[];
  /** One of its parcels is heavier. */
  readonly overGrams?: number;
  /** None of its parcels is heavier. */
  readonly upToGrams?: number;
  readonly change: Partial<ChoiceTerms>;
}

/** A version of the policy: what holds for all, what is otherwise for some, and what must not go with whom. */
export interface CarrierPolicy extends ChoiceTerms {
  /** Later ones go before earlier ones. */
  readonly exceptions: readonly PolicyException[];
  readonly blocks: readonly CarrierRule[];
}

/** What goes with a carrier, as far as policies differ by it. */
export interface ToChooseFor {
  readonly channel?: string;
  /** As it was sold; `return` for what comes back. */
  readonly method: string;
  readonly priority: string;
  readonly country: string;
  readonly parcelGrams: readonly number[];
}

/** The policy for one shipment. */
export interface CarrierTerms extends ChoiceTerms {
  readonly version: string;
  readonly blocks: readonly CarrierRule[];
}

/** Goods that come back. */
export const RETURN_METHOD = 'return';

/** What holds whatever the settings say: whoever pays for haste gets it, and what comes back costs as little as it can. */
export const usualExceptions: readonly PolicyException[] = [
  { priorities: ['expedited'], change: { by: 'speed' } },
  { methods: [RETURN_METHOD], change: { by: 'cost' } },
];

const isAmong = (named: readonly string[] | undefined, one: string | undefined): boolean =>
  named === undefined || (one !== undefined && named.includes(one));

const isOfWeight = ({ overGrams = -1, upToGrams = Infinity }: PolicyException, parcelGrams: readonly number[]): boolean => {
  const heaviest = Math.max(0, ...parcelGrams);
  return heaviest > overGrams && heaviest <= upToGrams;
};

const concerns = (exception: PolicyException, shipment: ToChooseFor): boolean =>
  isAmong(exception.channels, shipment.channel) &&
  isAmong(exception.methods, shipment.method) &&
  isAmong(exception.priorities, shipment.priority) &&
  isAmong(exception.countries, shipment.country) &&
  isOfWeight(exception, shipment.parcelGrams);

/** What counts first for a few goes before what was learned for all, unless the exception has terms for that itself. */
const learnedAfter = (before: ChoiceTerms, change: Partial<ChoiceTerms>): LearnedPolicy | undefined =>
  change.learned ?? (change.by === undefined ? before.learned : undefined);

const changed = (before: ChoiceTerms, change: Partial<ChoiceTerms>): ChoiceTerms => {
  const { by = before.by, carriers = before.carriers, weights = before.weights } = change;
  const learned = learnedAfter(before, change);
  return { by, carriers, weights, ...(learned ? { learned } : {}) };
};

/** How a carrier is chosen for one shipment. */
export const termsFor = (
  { exceptions, blocks, by, carriers, weights, learned }: CarrierPolicy,
  version: string,
  shipment: ToChooseFor,
): CarrierTerms => {
  const concerning = exceptions.filter((exception) => concerns(exception, shipment));
  const terms = concerning.reduce<ChoiceTerms>((before, { change }) => changed(before, change), {
    ...{ by, carriers, weights },
    ...(learned ? { learned } : {}),
  });
  return { ...terms, version, blocks };
};

const countsNothing = (weights: Weights): boolean => weighed.every((name) => weights[name] === 0);

/** Refused, by field, where it says nothing, or what cannot be. */
export const requireSound = ({ weights, exceptions }: CarrierPolicy): void => {
  if (countsNothing(weights)) throw invalidField('rules.weights', 'WEIGHTS_INVALID', 'Something must count: give one measure a weight.');
  exceptions.forEach(({ overGrams = -1, upToGrams = Infinity, change }, n) => {
    const field = `rules.exceptions[${n}]`;
    if (upToGrams <= overGrams) throw invalidField(`${field}.upToGrams`, 'WEIGHT_INVALID', 'It must be more than overGrams.');
    if (change.weights && countsNothing(change.weights))
      throw invalidField(`${field}.change.weights`, 'WEIGHTS_INVALID', 'Something must count: give one measure a weight.');
  });
};
