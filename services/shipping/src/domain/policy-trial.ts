import type { Reason } from '@cartage/contracts';
import type { PerformanceOf } from './lane-performance';
import { rated, type Offer, type Preferences } from './rates';

/** What was offered for a label once, as it was recorded. */
export interface PastQuote {
  readonly labelId: string;
  readonly location: string;
  readonly country: string;
  readonly offers: readonly (Partial<Offer> & Pick<Offer, 'carrier'> & { readonly chosen: boolean; readonly reason?: Reason })[];
}

/** Whom another policy would have chosen. */
export interface Retried {
  readonly labelId: string;
  readonly was: Offer;
  readonly would: Offer;
}

/** No policy changes these: somebody asked for another one, or the customer had bought another service. */
const bound: readonly string[] = ['not-wished', 'service-not-sold'];

type Recorded = PastQuote['offers'][number];
const isOpen = (offer: Recorded): offer is Recorded & Offer =>
  offer.service !== undefined &&
  offer.currency !== undefined &&
  offer.cost !== undefined &&
  !bound.includes(offer.reason?.code ?? '') &&
  offer.reason?.by !== 'carrier';

/** The same offers under another policy; of lanes counts what is known of them now. Nothing where nobody had been chosen by an offer. */
export const retried = (preferences: Preferences, performanceOf: PerformanceOf, quote: PastQuote): Retried | undefined => {
  const { labelId, location, country } = quote;
  const offers = quote.offers.filter(isOpen).map(({ carrier, service, currency, cost, days, chosen }) => {
    const performance = performanceOf({ location, country, carrier, service });
    const offer = { carrier, service, currency, cost, ...(days === undefined ? {} : { days }), ...(performance ? { performance } : {}) };
    return { offer, chosen };
  });
  const was = offers.find(({ chosen }) => chosen)?.offer;
  const { chosen: would } = rated(preferences, { offers: offers.map(({ offer }) => offer), declined: [], wish: {} });
  return was && would ? { labelId, was, would } : undefined;
};

/** What labels come to, and what is expected of them. */
export interface Totals {
  /** Minor units. */
  readonly cost: number;
  /** Mean of those of which the carrier says it; null where none does. */
  readonly days: number | null;
  /** Mean share expected to come whole and in time, in percent; null where nothing is known. */
  readonly onTimePercent: number | null;
}

export interface Comparison {
  readonly currency: string;
  readonly labels: number;
  readonly changed: number;
  readonly was: Totals;
  readonly would: Totals;
}

const mean = (values: readonly (number | undefined)[]): number | null => {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? null : Math.round((known.reduce((sum, value) => sum + value, 0) / known.length) * 10) / 10;
};

const totalsOf = (offers: readonly Offer[]): Totals => ({
  cost: offers.reduce((sum, { cost }) => sum + cost, 0),
  days: mean(offers.map(({ days }) => days)),
  onTimePercent: mean(offers.map(({ performance }) => performance && performance.share / 100)),
});

export const isAnother = ({ was, would }: Pick<Retried, 'was' | 'would'>): boolean =>
  was.carrier !== would.carrier || was.service !== would.service;

/** By the currency that was chosen; a label that would be bought in another currency is compared with nothing. */
export const compared = (labels: readonly Retried[]): readonly Comparison[] => {
  const currencies = [...new Set(labels.map(({ was }) => was.currency))].toSorted();
  return currencies.map((currency) => {
    const of = labels.filter(({ was, would }) => was.currency === currency && would.currency === currency);
    return {
      ...{ currency, labels: of.length, changed: of.filter(isAnother).length },
      ...{ was: totalsOf(of.map(({ was }) => was)), would: totalsOf(of.map(({ would }) => would)) },
    };
  });
};
