import { useQuery } from '@tanstack/react-query';
import { bodyOf } from '../../api/client';
import { useServices } from '../../api/services';

/** Every event of an order in all services, once somebody wants to know. */
export const useCauses = (orderId: string, enabled: boolean) => {
  const { api } = useServices();
  return useQuery({
    queryKey: ['order', orderId, 'causes'],
    queryFn: () => bodyOf(api.GET('/orders/{orderId}/audit', { params: { path: { orderId } } })),
    enabled,
  });
};
