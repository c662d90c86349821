import { ageText, countryText, moneyText, plainMoney, sinceText } from './formats';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ').replace(/[\u200e\u200f\u061c]/g, '');

describe('money', () => {
  it.each([
    ['en-GB', 1250, 'GBP', '£12.50'],
    ['de', 1250, 'EUR', '12,50 €'],
    ['en', 1250, 'JPY', '¥1,250'],
    ['en', 1250, 'BHD', 'BHD 1.250'],
    // Browsers leave out the digits of these, as people do at a till: their minor unit is a hundredth all the same, or a thousandth.
    ['en', 125000, 'HUF', 'HUF 1,250.00'],
    ['de', 125000, 'IDR', '1.250,00 IDR'],
    ['en', 1250, 'IQD', 'IQD 1.250'],
    ['en', -500, 'USD', '-$5.00'],
    ['de', 123456789, 'EUR', '1.234.567,89 €'],
  ])('in %s: %i minor units of %s is %s', (locale, amount, currency, text) =>
    expect(plain(moneyText(locale, amount, currency))).toBe(text),
  );
});

it.each([
  [1250, 'GBP', '12.50'],
  [1250, 'JPY', '1250'],
  [-1250, 'BHD', '-1.250'],
  [1250, 'COP', '12.50'],
  [12500, 'CLF', '1.2500'],
])('%i minor units of %s are %s for a program', (amount, currency, text) => expect(plainMoney(amount, currency)).toBe(text));

describe('times', () => {
  const now = Date.parse('2026-11-28T12:00:00Z');
  it.each([
    ['2026-11-28T11:59:30Z', '30 seconds ago'],
    ['2026-11-28T09:00:00Z', '3 hours ago'],
    ['2026-11-26T12:00:00Z', '2 days ago'],
    ['2026-11-29T13:00:00Z', 'tomorrow'],
  ])('%s is %s', (instant, text) => expect(sinceText('en', instant, now)).toBe(text));

  it.each([
    ['2026-11-28T11:59:59Z', '1 minute'],
    ['2026-11-28T10:30:00Z', '1 hour'],
    ['2026-11-18T12:00:00Z', '10 days'],
    // A clock that is ahead makes nobody wait less than nothing.
    ['2026-11-28T12:05:00Z', '1 minute'],
  ])('of %s is %s old', (instant, text) => expect(ageText('en', instant, now)).toBe(text));
});

it('names countries as the reader does, and leaves what is none', () => {
  expect(countryText('de', 'GB')).toBe('Vereinigtes Königreich');
  expect(countryText('en', 'not a code')).toBe('not a code');
});
