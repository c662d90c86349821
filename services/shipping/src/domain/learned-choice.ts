import type { learnedChoice, Static } from '@cartage/contracts';
import { drawsOf, learnedCarriers, type LearnedChoice, type Random, type ToChoose, type WeighedOffer } from './carrier-learning';
import type { Choice } from './commands';
import type { Offer, RatedOffer, Rating } from './rates';

/** What is learned of carriers is looked at beside a policy's own choice. */
export interface LearnedPolicy {
  /** Whether it decides; otherwise it is only recorded beside what does: in shadow. */
  readonly decides: boolean;
  /** Of the two costs below; where offers are compared in another one, nothing is looked at. */
  readonly currency: string;
  /** What a day of lateness costs, minor units. */
  readonly lateDayCost: number;
  /** What a parcel costs that is lost or comes back, minor units. */
  readonly lostCost: number;
  /** So many of a hundred choices are left to chance, so that nobody is forgotten. */
  readonly floorPercent: number;
  /** By so much of a hundred it may cost more than the policy's own choice, in sum. */
  readonly boundPercent: number;
}

/** What was learned up to an event of the log. */
export interface CarrierLearning {
  readonly position: string;
  choose(asked: ToChoose, random: Random): LearnedChoice;
}

/** How a decision says it. */
export type LearnedRecord = Static<typeof learnedChoice>;

export interface Way {
  readonly location: string;
  readonly country: string;
}

/** Lanes and services, as they are named where they are learned. */
export const laneName = ({ location, country }: Way): string => JSON.stringify([location, country]);
export const serviceName = ({ carrier, service }: Choice): string => JSON.stringify([carrier, service]);

interface Looking {
  readonly policy: LearnedPolicy;
  readonly way: Way;
  readonly learning: CarrierLearning;
  /** The same draws the same. */
  readonly seed: string;
}

const choiceOf = ({ carrier, service }: Choice): Choice => ({ carrier, service });

const recordOf = (
  { policy, learning }: Looking,
  inPlay: readonly Offer[],
  choice: LearnedChoice,
): Omit<LearnedRecord, 'baseline' | 'choice'> => {
  const { allows, spends } = choice.allowance;
  return {
    ...{ ...learnedCarriers, model: learning.position, decidedBy: policy.decides ? 'learned' : 'policy' },
    ...{ reason: choice.reason, currency: policy.currency, lateDayCost: policy.lateDayCost, lostCost: policy.lostCost },
    ...{ allows: Math.floor(allows), spends: Math.ceil(spends) },
    offers: inPlay.flatMap((offer, n) => {
      const weighed = choice.offers[n];
      return weighed ? [{ ...choiceOf(offer), ...told(weighed) }] : [];
    }),
  };
};

const told = ({ counts, basis, expected, drawn }: WeighedOffer) => ({
  ...{ ...counts, basis },
  ...{ expected: Math.round(expected), drawn: Math.round(drawn) },
});

type RecordedOffer = LearnedRecord['offers'][number];

const words = ({ carrier, service, expected, drawn, parcels, late, lost, basis }: RecordedOffer): string =>
  `${carrier} ${service}: ${expected} expected, ${drawn} drawn, by ${parcels} shipments (${basis}), ${late} late, ${lost} lost`;

const isOf = (choice: Choice) => (each: { readonly carrier: string; readonly service?: string }) =>
  each.carrier === choice.carrier && each.service === choice.service;

/** What is said of the offers once another is taken: of all that it was chosen from, by what was learned. */
const exchanged = (offers: readonly RatedOffer[], taken: Offer, { offers: weighed }: LearnedRecord): readonly RatedOffer[] => {
  const best = weighed.find(isOf(taken));
  return offers.map((offer): RatedOffer => {
    const own = weighed.find(isOf({ carrier: offer.carrier, service: offer.service ?? '' }));
    if (!own || !best) return offer;
    const score = 'score' in offer && offer.score !== undefined ? { score: offer.score } : {};
    if (own === best) return { ...taken, ...score, chosen: true };
    return { ...offer, chosen: false, reason: { code: 'learned', detail: `${words(own)}. ${words(best)}.`, by: 'policy' } };
  });
};

/** The same choice with what was learned beside it, or by it, as the policy says. Where there is nothing to choose, nothing is said. */
export const withLearned = (rating: Rating, looking: Looking): Rating => {
  const { chosen, inPlay, rates } = rating;
  const { policy, way, learning, seed } = looking;
  if (!chosen || inPlay.length < 2 || chosen.currency !== policy.currency) return rating;
  const terms = {
    ...{ perDayLate: policy.lateDayCost, perLost: policy.lostCost },
    ...{ floor: policy.floorPercent / 100, bound: policy.boundPercent / 100 },
  };
  const offers = inPlay.map((offer) => ({ service: serviceName(offer), cost: offer.cost }));
  const asked = { currency: policy.currency, lane: laneName(way), offers, baseline: serviceName(chosen), terms };
  const choice = learning.choose(asked, drawsOf(seed));
  const wish = inPlay.find((offer) => serviceName(offer) === choice.service) ?? chosen;
  const learned = { ...recordOf(looking, inPlay, choice), baseline: choiceOf(chosen), choice: choiceOf(wish) };
  const taken = policy.decides ? wish : chosen;
  return {
    chosen: taken,
    inPlay,
    rates: { ...rates, offers: taken === chosen ? rates.offers : exchanged(rates.offers, taken, learned), learned },
  };
};
