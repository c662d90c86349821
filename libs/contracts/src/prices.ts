/** On which terms a price holds. What is absent does not limit it. */
export interface PriceTerms {
  readonly list: string;
  readonly channel?: string;
  readonly country?: string;
  readonly validFrom: string;
  /** The first instant at which it holds no more. */
  readonly validTo?: string;
}

/** For whom a price is wanted. */
export interface PriceWanted {
  readonly channel?: string | undefined;
  readonly country?: string | undefined;
  readonly at: string;
}

const isFor = (limit: string | undefined, wanted: string | undefined): boolean => limit === undefined || limit === wanted;

const holds = ({ channel, country, validFrom, validTo }: PriceTerms, wanted: PriceWanted): boolean => {
  const at = Date.parse(wanted.at);
  return (
    isFor(channel, wanted.channel) &&
    isFor(country, wanted.country) &&
    Date.parse(validFrom) <= at &&
    (validTo === undefined || at < Date.parse(validTo))
  );
};

const closeness = ({ channel, country }: PriceTerms): number => (channel === undefined ? 0 : 2) + (country === undefined ? 0 : 1);

/** The nearest first: for this channel, then for this country, then the newest; of equals the first by name, so that all choose the same. */
const nearer = (one: PriceTerms, other: PriceTerms): number =>
  closeness(other) - closeness(one) ||
  Date.parse(other.validFrom) - Date.parse(one.validFrom) ||
  (one.list < other.list ? -1 : one.list > other.list ? 1 : 0);

/** The price that applies, of those that several lists have for one SKU; nothing where none does. The one rule by which prices are shown, and orders checked. */
export const priceFor = <Price extends PriceTerms>(prices: readonly Price[], wanted: PriceWanted): Price | undefined =>
  prices.filter((price) => holds(price, wanted)).toSorted(nearer)[0];
