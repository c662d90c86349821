import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useServices } from '../api/services';
import { itemsAsked, type ListedItem } from './scanned';

export type Item = ListedItem;

const MOST = 8;
/** What the service finds items by; what is longer is no SKU, no title, and cut it would mean another one. */
const LONGEST = 100;

/** The first items that a text may mean: by SKU, by title, or by a whole barcode. */
export const useItemsFound = (text: string, isWanted = true): UseQueryResult<readonly Item[]> => {
  const { api } = useServices();
  const q = text.trim();
  const canMean = q !== '' && q.length <= LONGEST;
  return useQuery({ queryKey: ['item', 'found', q], queryFn: () => itemsAsked(api, { q, limit: MOST }), enabled: isWanted && canMean });
};
