/**
 * How much of a postal code names an area and no household, by each country's own rule: it may be told to everybody, the rest stays sealed. Written in capitals
 * without blanks and dashes. A country without a rule here tells nothing; so do those whose codes name a building (SG, LT, IL, IR). The table in
 * docs/reference/postal-areas.md is this one.
 */
const rules: readonly (readonly [countries: string, rule: RegExp])[] = [
  // The outward code: a post town or a part of one.
  ['GB GG IM JE', /^([A-Z]{1,2}[0-9][A-Z0-9]?)[0-9][A-Z]{2}$/],
  // ZIP without the four digits of a street or building.
  ['US PR GU VI AS MP', /^([0-9]{5})(?:[0-9]{4})?$/],
  // The forward sortation area.
  ['CA', /^([A-Z][0-9][A-Z])[0-9][A-Z][0-9]$/],
  // The routing key; the rest is one address.
  ['IE', /^([A-Z][0-9][0-9W])[A-Z0-9]{4}$/],
  // Without the two letters of a street.
  ['NL', /^([0-9]{4})[A-Z]{2}$/],
  // Without the part of a street.
  ['BR', /^([0-9]{5})[0-9]{3}$/],
  ['PT', /^([0-9]{4})(?:[0-9]{3})?$/],
  ['TW', /^([0-9]{3})(?:[0-9]{2,3})?$/],
  ['SA', /^([0-9]{5})(?:[0-9]{4})?$/],
  // Whole codes name an area. Some write the country before them.
  ['JP', /^([0-9]{7})$/],
  ['IN CN', /^([0-9]{6})$/],
  ['DE FR IT ES FI EE CZ SK GR SE PL HR MX KR MY TH ID TR XK', /^(?:[A-Z]{1,2})?([0-9]{5})$/],
  ['AT AU BE BG CH CY DK HU LI LU LV NO NZ PH SI ZA', /^(?:[A-Z]{1,2})?([0-9]{4})$/],
];

const ruleOf: ReadonlyMap<string, RegExp> = new Map(
  rules.flatMap(([countries, rule]) => countries.split(' ').map((country) => [country, rule] as const)),
);

/** Countries that have a rule. */
export const areaCountries: readonly string[] = [...ruleOf.keys()].sort();

const squeezed = (postalCode: string): string => postalCode.toUpperCase().replaceAll(/[\s-]/g, '');

/** The area that a postal code lies in, as far as it may be told; nothing where the country has no rule, or the code is not as its rule says. */
export const postalAreaOf = (country: string, postalCode: string): string | undefined =>
  ruleOf.get(country)?.exec(squeezed(postalCode))?.[1];
