import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { bodyOf, Refusal, type Api, type Schemas } from '../api/client';
import { useServices } from '../api/services';

export type Item = Schemas['Item'];

const MOST = 8;
const LONGEST = 100;

/** Nothing for who may not read items: there is more to find for them. */
const found = async (api: Api, q: string): Promise<readonly Item[]> => {
  try {
    return (await bodyOf(api.GET('/inventory/items', { params: { query: { q, limit: MOST } } }))).items;
  } catch (fault) {
    if (fault instanceof Refusal && [400, 403, 422].includes(fault.status)) return [];
    throw fault;
  }
};

/** The first items that a text may mean: by SKU or by title. */
export const useItemsFound = (text: string, isWanted = true): UseQueryResult<readonly Item[]> => {
  const { api } = useServices();
  const q = text.trim().slice(0, LONGEST);
  return useQuery({ queryKey: ['item', 'found', q], queryFn: () => found(api, q), enabled: isWanted && q !== '' });
};
