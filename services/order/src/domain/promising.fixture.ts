import type { OrderEvent } from './events';
import { order } from './order';
import { occasion, placing } from './order.fixture';
import { promisesSold } from './commitments';
import type { PromiseTermsSold } from './promising/policies';
import { promiseBook, type KnownPlace, type PromiseEntries } from './promising/promise-book';

/** Sold on a Monday, 23 November 2026; a day to process, two to carry: shipped by Tuesday, there by Thursday. */
const terms: PromiseTermsSold = {
  country: 'GB',
  service: 'standard',
  timeZone: 'Europe/London',
  cutOff: '14:00',
  processingDays: 1,
  transitDays: { least: 1, most: 2 },
  active: true,
};
const policy = (code: string, more: Partial<PromiseTermsSold> = {}) => ({
  ...{ code, revision: 1, by: 'anna', changedAt: '2026-11-01T00:00:00.000Z' },
  terms: { ...terms, ...more },
});

const hours = { opens: '08:00', closes: '18:00' };
const place = (location: string, closedOn: readonly string[], until = '14:00'): KnownPlace => ({
  ...{ location, country: 'GB', timeZone: 'Europe/London', revision: 1 },
  calendar: {
    hours: { monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours },
    ...{ closedOn, cutOffs: [{ until }] },
  },
});

export const entries: PromiseEntries = {
  policies: [
    policy('standard'),
    policy('next-day', { service: 'next-day', processingDays: 0, transitDays: { least: 1, most: 1 } }),
    policy('ireland', { country: 'IE', transitDays: { least: 3, most: 5 } }),
  ],
  calendars: [],
  places: [place('LON-1', []), place('CLOSED-1', ['2026-11-24', '2026-11-25']), place('EARLY-1', [], '09:00')],
};
export const book = promiseBook(entries);

export const promiseOccasion = (first: string, at: string) => ({ ...occasion(first, at), promises: book });

/** Placed in time, with what is promised of it. */
export const sold: readonly OrderEvent[] = order.decide(
  { type: 'PlaceOrder', data: { order: placing, promises: promisesSold(book, placing, placing.placedAt), now: placing.placedAt } },
  undefined,
);

export const ends = (day: string): string => `${day}T23:59:59.999Z`;
/** What is promised of it when it is sold. */
export const asSold = { shipBy: ends('2026-11-24'), deliverBy: ends('2026-11-26') };
