import type { Reason } from '@cartage/contracts';
import type { Wish } from './commands';
import type { Performance } from './lane-performance';
import type { LearnedRecord } from './learned-choice';
import { scoresOf, type Weights } from './scores';

/** What a carrier would take a shipment for. */
export interface Offer {
  readonly carrier: string;
  readonly service: string;
  readonly currency: string;
  /** Minor units. */
  readonly cost: number;
  /** Until it is delivered; absent if the carrier does not say. */
  readonly days?: number;
  /** What is to be expected of it on this lane; absent if nobody knows, or nobody asks. */
  readonly performance?: Performance;
}

/** A carrier, or one of its services, that does not take it; or that must not, whatever it offered. */
export interface Declined extends Partial<Omit<Offer, 'carrier' | 'performance'>> {
  readonly carrier: string;
  readonly reason: Reason;
}

/** What counts first between offers; ties are broken by the others. */
export const choiceOrders = ['cost', 'speed', 'preference', 'performance', 'weighted'] as const;
export type ChoiceOrder = (typeof choiceOrders)[number];

export interface Preferences {
  readonly by: ChoiceOrder;
  /** Whom labels are bought from, the preferred one first. */
  readonly carriers: readonly string[];
  /** By how much each measure counts where they are weighed. */
  readonly weights?: Weights;
}

/** What it came to, where measures were weighed: parts of ten thousand. */
interface Scored {
  readonly score?: number;
}
export type RatedOffer =
  ({ readonly chosen: true } & Offer & Scored) | ({ readonly chosen: false; readonly reason: Reason } & ((Offer & Scored) | Declined));

/** What was offered, which one was chosen, and why each of the others was not. */
export interface Rates {
  readonly by: ChoiceOrder;
  /** Where measures were weighed. */
  readonly weights?: Weights;
  readonly offers: readonly RatedOffer[];
  /** What was learned of carriers, where it was looked at. */
  readonly learned?: LearnedRecord;
}

/** The offer to take, if there is any, those that it was chosen from, and what is to be said of all of them. */
export interface Rating {
  readonly chosen?: Offer;
  readonly inPlay: readonly Offer[];
  readonly rates: Rates;
}

interface ToChoose {
  readonly offers: readonly Offer[];
  readonly declined: readonly Declined[];
  readonly wish: Wish;
  /** The delivery service that was sold. */
  readonly sold?: string;
}

const policy = (code: string, detail: string): Reason => ({ code, detail, by: 'policy' });

/** Why an offer is out of the question, however cheap and fast it is. */
const excluded = ({ carrier, service }: Offer, { wish, sold }: ToChoose): Reason | undefined => {
  if ((wish.carrier ?? carrier) !== carrier || (wish.service ?? service) !== service)
    return policy('not-wished', `Asked for: ${[wish.carrier, wish.service].filter(Boolean).join(' ')}.`);
  return sold === undefined || sold === service ? undefined : policy('service-not-sold', `The customer bought ${sold}.`);
};

/** A wish goes before what was sold, and what was sold binds only where anybody has a service of that name. */
const bindingSale = ({ offers, wish, sold }: ToChoose): { readonly sold?: string } =>
  sold !== undefined && wish.service === undefined && offers.some(({ service }) => service === sold) ? { sold } : {};

type Measure = (offer: Offer) => number;

/** The lower, the better. */
const measures = (
  { carriers }: Preferences,
  scores: ReadonlyMap<Offer, number> = new Map(),
): { readonly [By in ChoiceOrder]: Measure } => ({
  cost: ({ cost }) => cost,
  speed: ({ days = Number.MAX_SAFE_INTEGER }) => days,
  preference: ({ carrier }) => carriers.indexOf(carrier),
  performance: ({ performance }) => -(performance?.share ?? 0),
  weighted: (offer) => -(scores.get(offer) ?? 0),
});

