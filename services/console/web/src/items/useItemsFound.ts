import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useServices } from '../api/services';
import { itemsAsked, type ListedItem } from './scanned';

export type Item = ListedItem;

const MOST = 8;
const LONGEST = 100;

/** The first items that a text may mean: by SKU, by title, or by a whole barcode. */
export const useItemsFound = (text: string, isWanted = true): UseQueryResult<readonly Item[]> => {
  const { api } = useServices();
  const q = text.trim().slice(0, LONGEST);
  return useQuery({ queryKey: ['item', 'found', q], queryFn: () => itemsAsked(api, { q, limit: MOST }), enabled: isWanted && q !== '' });
};
