import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useServices } from '../api/services';
import { numberOf } from './columns';

/** What its channel calls an order, else the end of its id. */
export const OrderNumber = ({ orderId }: { readonly orderId: string }): ReactNode => {
  const { numbers } = useServices();
  const { data: number = null } = useQuery({
    queryKey: ['order-number', orderId],
    queryFn: () => numbers.of(orderId),
    staleTime: Infinity,
    retry: false,
  });
  return (
    <bdi className="code" dir="ltr">
      {numberOf({ orderId, externalOrderId: number })}
    </bdi>
  );
};

interface OrderLinkProps {
  readonly orderId: string;
  /** Where j and k go. */
  readonly isRow?: boolean;
}

/** Leads to the order that something belongs to. */
export const OrderLink = ({ orderId, isRow = false }: OrderLinkProps): ReactNode => (
  <Link to="/orders/$orderId" params={{ orderId }} {...(isRow ? { 'data-row': true } : {})}>
    <OrderNumber orderId={orderId} />
  </Link>
);
