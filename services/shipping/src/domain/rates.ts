import type { Reason } from '@cartage/contracts';
import type { Wish } from './commands';

/** What a carrier would take a shipment for. */
export interface Offer {
  readonly carrier: string;
  readonly service: string;
  readonly currency: string;
  /** Minor units. */
  readonly cost: number;
  /** Until it is delivered; absent if the carrier does not say. */
  readonly days?: number;
}

/** A carrier, or one of its services, that does not take it; or that must not. */
export interface Declined {
  readonly carrier: string;
  readonly service?: string;
  readonly reason: Reason;
}

/** What counts first between offers; ties are broken by the others. */
export const choiceOrders = ['cost', 'speed', 'preference'] as const;
export type ChoiceOrder = (typeof choiceOrders)[number];

export interface Preferences {
  readonly by: ChoiceOrder;
  /** Whom labels are bought from, the preferred one first. */
  readonly carriers: readonly string[];
}

export type RatedOffer = ({ readonly chosen: true } & Offer) | ({ readonly chosen: false; readonly reason: Reason } & (Offer | Declined));

/** What was offered, which one was chosen, and why each of the others was not. */
export interface Rates {
  readonly by: ChoiceOrder;
  readonly offers: readonly RatedOffer[];
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

const measures = ({ carriers }: Preferences): { readonly [By in ChoiceOrder]: Measure } => ({
  cost: ({ cost }) => cost,
  speed: ({ days = Number.MAX_SAFE_INTEGER }) => days,
  preference: ({ carrier }) => carriers.indexOf(carrier),
});

const tieBreaks: { readonly [By in ChoiceOrder]: readonly ChoiceOrder[] } = {
  cost: ['cost', 'speed', 'preference'],
  speed: ['speed', 'cost', 'preference'],
  preference: ['preference', 'cost', 'speed'],
};

const words: { readonly [By in ChoiceOrder]: (offer: Offer, best: Offer) => Reason } = {
  cost: ({ cost, currency }, best) => policy('dearer', `${cost} ${currency} against ${best.cost} (minor units).`),
  speed: ({ days }, best) => policy('slower', `${days ?? 'unknown'} days against ${best.days ?? 'unknown'}.`),
  preference: (_, best) => policy('less-preferred', `${best.carrier} ${best.service} is preferred.`),
};

/** Costs of two currencies are no two numbers of one scale: those of the preferred carrier's currency are compared. */
const comparable = (offers: readonly Offer[], preferences: Preferences): string | undefined =>
  offers.toSorted((a, b) => measures(preferences).preference(a) - measures(preferences).preference(b))[0]?.currency;

const best = (offers: readonly Offer[], preferences: Preferences): Offer | undefined => {
  const measure = measures(preferences);
  const order = tieBreaks[preferences.by].map((by) => measure[by]);
  const compare = (a: Offer, b: Offer): number => order.map((of) => of(a) - of(b)).find((difference) => difference !== 0) ?? 0;
  return offers.toSorted(compare)[0];
};

const whyNot = (offer: Offer, chosen: Offer, preferences: Preferences): Reason => {
  const measure = measures(preferences);
  const by = tieBreaks[preferences.by].find((each) => measure[each](offer) !== measure[each](chosen)) ?? 'preference';
  return words[by](offer, chosen);
};

/** The offer to take, if there is any, and what is to be said of all of them. */
export const rated = (preferences: Preferences, toChoose: ToChoose): { readonly chosen?: Offer; readonly rates: Rates } => {
  const { offers, declined, wish } = toChoose;
  const binding = { offers, declined, wish, ...bindingSale(toChoose) };
  const open = offers.filter((offer) => !excluded(offer, binding));
  const currency = comparable(open, preferences);
  const chosen = best(
    open.filter((offer) => offer.currency === currency),
    preferences,
  );
  const reasonOf = (offer: Offer): Reason =>
    excluded(offer, binding) ??
    (chosen && offer.currency === currency
      ? whyNot(offer, chosen, preferences)
      : policy('currency-differs', `Costs are compared in ${currency ?? 'no currency'}.`));
  const told = offers.map((offer): RatedOffer =>
    offer === chosen ? { ...offer, chosen: true } : { ...offer, chosen: false, reason: reasonOf(offer) },
  );
  const rates = { by: preferences.by, offers: [...told, ...declined.map((each) => ({ ...each, chosen: false as const }))] };
  return { rates, ...(chosen ? { chosen } : {}) };
};
