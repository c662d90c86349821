import { priceFor } from '@cartage/contracts';
import { handling, type EventStore, type Handled, type Meta, type Outcome, type Write } from '@cartage/eventsourcing';
import { priceList, unknownPriceList, type PriceList, type PriceListChanged, type PriceListTerms } from '../../domain/catalogue/price-list';
import type { DraftingNeeds } from '../drafting';

/** A list without its prices. */
export type PriceListHead = Omit<PriceList, 'prices'>;

/** What one list asks for one SKU. */
export interface ListedPrice extends PriceListHead {
  readonly sku: string;
  readonly unitPrice: number;
}

export interface PricesQuery {
  readonly skus: readonly string[];
  readonly channel?: string | undefined;
  readonly country?: string | undefined;
  readonly currency?: string | undefined;
  /** Absent: now. */
  readonly at?: string | undefined;
}

/** The prices that apply at one instant. */
export interface PricesAt {
  readonly at: string;
  readonly prices: readonly ListedPrice[];
}

/** The rows of price lists; they move in the transactions of their events. */
export interface PriceCatalogue {
  find(list: string): Promise<PriceList | undefined>;
  /** In the order of their codes. */
  list(query: { readonly after: string | undefined; readonly limit: number }): Promise<readonly PriceListHead[]>;
  /** What all lists ask for these SKUs. */
  prices(skus: readonly string[]): Promise<readonly ListedPrice[]>;
  append(writes: readonly Write[]): Promise<readonly Outcome[]>;
}

export interface PriceLists {
  readonly change: (list: string, terms: PriceListTerms, meta: Meta, ifVersion?: number) => Promise<Handled<PriceList, PriceListChanged>>;
  readonly get: (list: string) => Promise<PriceList>;
  readonly list: PriceCatalogue['list'];
  /** The price that applies, for each SKU that has one. */
  readonly prices: (query: PricesQuery) => Promise<PricesAt>;
  /** Only the prices, by SKU, in minor units of the currency. */
  readonly unitPrices: (skus: readonly string[], currency: string) => Promise<ReadonlyMap<string, number>>;
}

export interface PriceListsNeeds extends DraftingNeeds {
  readonly store: Pick<EventStore, 'readMany'>;
  readonly prices: PriceCatalogue;
  readonly now: () => Date;
}

export const createPriceLists = ({ store, prices, now, ...drafting }: PriceListsNeeds): PriceLists => {
  const send = handling({ ...drafting, store: { ...store, appendMany: (writes) => prices.append(writes) } }, priceList);
  return {
    change: async (list, terms, meta, ifVersion) => {
      const data = { list, terms, ifRevision: ifVersion, now: now().toISOString() };
      const handled = await send(`prices-${list}`, { type: 'ChangePriceList', data }, meta);
      const state = found(list, handled.state);
      return { ...handled, state, current: found(list, handled.current), version: state.revision };
    },
    get: async (list) => found(list, await prices.find(list)),
    list: (query) => prices.list(query),
    prices: (query) => applying(prices, query, now()),
    unitPrices: async (skus, currency) =>
      new Map((await applying(prices, { skus, currency }, now())).prices.map(({ sku, unitPrice }) => [sku, unitPrice])),
  };
};

const applying = async (catalogue: PriceCatalogue, { skus, currency, ...wanted }: PricesQuery, now: Date): Promise<PricesAt> => {
  const at = (wanted.at === undefined ? now : new Date(wanted.at)).toISOString();
  const distinct = [...new Set(skus)];
  const bySku = new Map<string, ListedPrice[]>(distinct.map((sku) => [sku, []]));
  for (const price of await catalogue.prices(distinct))
    if (currency === undefined || price.currency === currency) bySku.get(price.sku)?.push(price);
  return { at, prices: [...bySku.values()].flatMap((prices) => priceFor(prices, { ...wanted, at }) ?? []) };
};

const found = (list: string, known: PriceList | undefined): PriceList => {
  if (!known) throw unknownPriceList(list);
  return known;
};
