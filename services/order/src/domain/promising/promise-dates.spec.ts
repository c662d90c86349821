import fc from 'fast-check';
import { weekdays, type Weekday } from './local-days';
import { promiseDates, type PromiseTerms } from './promise-dates';
import { businessDays, type WorkingDays } from './working-days';

const daily: WorkingDays = { weekdays: new Set(weekdays), closedOn: new Set() };
const closedOn = (...days: readonly string[]): WorkingDays => ({ ...businessDays, closedOn: new Set(days) });
const worked = (...days: readonly Weekday[]): WorkingDays => ({ ...businessDays, weekdays: new Set(days) });
const at = (timeZone: string, days = businessDays): PromiseTerms['place'] => ({ timeZone, days });

/** From London to London: two days from cut-off to parcel, on business days. */
const standard: PromiseTerms = {
  place: at('Europe/London'),
  cutOff: '14:00',
  processingDays: 1,
  transitDays: { least: 1, most: 2 },
  carrier: businessDays,
  destinationZone: 'Europe/London',
};
const nextDay = { ...standard, processingDays: 0, transitDays: { least: 1, most: 1 } };
const sameDay = { ...standard, processingDays: 0, transitDays: { least: 0, most: 0 } };
const evening = { ...sameDay, place: { ...standard.place, closes: { monday: '18:00' } } };
const berlin = { ...nextDay, place: at('Europe/Berlin', daily), carrier: daily, destinationZone: 'Europe/Berlin' };
const christmas = closedOn('2026-12-25', '2026-12-28', '2027-01-01');
const between = (from: string, to: string, transit = 1) => ({
  ...{ ...nextDay, place: at(from), destinationZone: to, cutOff: '23:00' },
  transitDays: { least: transit, most: transit },
});

/** Business days in November: Monday the 23rd to Friday the 27th. */
const cases: readonly (readonly [rule: string, terms: PromiseTerms, at: string, shipBy: string, deliverBy: string])[] = [
  ['comes before the cut-off', standard, '2026-11-23T13:59:59.999Z', '2026-11-24T23:59:59.999Z', '2026-11-26T23:59:59.999Z'],
  ['comes at the cut-off, which is too late', standard, '2026-11-23T14:00:00.000Z', '2026-11-25T23:59:59.999Z', '2026-11-27T23:59:59.999Z'],
  ['comes late on a Friday', standard, '2026-11-27T15:00:00.000Z', '2026-12-01T23:59:59.999Z', '2026-12-03T23:59:59.999Z'],
  ['comes on a Sunday', standard, '2026-11-29T10:00:00.000Z', '2026-12-01T23:59:59.999Z', '2026-12-03T23:59:59.999Z'],
  ['goes by next day', nextDay, '2026-11-23T09:00:00.000Z', '2026-11-23T23:59:59.999Z', '2026-11-24T23:59:59.999Z'],
  ['goes by next day on a Friday', nextDay, '2026-11-27T09:00:00.000Z', '2026-11-27T23:59:59.999Z', '2026-11-30T23:59:59.999Z'],
  ['goes on the same day', sameDay, '2026-11-23T13:59:00.000Z', '2026-11-23T23:59:59.999Z', '2026-11-23T23:59:59.999Z'],
  ['is too late for the same day', sameDay, '2026-11-23T14:00:00.000Z', '2026-11-24T23:59:59.999Z', '2026-11-24T23:59:59.999Z'],
  ['leaves by closing time', evening, '2026-11-23T13:00:00.000Z', '2026-11-23T18:00:00.000Z', '2026-11-23T23:59:59.999Z'],
  [
    'comes after closing time, before the cut-off',
    { ...evening, cutOff: '20:00' },
    '2026-11-23T18:30:00.000Z',
    '2026-11-24T23:59:59.999Z',
    '2026-11-24T23:59:59.999Z',
  ],
  [
    'has a chain of holidays before it',
    { ...standard, place: at('Europe/London', christmas), carrier: christmas },
    '2026-12-24T15:00:00.000Z',
    '2026-12-30T23:59:59.999Z',
    '2027-01-04T23:59:59.999Z',
  ],
  [
    'leaves on a day on which no carrier works',
    { ...nextDay, place: at('Europe/London', worked('saturday')) },
    '2026-11-26T10:00:00.000Z',
    '2026-11-28T23:59:59.999Z',
    '2026-12-01T23:59:59.999Z',
  ],
  [
    'is delivered on a Saturday',
    { ...nextDay, carrier: daily },
    '2026-11-27T10:00:00.000Z',
    '2026-11-27T23:59:59.999Z',
    '2026-11-28T23:59:59.999Z',
  ],
  ['comes when clocks were not yet set back', berlin, '2026-10-24T12:00:00.000Z', '2026-10-25T22:59:59.999Z', '2026-10-26T22:59:59.999Z'],
  ['comes when clocks were set back', berlin, '2026-10-25T12:59:59.000Z', '2026-10-25T22:59:59.999Z', '2026-10-26T22:59:59.999Z'],
  ['comes over the night without two o’clock', berlin, '2026-03-28T12:00:00.000Z', '2026-03-28T22:59:59.999Z', '2026-03-29T21:59:59.999Z'],
  [
    'goes to a neighbour one zone to the east',
    between('Europe/London', 'Europe/Berlin'),
    '2026-11-23T10:00:00.000Z',
    '2026-11-23T23:59:59.999Z',
    '2026-11-24T22:59:59.999Z',
  ],
  [
    'goes over the date line to yesterday',
    between('Pacific/Auckland', 'Pacific/Honolulu'),
    '2026-11-23T20:00:00.000Z', // Tuesday 09:00, and Monday 10:00
    '2026-11-24T10:59:59.999Z',
    '2026-11-25T09:59:59.999Z',
  ],
  [
    'goes over the date line to tomorrow',
    between('Pacific/Honolulu', 'Pacific/Auckland'),
    '2026-11-23T20:00:00.000Z', // Monday 10:00, and Tuesday 09:00
    '2026-11-24T09:59:59.999Z',
    '2026-11-25T10:59:59.999Z',
  ],
  [
    'would be there before it left',
    between('Pacific/Kiritimati', 'Pacific/Pago_Pago', 0),
    '2026-11-23T20:00:00.000Z', // Tuesday 10:00, and Monday 09:00
    '2026-11-24T09:59:59.999Z',
    '2026-11-24T10:59:59.999Z',
  ],
];

