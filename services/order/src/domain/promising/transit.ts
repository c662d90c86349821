import type { Destination, Static, promiseTransit } from '@cartage/contracts';
import type { LocalDay } from './local-days';
import { arrival, type DayRange, type Departure, type PromiseTerms } from './promise-dates';

/** What is learned of how long carriers need is looked at beside a policy's own days. */
export interface LearnedTransit {
  /** So many of a hundred deliveries are to need no longer. */
  readonly percent: number;
  /** Whether it is promised; otherwise it is only recorded beside what is: in shadow. */
  readonly decides: boolean;
}

/** What is known of a parcel when its delivery is promised. */
export interface ParcelWay {
  /** Code of the location that ships it, as far as that is known. */
  readonly location?: string | undefined;
  readonly destination?: Destination | undefined;
  readonly service?: string | undefined;
  /** The day on which it leaves, by the customer's calendar. */
  readonly leaves: LocalDay;
}

/** How a promise says it. */
export type TransitBasis = Static<typeof promiseTransit>;

/** Working days of the carrier, and what they were learned from. */
export type TransitQuote = Omit<NonNullable<TransitBasis['learned']>, 'deliverBy'>;

/** How long carriers need, as far as it was learned so far. */
export interface TransitTimes {
  /** Nothing where too little was learned to say it. */
  readonly quote: (way: ParcelWay, percent: number) => TransitQuote | undefined;
}

export const nothingLearned: TransitTimes = { quote: () => undefined };

/** The carrier's days that are to be promised by, and why. */
export interface TransitChoice {
  readonly days: DayRange;
  readonly basis?: TransitBasis;
}

interface Choosing {
  /** The policy's own days, and whose days they are. */
  readonly terms: Pick<PromiseTerms, 'carrier' | 'destinationZone' | 'transitDays'>;
  readonly calendar: string | undefined;
  readonly departure: Departure;
}

/** Sold once, it is counted by what was learned then: an order is not promised anew because parcels of others came. */
export const chosenBefore = ({ learned, ...sold }: TransitBasis, choosing: Choosing): TransitChoice =>
  choiceOf({ percent: sold.percent, decides: sold.decidedBy === 'learned' }, learned, choosing);

export const choiceOf = ({ percent, decides }: LearnedTransit, quoted: TransitQuote | undefined, choosing: Choosing): TransitChoice => {
  const { terms, departure, calendar } = choosing;
  const { transitDays } = terms;
  const isLearned = decides && quoted !== undefined;
  const basis: TransitBasis = {
    decidedBy: isLearned ? 'learned' : 'baseline',
    percent,
    ...(calendar === undefined ? {} : { calendar }),
    baseline: { days: transitDays.most, deliverBy: arrival(terms, departure, transitDays.most) },
    ...(quoted ? { learned: { ...quoted, deliverBy: arrival(terms, departure, quoted.days) } } : {}),
  };
  return { days: isLearned ? { least: Math.min(transitDays.least, quoted.days), most: quoted.days } : transitDays, basis };
};
