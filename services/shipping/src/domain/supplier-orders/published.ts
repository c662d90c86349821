import type { ShippingEvent } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { SupplierOrderEvent } from './events';

/** That one is drawn up is our business; that the supplier has it, is everybody's. */
export const publishedSupplierOrders: Translation<SupplierOrderEvent, ShippingEvent> = {
  SupplierOrderSent: ({ data }) => ({ type: 'SupplierOrderSent', data }),
  SupplierOrderAccepted: ({ data }) => ({ type: 'SupplierOrderAccepted', data }),
  SupplierOrderRejected: ({ data }) => ({ type: 'SupplierOrderRejected', data }),
  SupplierOrderShipped: ({ data }) => ({ type: 'SupplierOrderShipped', data }),
  SupplierOrderCancelled: ({ data }) => ({ type: 'SupplierOrderCancelled', data }),
};