describe('what is promised for an order that', () => {
  it.each(cases)('%s', (_, terms, from, ...dates) => {
    const { shipBy, deliverBy } = promiseDates(terms, from) ?? {};
    expect([shipBy, deliverBy]).toEqual(dates);
  });
});

describe('a promise', () => {
  it('says which cut-off it came before, and from when on it may be there', () =>
    expect(promiseDates(standard, '2026-11-22T10:00:00.000Z')).toEqual({
      cutOff: '2026-11-23T14:00:00.000Z',
      shipBy: '2026-11-24T23:59:59.999Z',
      deliverFrom: '2026-11-25T23:59:59.999Z',
      deliverBy: '2026-11-26T23:59:59.999Z',
    }));

  it.each([
    ['that the clocks show twice ends the second time', '2026-10-25T00:45:00.000Z', '2026-10-25T01:30:00.000Z'],
    ['that the clocks leave out is as much later as they are set forward', '2026-03-29T01:15:00.000Z', '2026-03-29T01:30:00.000Z'],
  ])('with a cut-off %s', (_, from, cutOff) => expect(promiseDates({ ...berlin, cutOff: '02:30' }, from)).toMatchObject({ cutOff }));

  it('cannot be made where the place or the carrier works on no day', () => {
    expect(promiseDates({ ...standard, place: at('Europe/London', worked()) }, '2026-11-23T10:00:00.000Z')).toBeUndefined();
    expect(promiseDates({ ...standard, carrier: worked() }, '2026-11-23T10:00:00.000Z')).toBeUndefined();
  });
});

const zones = ['Europe/London', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'Pacific/Pago_Pago', 'Pacific/Kiritimati'] as const;
const someDays = fc
  .record({
    weekdays: fc.subarray([...weekdays], { minLength: 1 }),
    holidays: fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 30 }),
  })
  .map(({ weekdays: each, holidays }): WorkingDays => ({
    weekdays: new Set(each),
    closedOn: new Set(holidays.map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10))),
  }));
const someTime = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
const someTerms: fc.Arbitrary<PromiseTerms> = fc
  .record({
    ...{ timeZone: fc.constantFrom(...zones), destinationZone: fc.constantFrom(...zones), days: someDays, carrier: someDays },
    ...{ cutOff: someTime, closing: someTime, processingDays: fc.nat(10), least: fc.nat(5), more: fc.nat(5) },
  })
  .map(({ timeZone, days, closing, least, more, ...terms }) => ({
    ...terms,
    place: { timeZone, days, closes: { monday: closing, saturday: closing } },
    transitDays: { least, most: least + more },
  }));
const someInstant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }).map((ms) => new Date(ms).toISOString());

/** In the order in which they come. */
const datesOf = (terms: PromiseTerms, from: string): readonly string[] => {
  const promise = promiseDates(terms, from);
  if (!promise) throw new Error('Somebody works on some day.');
  return [promise.cutOff, promise.shipBy, promise.deliverFrom, promise.deliverBy];
};

describe('any promise', () => {
  it('lies ahead, in its order, and is no earlier for an order that comes later', () =>
    fc.assert(
      fc.property(someTerms, someInstant, fc.nat(72 * 60), (terms, from, minutes) => {
        const promise = datesOf(terms, from);
        expect([from, ...promise].toSorted()).toEqual([from, ...promise]);
        const after = datesOf(terms, new Date(Date.parse(from) + minutes * 60_000).toISOString());
        promise.forEach((date, i) => expect(Date.parse(after[i] ?? '')).toBeGreaterThanOrEqual(Date.parse(date)));
      }),
      { numRuns: 500 },
    ));
});
