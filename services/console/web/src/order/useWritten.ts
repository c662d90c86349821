import { useQuery } from '@tanstack/react-query';
import { bodyOf } from '../api/client';
import { useServices } from '../api/services';

/** The notes and the tasks of an order. */
export const useWritten = (orderId: string) => {
  const { api } = useServices();
  return useQuery({
    queryKey: ['order', orderId, 'notes'],
    queryFn: () => bodyOf(api.GET('/orders/{orderId}/notes', { params: { path: { orderId } } })),
  });
};
