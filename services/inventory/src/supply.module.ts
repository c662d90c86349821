import type { PostgresEventStore } from '@cartage/event-store';
import type { Kit, Parts } from '@cartage/service-kit';
import { supplyDue } from './app/supply/due';
import { createPurchaseOrders } from './app/supply/purchase-orders';
import type { Settings } from './config';
import { PurchaseOrderImportController } from './edge/supply/purchase-order-import.controller';
import { PURCHASE_ORDERS, PurchaseOrdersController } from './edge/supply/purchase-orders.controller';
import { postgresSupplies, postgresSupplyLedger, purchaseOrderReading } from './edge/supply/postgres-supply';
import { SUPPLIES, SuppliesController } from './edge/supply/supplies.controller';

const HOUR_MS = 3_600_000;

/** What is on order. */
export const supplyParts = (
  { pool, deadlines, newId, isPublic, now, settings }: Kit<Settings>,
  joined: PostgresEventStore,
): Required<Pick<Parts, 'controllers' | 'providers' | 'onDue'>> => {
  const purchaseOrders = createPurchaseOrders({
    ...{ newId, isPublic, now, deadlines },
    ledger: postgresSupplyLedger(joined),
    reading: purchaseOrderReading(pool),
    graceMs: settings.SUPPLY_GRACE_HOURS * HOUR_MS,
  });
  return {
    controllers: [PurchaseOrdersController, PurchaseOrderImportController, SuppliesController],
    providers: [
      { provide: PURCHASE_ORDERS, useValue: purchaseOrders },
      { provide: SUPPLIES, useValue: postgresSupplies(pool) },
    ],
    onDue: supplyDue(purchaseOrders),
  };
};
