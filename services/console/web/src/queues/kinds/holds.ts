import { heldOrders, orderDeeds } from '../held-orders';
import { queueOf } from '../view';

const types = [
  'stock-short',
  'payment-review',
  'payment-declined',
  'payment-due',
  'payment-expired',
  'unfillable',
  'chargeback',
  'parcel-lost',
  'cancellation-overdue',
  'exchange',
  'operator',
  'customer',
  'fraud',
  'address',
] as const;

const held = heldOrders();

/** Orders that stand still, whatever keeps them. */
export const holds = queueOf({
  ...held,
  id: 'holds',
  filters: [{ name: 'hold', label: 'orders.filter.hold', options: types, named: 'hold' }, ...(held.filters ?? [])],
  deeds: (desk) => [...orderDeeds(desk, 'release'), ...orderDeeds(desk, 'cancel')],
});
