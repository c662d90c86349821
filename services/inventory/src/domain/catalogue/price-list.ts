import type { InventoryEvent as Public } from '@cartage/contracts';
import { canonicalJson, Refused, requireRevision, type Decider, type FieldError, type Named } from '@cartage/eventsourcing';

/** Stream `prices-<list>`; kept as it is published. */
export type PriceListChanged = Extract<Public, { readonly type: 'PriceListChanged' }>;

/** What is asked for which item, where and when. */
export type PriceList = Omit<PriceListChanged['data'], 'changedAt'>;

/** What can be said of a list; its code and its revision stand beside. */
export type PriceListTerms = Omit<PriceList, 'list' | 'revision'>;

export type ChangePriceList = Named<
  'ChangePriceList',
  {
    readonly list: string;
    readonly terms: PriceListTerms;
    /** The revision that the caller saw, if they said so. */
    readonly ifRevision?: number | undefined;
    readonly now: string;
  }
>;

export const unknownPriceList = (list: string): Refused =>
  new Refused('PRICE_LIST_UNKNOWN', `There is no price list ${list}. Make it first: PUT /inventory/price-lists/${list}.`, 'unknown');

export const priceList: Decider<ChangePriceList, PriceList | undefined, PriceListChanged> = {
  initial: undefined,
  evolve: (_, { data: { changedAt: __, ...said } }) => said,
  decide: ({ data: { list, terms, ifRevision, now } }, before) => {
    requireRevision('The price list', before?.revision ?? 0, ifRevision);
    requireWhole(terms);
    const sorted = { ...terms, prices: terms.prices.toSorted(({ sku: one }, { sku: other }) => (one < other ? -1 : 1)) };
    if (before && saysTheSame(before, sorted)) return [];
    return [{ type: 'PriceListChanged', data: { ...sorted, list, revision: (before?.revision ?? 0) + 1, changedAt: now } }];
  },
};

const saysTheSame = ({ list: _, revision: __, ...before }: PriceList, terms: PriceListTerms): boolean =>
  canonicalJson(before) === canonicalJson(terms);

const requireWhole = ({ validFrom, validTo, prices }: PriceListTerms): void => {
  const faults: Omit<FieldError, 'code'>[] = [];
  if (validTo !== undefined && Date.parse(validTo) <= Date.parse(validFrom))
    faults.push({ field: 'validTo', message: 'must be later than validFrom' });
  const seen = new Set<string>();
  prices.forEach(({ sku }, i) => {
    if (seen.has(sku)) faults.push({ field: `prices[${i}].sku`, message: 'has a price in this list already' });
    seen.add(sku);
  });
  if (faults.length === 0) return;
  const told = faults.slice(0, 100).map((fault) => ({ ...fault, code: 'PRICE_LIST_INVALID' }));
  const detail = told.slice(0, 5).map(({ field, message }) => `${field}: ${message}.`);
  throw new Refused('PRICE_LIST_INVALID', `The price list cannot be kept so. ${detail.join(' ')}`, 'invalid', told);
};
