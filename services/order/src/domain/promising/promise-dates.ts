import { dayIn, daysAfter, endOf, instantOf, weekdayOf, type LocalDay, type Weekday } from './local-days';
import { everWorks, workingDayFrom, workingDaysAfter, type WorkingDays } from './working-days';

/** Where goods leave. */
export interface ShippingPlace {
  /** IANA name, such as `Europe/London`: its days and times are of this zone. */
  readonly timeZone: string;
  readonly days: WorkingDays;
  /** Until when it hands over on a day, by local time, such as `18:00`; without it, until the day ends. */
  readonly closes?: { readonly [Day in Weekday]?: string };
}

export interface DayRange {
  readonly least: number;
  readonly most: number;
}

/** What a promise follows from. */
export interface PromiseTerms {
  readonly place: ShippingPlace;
  /** By the clocks of the place, such as `14:00`: what comes before, on a day that it works, is begun on that day; at 14:00 it is too late. */
  readonly cutOff: string;
  /** Working days of the place from the day on which it is begun to the day on which it leaves; 0: the same day. */
  readonly processingDays: number;
  /** Working days of the carrier from the day on which it leaves to the day on which it is there; 0: the same day. */
  readonly transitDays: DayRange;
  readonly carrier: WorkingDays;
  /** IANA name: the day of delivery ends by the clocks of the customer. */
  readonly destinationZone: string;
}

/** Instants, ISO 8601 UTC. */
export interface PromiseDates {
  /** The cut-off that it came before. */
  readonly cutOff: string;
  /** Handed over until then. */
  readonly shipBy: string;
  /** Not before the day that ends then. */
  readonly deliverFrom: string;
  /** Delivered until then: the end of a day by the clocks of the customer. */
  readonly deliverBy: string;
}

/** Nothing is begun after closing time. */
const cutOffOn = ({ place: { timeZone, closes }, cutOff }: PromiseTerms, day: LocalDay): string => {
  const closing = closes?.[weekdayOf(day)];
  return instantOf(timeZone, day, closing !== undefined && closing < cutOff ? closing : cutOff);
};

/** The day on which it is begun: that of the first cut-off that is not over yet. */
const begunOn = (terms: PromiseTerms, at: string): LocalDay => {
  const { timeZone, days } = terms.place;
  const today = dayIn(timeZone, at);
  const first = workingDayFrom(days, today);
  const isInTime = first !== today || Date.parse(at) < Date.parse(cutOffOn(terms, first));
  return isInTime ? first : workingDayFrom(days, daysAfter(first, 1));
};

const closingOf = ({ timeZone, closes }: ShippingPlace, day: LocalDay): string => {
  const time = closes?.[weekdayOf(day)];
  return time === undefined ? endOf(timeZone, day) : instantOf(timeZone, day, time);
};

/**
 * The day that is the customer's when it is noon at the place: the carrier's days count from there. Noon, because the hour of the handover would make it
 * the next day for a neighbour who is one zone to the east; over the date line it is another day, as it should.
 */
const dayAtCustomer = ({ place: { timeZone }, destinationZone }: PromiseTerms, day: LocalDay): LocalDay =>
  dayIn(destinationZone, instantOf(timeZone, day, '12:00'));

export interface Departure extends Pick<PromiseDates, 'cutOff' | 'shipBy'> {
  /** The day on which it leaves, as the customer's calendar has it: from there the carrier counts. */
  readonly from: LocalDay;
}

/** When an order leaves that comes at this instant. Nothing where the place or the carrier works on no day. */
export const departureOf = (terms: PromiseTerms, at: string): Departure | undefined => {
  const { place, processingDays, carrier } = terms;
  if (!everWorks(place.days) || !everWorks(carrier)) return undefined;
  const begun = begunOn(terms, at);
  const leaves = workingDaysAfter(place.days, begun, processingDays);
  return { cutOff: cutOffOn(terms, begun), from: dayAtCustomer(terms, leaves), shipBy: closingOf(place, leaves) };
};

/** The carrier begins on the first day that it works, counts days that it works, and never comes before the goods have left. */
export const arrival = (
  { carrier, destinationZone }: Pick<PromiseTerms, 'carrier' | 'destinationZone'>,
  { from, shipBy }: Departure,
  count: number,
): string => {
  let day = workingDaysAfter(carrier, workingDayFrom(carrier, from), count);
  while (Date.parse(endOf(destinationZone, day)) < Date.parse(shipBy)) day = workingDayFrom(carrier, daysAfter(day, 1));
  return endOf(destinationZone, day);
};

/**
 * What can be promised for an order that comes at this instant: cut-off, then processing, then transit, each in the days of whoever does it. Days are local
 * days, so that clocks that are set meanwhile change nothing. Nothing where the place or the carrier works on no day.
 */
export const promiseDates = (terms: PromiseTerms, at: string): PromiseDates | undefined => {
  const departure = departureOf(terms, at);
  if (!departure) return undefined;
  const { least, most } = terms.transitDays;
  const { cutOff, shipBy } = departure;
  return { cutOff, shipBy, deliverFrom: arrival(terms, departure, least), deliverBy: arrival(terms, departure, most) };
};
