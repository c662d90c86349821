import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { bodyOf } from '../../api/client';
import { useServices } from '../../api/services';
import { UNTOLD } from '../untold';
import type { ServiceHealth } from './standing';

/** Services say how they are when they are asked, and nobody tells when that changes. */
export const useHealth = (service: string): UseQueryResult<ServiceHealth> => {
  const { api } = useServices();
  return useQuery({
    queryKey: ['service', service, 'health'],
    queryFn: () => bodyOf(api.GET('/operations/{service}/health', { params: { path: { service } } })),
    refetchInterval: UNTOLD.everyMs,
    retry: false,
  });
};
