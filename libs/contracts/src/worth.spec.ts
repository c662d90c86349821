import { exponentOf, limitIn, majorUnits, worthIn } from './worth';

const pounds = (amount: number) => ({ currency: 'GBP', amount: amount * 100 });

describe('what money is roughly worth', () => {
  it('depends on worth, not on the digits of a currency', () => {
    const dong = worthIn({ currency: 'VND', amount: 450_000 }, 'GBP') ?? 0;
    const dinar = worthIn({ currency: 'KWD', amount: 120_000 }, 'GBP') ?? 0;
    expect([dong > 1_000, dong < 1_600, dinar > 27_000, dinar < 33_000]).toEqual([true, true, true, true]);
  });

  it('is the same amount in its own currency', () => expect(worthIn({ currency: 'TND', amount: 948_001 }, 'TND')).toBe(948_001));

  it('is not known of what is no money of a country', () => {
    expect(worthIn(pounds(1), 'XAU')).toBeUndefined();
    expect(worthIn(pounds(1), 'constructor')).toBeUndefined();
  });

  it('is kept for each currency that a market uses now', () => {
    /** No longer in use, or without a market that a rate could be taken from. */
    const others = new Set(['ANG', 'HRK', 'IRR', 'KPW', 'SVC']);
    const used = Intl.supportedValuesOf('currency').filter((code) => isOfToday(code) && !code.startsWith('X') && !others.has(code));
    expect(used.length).toBeGreaterThan(140);
    expect(used.filter((code) => worthIn({ currency: 'USD', amount: 1 }, code) === undefined)).toEqual([]);
  });
});

/** The platform lists withdrawn currencies too; those carry their years in their English name. */
const names = new Intl.DisplayNames(['en'], { type: 'currency' });
const withdrawn = /\(\d{4}|\d{4}\)|^Old |Convertible|Zwanziger/;
const isOfToday = (code: string): boolean => !withdrawn.test(names.of(code) ?? '');

describe('the digits of a currency', () => {
  it('are those of ISO 4217', () => expect(['GBP', 'JPY', 'KWD', 'CLF', 'VND'].map(exponentOf)).toEqual([2, 0, 3, 4, 0]));

  it.each([
    ['GBP', 9007199254740991, '90071992547409.91'],
    ['JPY', 1200, '1200'],
    ['GBP', 1200, '12.00'],
    ['GBP', 5, '0.05'],
    ['GBP', -5, '-0.05'],
    ['KWD', 1200, '1.200'],
    ['KWD', 0, '0.000'],
  ])('writes %s %d as %s', (currency, amount, text) => expect(majorUnits(amount, currency)).toBe(text));
});

describe('a limit', () => {
  const limits = [pounds(1_000), { currency: 'INR', amount: 5_000_000 }];
  it('is the one given for the currency', () => expect([limitIn(limits, 'GBP'), limitIn(limits, 'INR')]).toEqual([100_000, 5_000_000]));
  it('follows from the first one for every other', () => {
    expect(limitIn(limits, 'JPY')).toBe(Math.round((1_000 / 0.76) * 155));
    expect(limitIn(limits, 'KWD')).toBe(Math.round((1_000_000 / 0.76) * 0.307));
  });
  it('is not known where none can be told', () => {
    expect(limitIn(limits, 'XAU')).toBeUndefined();
    expect(limitIn([], 'GBP')).toBeUndefined();
  });
});
