import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useServices } from '../api/services';
import { withAnyNews } from '../live/live';
import { findOrders, type Found } from './finding';
import { waysOf } from './ways';

/** Orders that a text may mean. */
export const useFound = (text: string): UseQueryResult<readonly Found[]> => {
  const { api } = useServices();
  return useQuery({
    queryKey: ['orders', 'found', text],
    queryFn: () => findOrders(api, text),
    enabled: waysOf(text).length > 0,
    meta: withAnyNews,
  });
};
