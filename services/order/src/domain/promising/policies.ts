import { Refused, type FieldError, type Named } from '@cartage/eventsourcing';
import type { LocalDay, Weekday } from './local-days';
import type { DayRange } from './promise-dates';
import { revising, type Revision } from './revising';
import type { LearnedTransit } from './transit';

/** What is promised of orders that are sold here (channel), so (service) and to there (country, areas): absent, everywhere. */
export interface PromiseTermsSold {
  readonly channel?: string;
  readonly service?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  /** Beginnings of postal areas, such as `IV` for all of the Highlands. */
  readonly postalAreas?: readonly string[];
  /** Code of the location that usually ships: its days and cut-offs, as far as it tells them. */
  readonly location?: string;
  /** IANA name, where no location tells its own. */
  readonly timeZone: string;
  /** Local time, such as `14:00`, where no location tells its own. */
  readonly cutOff: string;
  /** Working days of the place. */
  readonly processingDays: number;
  /** Working days of the carrier. */
  readonly transitDays: DayRange;
  /** Beside them, what was learned of how long carriers need; absent: it is not looked at. */
  readonly learned?: LearnedTransit;
  /** The days of the place, where no location tells its own: a calendar. */
  readonly calendar?: string;
  /** The days of the carrier; without it, the calendar named like the country of destination. */
  readonly carrierCalendar?: string;
  /** Otherwise nothing is sold under it any more. */
  readonly active: boolean;
}

/** Days on which somebody works. */
export interface CalendarTerms {
  readonly weekdays: readonly Weekday[];
  /** Holidays. */
  readonly closedOn: readonly LocalDay[];
}

export type PromisePolicy = Revision<PromiseTermsSold>;
export type PromiseCalendar = Revision<CalendarTerms>;

/** Stream `policy-<code>`. */
export type PromisePolicyChanged = Named<'PromisePolicyChanged', PromisePolicy>;
/** Stream `calendar-<code>`. */
export type PromiseCalendarChanged = Named<'PromiseCalendarChanged', PromiseCalendar>;
export type PromiseTermsEvent = PromisePolicyChanged | PromiseCalendarChanged;

export const policyStream = (code: string): string => `policy-${code}`;
export const calendarStream = (code: string): string => `calendar-${code}`;

/** What an order remembers of a policy: `standard-gb@3`. */
export const versionOf = ({ code, revision }: Pick<PromisePolicy, 'code' | 'revision'>): string => `${code}@${revision}`;

const refuse = (code: string, field: string, message: string): never => {
  const errors: readonly FieldError[] = [{ field, code, message }];
  throw new Refused(code, `It cannot be kept so: ${field} ${message}.`, 'invalid', errors);
};

const requireRange = ({ transitDays: { least, most }, country, postalAreas }: PromiseTermsSold): void => {
  if (least > most) refuse('PROMISE_POLICY_INVALID', 'transitDays.most', `must be ${least} (least) or more`);
  if (postalAreas && country === undefined) refuse('PROMISE_POLICY_INVALID', 'country', 'must be told with postal areas');
};

export const unknownCalendar = (field: string, calendar: string): never =>
  refuse('PROMISE_CALENDAR_UNKNOWN', field, `names no calendar: make ${calendar} first, PUT /promises/calendars/${calendar}`);

export const promisePolicy = revising<'PromisePolicyChanged', PromiseTermsSold>('PromisePolicyChanged', requireRange);
export const promiseCalendar = revising<'PromiseCalendarChanged', CalendarTerms>('PromiseCalendarChanged', () => undefined);
