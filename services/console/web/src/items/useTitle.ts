import { useQuery } from '@tanstack/react-query';
import { bodyOf, type Api } from '../api/client';
import { useServices } from '../api/services';
import { titlesBy } from './titles';

/** Titles change seldom. */
const KEPT_MS = 300_000;

const askTitles = async (api: Api, sku: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const { items } = await bodyOf(api.GET('/inventory/items', { params: { query: { sku: [...sku], limit: sku.length } } }));
  return new Map(items.map((item) => [item.sku, item.title]));
};

const readers = new WeakMap<Api, ReturnType<typeof titlesBy>>();

const readerOf = (api: Api): ReturnType<typeof titlesBy> => {
  const known = readers.get(api) ?? titlesBy((skus) => askTitles(api, skus));
  readers.set(api, known);
  return known;
};

/** What a SKU is called: null where nobody has described it, nothing until it is known. Who may not read items sees the SKU alone. */
export const useTitle = (sku: string): string | null | undefined => {
  const { api } = useServices();
  const title = useQuery({ queryKey: ['item', 'title', sku], queryFn: () => readerOf(api)(sku), staleTime: KEPT_MS, enabled: sku !== '' });
  return title.data;
};