const tieBreaks: { readonly [By in ChoiceOrder]: readonly ChoiceOrder[] } = {
  cost: ['cost', 'speed', 'preference'],
  speed: ['speed', 'cost', 'preference'],
  preference: ['preference', 'cost', 'speed'],
  performance: ['performance', 'cost', 'speed', 'preference'],
  weighted: ['weighted', 'cost', 'speed', 'preference'],
};

const percent = (share: number | undefined): string => (share === undefined ? 'unknown' : `${share / 100} %`);

const words: { readonly [By in ChoiceOrder]: (offer: Offer, best: Offer, measure: Measure) => Reason } = {
  cost: ({ cost, currency }, best) => policy('dearer', `${cost} ${currency} against ${best.cost} (minor units).`),
  speed: ({ days }, best) => policy('slower', `${days ?? 'unknown'} days against ${best.days ?? 'unknown'}.`),
  preference: (_, best) => policy('less-preferred', `${best.carrier} ${best.service} is preferred.`),
  performance: ({ performance }, best) =>
    policy('less-reliable', `${percent(performance?.share)} in time on this lane against ${percent(best.performance?.share)}.`),
  weighted: (offer, best, measure) => policy('lower-score', `${-measure(offer)} against ${-measure(best)}, of 10,000.`),
};

/** Costs of two currencies are no two numbers of one scale: those of the preferred carrier's currency are compared. */
const comparable = (offers: readonly Offer[], preferences: Preferences): string | undefined => {
  const { preference } = measures(preferences);
  return offers.toSorted((a, b) => preference(a) - preference(b))[0]?.currency;
};

type Ranking = Preferences & { readonly scores: ReadonlyMap<Offer, number> };

const best = (offers: readonly Offer[], ranking: Ranking): Offer | undefined => {
  const measure = measures(ranking, ranking.scores);
  const order = tieBreaks[ranking.by].map((by) => measure[by]);
  const compare = (a: Offer, b: Offer): number => order.map((of) => of(a) - of(b)).find((difference) => difference !== 0) ?? 0;
  return offers.toSorted(compare)[0];
};

const whyNot = (offer: Offer, chosen: Offer, ranking: Ranking): Reason => {
  const measure = measures(ranking, ranking.scores);
  const by = tieBreaks[ranking.by].find((each) => measure[each](offer) !== measure[each](chosen)) ?? 'preference';
  return words[by](offer, chosen, measure[by]);
};

export const rated = (preferences: Preferences, toChoose: ToChoose): Rating => {
  const { offers, declined, wish } = toChoose;
  const binding = { offers, declined, wish, ...bindingSale(toChoose) };
  const open = offers.filter((offer) => !excluded(offer, binding));
  const currency = comparable(open, preferences);
  const inPlay = open.filter((offer) => offer.currency === currency);
  const scores = preferences.by === 'weighted' ? scoresOf(inPlay, preferences) : new Map<Offer, number>();
  const ranking = { ...preferences, scores };
  const chosen = best(inPlay, ranking);
  const reasonOf = (offer: Offer): Reason =>
    excluded(offer, binding) ??
    (chosen && offer.currency === currency
      ? whyNot(offer, chosen, ranking)
      : policy('currency-differs', `Costs are compared in ${currency ?? 'no currency'}.`));
  const told = offers.map((offer): RatedOffer => {
    const score = scores.get(offer);
    const shown = score === undefined ? offer : { ...offer, score };
    return offer === chosen ? { ...shown, chosen: true } : { ...shown, chosen: false, reason: reasonOf(offer) };
  });
  return {
    inPlay,
    rates: ratesOf(preferences, [...told, ...declined.map((each) => ({ ...each, chosen: false as const }))]),
    ...(chosen ? { chosen } : {}),
  };
};

const ratesOf = ({ by, weights }: Preferences, offers: readonly RatedOffer[]): Rates => ({
  by,
  ...(by === 'weighted' && weights ? { weights } : {}),
  offers,
});
