/** ISO 4217, as the platform knows it. */
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Region codes that the platform has names for but ISO 3166-1 does not list as countries (reserved, grouping and test codes). */
const noCountries: ReadonlySet<string> = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ']);

const regionNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** Withdrawn codes (`DD`, `YU`, `UK`) have names too, but are rewritten to what replaced them. */
const isCurrent = (code: string): boolean => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;

const isListed = (code: string): boolean => !noCountries.has(code) && isCurrent(code) && regionNames.of(code) !== undefined;

/** Intl takes 50 µs a question, and a process asks the same few for every order. At most 676 answers. */
const answered = new Map<string, boolean>();

const remembered = (code: string): boolean => {
  const known = answered.get(code);
  if (known !== undefined) return known;
  const answer = isListed(code);
  answered.set(code, answer);
  return answer;
};

export const isCurrency = (code: string): boolean => currencies.has(code);

/** ISO 3166-1 alpha-2, and XK (Kosovo), which carriers and marketplaces use. */
export const isCountry = (code: string): boolean => /^[A-Z]{2}$/.test(code) && remembered(code);

// By name: under Jest the platform's own errors are of another realm's class.
const nameOf = (error: unknown): unknown => (typeof error === 'object' && error !== null && 'name' in error ? error.name : undefined);

/** A well-formed BCP 47 tag. */
export const isLocale = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch (error) {
    if (nameOf(error) === 'RangeError') return false;
    throw error;
  }
};
