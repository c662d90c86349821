import { Refused, type OnDue } from '@cartage/eventsourcing';
import { SUPPLY_OVERDUE, type PurchaseOrders } from './purchase-orders';

type Missed = Parameters<PurchaseOrders['miss']>[0];

/** Tells what was expected and did not come. What cannot be any more needs no telling: a refusal is final. */
export const supplyDue =
  (orders: Pick<PurchaseOrders, 'miss'>): OnDue =>
  async ({ name, data }, meta) => {
    if (name !== SUPPLY_OVERDUE) return;
    await orders.miss(data as Missed, meta).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
    });
  };
