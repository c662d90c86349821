/** As BCP 47 writes it; nothing where it is no language tag. */
const canonical = (tag: string): string | undefined => {
  try {
    return Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
};

/** A tag and what it falls back to, by RFC 4647, section 3.4: `zh-Hant-TW`, `zh-Hant`, `zh`. */
const lookupOf = (tag: string): readonly string[] => {
  const parts = tag.split('-');
  return parts
    .map((_, i) => parts.slice(0, parts.length - i))
    .flatMap((left) => ((left.at(-1)?.length ?? 0) === 1 ? [] : [left.join('-')]));
};

/** The locales that a customer is written to in, the best first: what they asked for and what that falls back to, then the house's own. */
export const localesFor = (asked: string | undefined, house: string): readonly string[] => {
  const tags = [asked, house, 'en'].flatMap((tag) => (tag === undefined ? [] : (canonical(tag) ?? [])));
  return [...new Set(tags.flatMap(lookupOf))];
};

export const isLocale = (tag: string): boolean => canonical(tag) === tag;

const rightToLeft: ReadonlySet<string> = new Set(['ar', 'dv', 'fa', 'he', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi']);

export const directionOf = (locale: string): 'ltr' | 'rtl' => (rightToLeft.has(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr');
