import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useServices } from '../api/services';
import { numberOf } from './numbers';

interface OrderNumberProps {
  readonly orderId: string;
  /** What its channel calls it, where that is known already; absent: it is asked for. */
  readonly number?: string | null;
}

/** What its channel calls an order, else the end of its id. */
export const OrderNumber = ({ orderId, number }: OrderNumberProps): ReactNode => {
  const { numbers } = useServices();
  const { data: found = null } = useQuery({
    queryKey: ['order-number', orderId],
    queryFn: () => numbers.of(orderId),
    staleTime: Infinity,
    enabled: number === undefined,
    retry: false,
  });
  return (
    <bdi className="code" dir="ltr">
      {numberOf({ orderId, externalOrderId: number ?? found })}
    </bdi>
  );
};

interface OrderLinkProps extends OrderNumberProps {
  /** Where j and k go. */
  readonly isRow?: boolean;
}

/** Leads to the order that something belongs to. */
export const OrderLink = ({ isRow = false, ...order }: OrderLinkProps): ReactNode => (
  <Link to="/orders/$orderId" params={{ orderId: order.orderId }} {...(isRow ? { 'data-row': true } : {})}>
    <OrderNumber {...order} />
  </Link>
);
