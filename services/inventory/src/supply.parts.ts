import type { PostgresEventStore } from '@cartage/event-store';
import type { Kit, Parts } from '@cartage/service-kit';
import { supplyDue } from './app/supply/due';
import { createPurchaseOrders } from './app/supply/purchase-orders';
import { createTransfers } from './app/supply/transfers';
import type { Settings } from './config';
import { PurchaseOrderImportController } from './edge/supply/purchase-order-import.controller';
import { PURCHASE_ORDERS, PurchaseOrdersController } from './edge/supply/purchase-orders.controller';
import { postgresSupplies, postgresSupplyLedger, purchaseOrderReading } from './edge/supply/postgres-supply';
import { transferReading } from './edge/supply/postgres-transfers';
import { SUPPLIES, SuppliesController } from './edge/supply/supplies.controller';
import { TRANSFERS, TransfersController } from './edge/supply/transfers.controller';

const HOUR_MS = 3_600_000;

/** What is on order or on its way. */
export const supplyParts = (
  { pool, deadlines, newId, isPublic, now, settings }: Kit<Settings>,
  joined: PostgresEventStore,
): Required<Pick<Parts, 'controllers' | 'providers' | 'onDue'>> => {
  const ledger = postgresSupplyLedger(joined);
  const needs = { ledger, deadlines, newId, isPublic, now, graceMs: settings.SUPPLY_GRACE_HOURS * HOUR_MS };
  const purchaseOrders = createPurchaseOrders({ ...needs, reading: purchaseOrderReading(pool) });
  const transfers = createTransfers({ ...needs, reading: transferReading(pool) });
  return {
    controllers: [PurchaseOrdersController, PurchaseOrderImportController, SuppliesController, TransfersController],
    providers: [
      { provide: PURCHASE_ORDERS, useValue: purchaseOrders },
      { provide: TRANSFERS, useValue: transfers },
      { provide: SUPPLIES, useValue: postgresSupplies(pool) },
    ],
    onDue: async (deadline, meta) => {
      await supplyDue(purchaseOrders)(deadline, meta);
      await transfers.onDue(deadline, meta);
    },
  };
};
