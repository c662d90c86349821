import { billableCost, orderedCost, type Cost } from '../../domain/supplier-orders/costs';
import type { KnownSupplierOrder } from '../../domain/supplier-orders/supplier-order';

export interface ShownSupplierOrder extends KnownSupplierOrder {
  /** What it did not do in time. */
  readonly overdue: 'answer' | 'shipment' | null;
  readonly cost: readonly Cost[];
  readonly billable: readonly Cost[];
}

const waitsForShipment = new Set<KnownSupplierOrder['status']>(['sent', 'accepted', 'partly-shipped']);

const isPast = (due: string | undefined, now: Date): boolean => due !== undefined && Date.parse(due) < now.getTime();

/** As the list finds it. */
export const overdueOf = ({ status, answerBy, shipBy }: KnownSupplierOrder, now: Date): ShownSupplierOrder['overdue'] => {
  if (waitsForShipment.has(status) && isPast(shipBy, now)) return 'shipment';
  return status === 'sent' && isPast(answerBy, now) ? 'answer' : null;
};

export const shownSupplierOrder = (order: KnownSupplierOrder, now: Date): ShownSupplierOrder => ({
  ...order,
  overdue: overdueOf(order, now),
  cost: orderedCost(order.lines),
  billable: billableCost(order.lines),
});
