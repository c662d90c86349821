import { reading } from '@cartage/eventsourcing';
import type { Kit, Parts } from '@cartage/service-kit';
import type { ShipmentLog } from './app/shipment-log';
import {
  createSupplierOrders,
  supplierOrderStream,
  type SendSupplierOrder,
  type SupplierOrders,
} from './app/supplier-orders/supplier-orders';
import type { ShippingSettings } from './config';
import { supplierOrder } from './domain/supplier-orders/supplier-order';
import { listSupplierOrders, supplierOrderReadings } from './edge/supplier-orders/postgres-supplier-orders';
import { SUPPLIER_CLOCK, SUPPLIER_ORDERS, SupplierOrdersController } from './edge/supplier-orders/supplier-orders.controller';

type SupplierOrderParts = Required<Pick<Parts, 'controllers' | 'providers' | 'readings'>> & { readonly orders: SupplierOrders };

/** What is ordered of those who send their own goods to our customers. */
export const supplierOrderParts = (
  { store, pool, now, settings }: Kit<ShippingSettings>,
  { log, orderOf: send }: { readonly log: ShipmentLog; readonly orderOf: SendSupplierOrder },
): SupplierOrderParts => {
  const { load } = reading(store, supplierOrder);
  const orders = createSupplierOrders({
    ...{ send, log, now, list: listSupplierOrders(pool) },
    read: async (supplierOrderId) => (await load(supplierOrderStream(supplierOrderId))).state,
    answerMs: settings.PARTNER_ANSWER_MINUTES * 60_000,
  });
  return {
    orders,
    controllers: [SupplierOrdersController],
    providers: [
      { provide: SUPPLIER_ORDERS, useValue: orders },
      { provide: SUPPLIER_CLOCK, useValue: now },
    ],
    readings: () => supplierOrderReadings(pool, now()),
  };
};
