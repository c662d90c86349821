import { country, integer, list, object, oneOf, optional, promiseTransit, text, time, truth } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { Quote } from '../../app/promising/promise-terms';
import type { CalendarTerms, PromiseTermsSold } from '../../domain/promising/policies';
import { weekdays } from '../../domain/promising/local-days';

const revision = { revision: integer('1, 2, 3 …; also in `ETag`.'), changedBy: text('Who set it.'), changedAt: time() };

export type ShownPolicy = PromiseTermsSold & {
  readonly policy: string;
  readonly revision: number;
  readonly changedBy: string;
  readonly changedAt: string;
};

export type ShownCalendar = CalendarTerms & {
  readonly calendar: string;
  readonly revision: number;
  readonly changedBy: string;
  readonly changedAt: string;
};

export const promisePolicy = answerOf<ShownPolicy>()(
  'PromisePolicy',
  object({
    policy: text('Code; stable. Orders remember `policy@revision`.'),
    ...revision,
    channel: optional(text('Only for what is sold there.')),
    service: optional(text('Only for this delivery service.')),
    country: optional(country()),
    postalAreas: optional(list(text(), 'Only for postal areas that begin so.')),
    location: optional(text('The location that usually ships.')),
    timeZone: text('IANA name.'),
    cutOff: text('Local time, such as `14:00`.'),
    processingDays: integer('Working days of the place.'),
    transitDays: object({ least: integer(), most: integer() }, 'Working days of the carrier.'),
    learned: optional(
      object({
        percent: integer('So many of a hundred deliveries are to need no longer.'),
        decides: truth('Whether it is promised; otherwise it is only recorded beside what is.'),
      }),
    ),
    calendar: optional(text('The calendar of the place.')),
    carrierCalendar: optional(text('The calendar of the carrier.')),
    active: truth('Otherwise nothing is sold under it any more.'),
  }),
);
export const promisePolicyPage = pageAnswer(promisePolicy);

export const promiseCalendar = answerOf<ShownCalendar>()(
  'PromiseCalendar',
  object({
    calendar: text('Code; stable.'),
    ...revision,
    weekdays: list(oneOf(weekdays), 'Days of the week that are worked.'),
    closedOn: list(text('Day, such as `2026-12-25`.'), 'Holidays.'),
  }),
);
export const promiseCalendarPage = pageAnswer(promiseCalendar);

export const promiseQuote = answerOf<Quote>()(
  'PromiseQuote',
  object({
    at: time('When it would be placed.'),
    promise: optional(
      object(
        {
          shipBy: time('Handed over until then.'),
          deliverFrom: time('Not before the day that ends then.'),
          deliverBy: time('Delivered until then: the end of a day by the clocks of the customer.'),
          basis: object({
            policy: optional(text('The policy and its revision, such as `standard-gb@3`.')),
            cutOff: optional(time('The cut-off that it came before: what is placed later is promised later.')),
            processingDays: optional(integer('Working days of the place.')),
            transitDays: optional(integer('Working days of the carrier.')),
            calendar: optional(text('Of whose days: a location, or a calendar.')),
            transit: optional(promiseTransit),
          }),
        },
        'Absent: no policy speaks of it, and nothing would be promised.',
      ),
    ),
  }),
);
