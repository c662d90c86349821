/* Money, times and counts as the reader writes them. Nothing here knows a screen. */

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

/**
 * ISO 4217: currencies whose minor unit is not a hundredth. What a browser says of its own is how people write prices there, which of HUF, IDR or COP leaves out the hundredths that
 * the services count in.
 */
const exponents: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((currency) => [currency, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((currency) => [currency, 3] as const),
  ...'CLF UYW'.split(' ').map((currency) => [currency, 4] as const),
]);

/** How many digits a currency has behind its mark. */
export const digitsOf = (currency: string): number => exponents.get(currency) ?? 2;

/** Minor units, in the form of their currency: 1250 is £12.50, ¥1,250 and 1.250 BHD. */
export const moneyText = (locale: string, amount: number, currency: string): string => {
  const digits = digitsOf(currency);
  const format = { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(locale, format).format(amount / 10 ** digits);
};

/** Minor units as a plain decimal number, for programs: 12.50, 1250 and 1.250. */
export const plainMoney = (amount: number, currency: string): string => {
  const digits = digitsOf(currency);
  return (amount / 10 ** digits).toFixed(digits);
};

export const countText = (locale: string, count: number): string => new Intl.NumberFormat(locale).format(count);

/** In the reader's zone. */
export const timeText = (locale: string, instant: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));

/** To the second and with its zone, for whoever compares it with something. */
export const exactTimeText = (locale: string, instant: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' }).format(new Date(instant));

const unitsOf = (seconds: number): readonly [number, Intl.RelativeTimeFormatUnit] => {
  const size = Math.abs(seconds);
  if (size < MINUTE_S) return [seconds, 'second'];
  if (size < HOUR_S) return [seconds / MINUTE_S, 'minute'];
  if (size < DAY_S) return [seconds / HOUR_S, 'hour'];
  return [seconds / DAY_S, 'day'];
};

/** "3 hours ago", "in 2 days". */
export const sinceText = (locale: string, instant: string, now: number): string => {
  const [amount, unit] = unitsOf((new Date(instant).getTime() - now) / 1_000);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(amount), unit);
};

/** How long something has waited: "3 days". Never below one minute, so that it does not flicker. */
export const ageText = (locale: string, instant: string, now: number): string => {
  const seconds = Math.max(MINUTE_S, (now - new Date(instant).getTime()) / 1_000);
  const [amount, unit] = unitsOf(seconds);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.trunc(amount));
};

/** The name of a country, as the reader calls it. */
export const countryText = (locale: string, code: string): string => {
  try {
    return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
  } catch {
    // A code that nobody gave to a country: as it is.
    return code;
  }
};
