import { zoneOf } from '@cartage/contracts';
import fc from 'fast-check';
import { endOfDays } from './window';

const london = { country: 'GB' };
const shown = (zone: string, instant: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' }).format(new Date(instant));

describe('a deadline of 30 days', () => {
  it.each([
    ['in winter', '2026-01-02T00:01:00Z', london, '2026-02-01T23:59:59.999Z'],
    ['in summer', '2026-06-30T23:01:00Z', london, '2026-07-31T22:59:59.999Z'],
    ['over the change to winter time', '2026-10-10T10:00:00Z', london, '2026-11-09T23:59:59.999Z'],
    ['over the change to summer time', '2026-03-10T10:00:00Z', london, '2026-04-09T22:59:59.999Z'],
    ['that begins a minute before midnight', '2026-01-01T23:59:00Z', london, '2026-01-31T23:59:59.999Z'],
    ['in Honolulu', '2026-01-02T10:01:00Z', { country: 'US', region: 'HI' }, '2026-02-02T09:59:59.999Z'],
    ['in New York', '2026-01-02T05:01:00Z', { country: 'US', region: 'us-ny' }, '2026-02-02T04:59:59.999Z'],
    ['in a state that nobody named: where the day ends last', '2026-01-02T10:01:00Z', { country: 'US' }, '2026-02-02T09:59:59.999Z'],
    ['in India', '2026-01-01T18:31:00Z', { country: 'IN' }, '2026-02-01T18:29:59.999Z'],
    ['in Kosovo', '2026-01-02T00:01:00Z', { country: 'XK' }, '2026-02-01T22:59:59.999Z'],
    ['nowhere', '2026-01-02T12:01:00Z', {}, '2026-02-02T11:59:59.999Z'],
  ])('ends with the day, %s', (_, since, place, until) => expect(endOfDays(30, since, place)).toBe(until));

  it('ends with the second of two midnights, and before a midnight that is left out', () => {
    // Havana sets its clocks back from 1:00 to 0:00, Cairo ahead from 0:00 to 1:00.
    expect(endOfDays(1, '2026-10-30T12:00:00Z', { country: 'CU' })).toBe('2026-11-01T03:59:59.999Z');
    expect(endOfDays(1, '2026-04-22T12:00:00Z', { country: 'EG' })).toBe('2026-04-23T21:59:59.999Z');
  });

  it('shows 23:59:59 of the right day on the clocks of any country, whenever it begins', () => {
    const country = fc.constantFrom(
      'GB',
      'US',
      'CA',
      'AU',
      'BR',
      'MX',
      'IN',
      'NP',
      'IR',
      'CL',
      'NZ',
      'EG',
      'PY',
      'CU',
      'LB',
      'KI',
      'WS',
      'XK',
      'JP',
      'DE',
    );
    fc.assert(
      fc.property(country, fc.integer({ min: 0, max: 730 * 24 * 60 }), fc.integer({ min: 0, max: 100 }), (of, minutes, days) => {
        const since = new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString();
        const zone = zoneOf({ country: of });
        const [first = ''] = shown(zone, since).split(',');
        const last = new Date(Date.parse(first) + days * 86_400_000).toISOString().slice(0, 10);
        expect(shown(zone, endOfDays(days, since, { country: of }))).toBe(`${last}, 23:59:59`);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the clock of a place', () => {
  it('is known to the platform, for each country and each region', () => {
    const codes = Array.from({ length: 26 * 26 }, (_, n) => String.fromCharCode(65 + Math.floor(n / 26), 65 + (n % 26)));
    const zones = new Set([
      ...codes.map((country) => zoneOf({ country })),
      ...['US', 'CA', 'AU', 'BR', 'MX'].flatMap((country) => codes.map((region) => zoneOf({ country, region }))),
    ]);
    expect(zones.size).toBeGreaterThan(200);
    for (const zone of zones) expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
  });

  it('is that of the region where a country has several, and of the west where the region is not known', () => {
    const of = (country: string, region?: string) => zoneOf(region === undefined ? { country } : { country, region });
    expect([of('US', 'HI'), of('US', 'US-TX'), of('AU', 'qld'), of('CA', 'BC'), of('CA', 'constructor')]).toEqual([
      'Pacific/Honolulu',
      'America/Denver',
      'Australia/Brisbane',
      'America/Vancouver',
      of('CA'),
    ]);
    expect(of('CA')).toBe('America/Vancouver');
  });
});
