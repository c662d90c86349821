import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { numberOf } from '../orders/columns';

interface OrderOfProps {
  readonly orderId: string;
  /** What the channel calls it, where that is known. */
  readonly number?: string | null;
  /** Where j and k go. */
  readonly isRow?: boolean;
}

/** Leads to the order that money belongs to. */
export const OrderOf = ({ orderId, number = null, isRow = false }: OrderOfProps): ReactNode => (
  <Link to="/orders/$orderId" params={{ orderId }} className="code" dir="ltr" {...(isRow ? { 'data-row': true } : {})}>
    {numberOf({ orderId, externalOrderId: number })}
  </Link>
);
