import type { Reason } from '@cartage/contracts';
import type { ToChooseFor } from './carrier-policy';
import type { Choice } from './commands';
import type { Plan } from './events';
import type { PerformanceOf } from './lane-performance';
import { rated, type Offer, type Preferences } from './rates';

/** What was offered for a label once, as it was recorded. */
export interface PastQuote extends ToChooseFor, Pick<Plan, 'orderId' | 'location' | 'lines'> {
  readonly labelId: string;
  readonly offers: readonly (Partial<Offer> & Pick<Offer, 'carrier'> & { readonly chosen: boolean; readonly reason?: Reason })[];
}

/** Whom another policy would have chosen. */
export interface Retried {
  readonly labelId: string;
  readonly was: Offer;
  /** Absent where nobody who offered may take it. */
  readonly would?: Offer;
}

/** A policy as it holds for one label. */
export interface TriedTerms {
  readonly preferences: Preferences;
  readonly performanceOf: PerformanceOf;
  /** Whether its rules forbid that service. */
  readonly isBlocked: (choice: Choice) => boolean;
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
export const retried = ({ preferences, performanceOf, isBlocked }: TriedTerms, quote: PastQuote): Retried | undefined => {
  const { labelId, location, country } = quote;
  const offers = quote.offers.filter(isOpen).map(({ carrier, service, currency, cost, days, chosen }) => {
    const performance = performanceOf({ location, country, carrier, service });
    const offer = { carrier, service, currency, cost, ...(days === undefined ? {} : { days }), ...(performance ? { performance } : {}) };
    return { offer, chosen };
  });
  const was = offers.find(({ chosen }) => chosen)?.offer;
  const allowed = offers.map(({ offer }) => offer).filter((offer) => preferences.carriers.includes(offer.carrier) && !isBlocked(offer));
  const { chosen: would } = rated(preferences, { offers: allowed, declined: [], wish: {} });
  return was && { labelId, was, ...(would ? { would } : {}) };
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

type Placed = Retried & Required<Pick<Retried, 'would'>>;
export const isPlaced = (label: Retried): label is Placed => label.would !== undefined;

export const isAnother = ({ was, would }: Retried): boolean =>
  would !== undefined && (was.carrier !== would.carrier || was.service !== would.service);

/** By the currency that was chosen; a label that would be bought in another currency, or of nobody, is compared with nothing. */
export const compared = (retries: readonly Retried[]): readonly Comparison[] => {
  const labels = retries.filter(isPlaced);
  const currencies = [...new Set(labels.map(({ was }) => was.currency))].toSorted();
  return currencies.map((currency) => {
    const of = labels.filter(({ was, would }) => was.currency === currency && would.currency === currency);
    return {
      ...{ currency, labels: of.length, changed: of.filter(isAnother).length },
      ...{ was: totalsOf(of.map(({ was }) => was)), would: totalsOf(of.map(({ would }) => would)) },
    };
  });
};
