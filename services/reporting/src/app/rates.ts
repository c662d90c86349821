import { Refused } from '@cartage/eventsourcing';

/** So many major units of the currency are one euro, on that day. */
export interface Rate {
  readonly ratedOn: string;
  readonly currency: string;
  /** In decimal, as it was said. */
  readonly perEuro: string;
}

/** Keeps rates by currency and day. */
export interface Rates {
  /** Answers how many of them say something new. */
  keep(rates: readonly Rate[], source: string): Promise<number>;
}

const wrong = (field: string, code: string, message: string): Refused =>
  new Refused(code, `${field}: ${message}`, 'invalid', [{ field, code, message }]);

const DAY = /^(?:19|20)\d{2}-\d{2}-\d{2}$/;
const isDay = (text: string): boolean => DAY.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;

const CURRENCY = /^[A-Z]{3}$/;
const RATE = /^\d{1,12}(\.\d{1,12})?$/;

/** The European Central Bank writes `N/A` where it knows no rate of that day. */
const isSilent = (cell: string): boolean => cell === '' || cell === 'N/A';

const rateIn = (ratedOn: string, currency: string, cell: string): Rate | Refused => {
  if (!CURRENCY.test(currency))
    return wrong(currency, 'CURRENCY_INVALID', 'the column must be named by a currency of ISO 4217, such as `USD`');
  if (!RATE.test(cell) || Number(cell) === 0)
    return wrong(currency, 'RATE_INVALID', 'must be a decimal above 0, such as `1.0562`, or `N/A` where there is no rate');
  return { ratedOn, currency, perEuro: cell };
};

/** The rates of a line of a file as the European Central Bank publishes them: the day, and a column for each currency. */
export const ratesIn = (record: Readonly<Record<string, unknown>>): readonly Rate[] | Refused => {
  const { Date: day, ...cells } = record;
  if (typeof day !== 'string' || !isDay(day)) return wrong('Date', 'DATE_INVALID', 'must be a day, such as `2026-11-27`');
  const rates: Rate[] = [];
  for (const [currency, cell] of Object.entries(cells)) {
    const text = String(cell);
    if (isSilent(text) || currency === '') continue;
    const rate = rateIn(day, currency, text);
    if (rate instanceof Refused) return rate;
    rates.push(rate);
  }
  return rates.length > 0 ? rates : wrong('Date', 'RATES_MISSING', 'the line must have a rate of one currency at least');
};
