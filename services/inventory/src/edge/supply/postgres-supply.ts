import type { PostgresEventStore } from '@cartage/event-store';
import type { Pool, PoolClient } from 'pg';
import type { PurchaseOrderReading, PurchaseOrdersQuery } from '../../app/supply/purchase-orders';
import type { Supplies } from '../../app/supply/supplies';
import type { SupplyLedger, SupplyOf } from '../../app/supply/supply-ledger';
import { statusOf, type PurchaseOrder } from '../../domain/supply/purchase-order';
import { inTransaction } from '../postgres-ledger';
import { writeTransfer } from './postgres-transfers';
import { FORGET_SUPPLY, SUPPLY_LIST, supplyOf, WRITE_SUPPLY, type SupplyRow } from './supply.sql';

const WRITE_PURCHASE_ORDER = `
  insert into purchase_order (purchase_order, supplier, status, lines, revision, changed_at, ordered_at, received_at)
  values ($1, $2, $3, $4, $5, $6, $6, case when $3 = 'received' then $6::timestamptz end)
  on conflict (purchase_order) do update set supplier = excluded.supplier, status = excluded.status, lines = excluded.lines,
    revision = excluded.revision, changed_at = excluded.changed_at,
    received_at = case when excluded.status = 'received' then coalesce(purchase_order.received_at, excluded.changed_at) end`;

/** The ledger on Postgres with what is on order beside it. */
export const postgresSupplyLedger = (store: Pick<PostgresEventStore, 'transaction'>): SupplyLedger => ({
  transaction: (work) =>
    store.transaction((joined) =>
      work({
        ...inTransaction(joined),
        writeSupply: (supply) => writeSupply(joined.client, supply),
        writeTransfer: (transfer) => writeTransfer(joined.client, transfer),
        writePurchaseOrder: (order, changedAt) => writePurchaseOrder(joined.client, order, changedAt),
      }),
    ),
});

const writeSupply = async (client: PoolClient, { source, reference, supply }: SupplyOf): Promise<void> => {
  await client.query(FORGET_SUPPLY, [source, reference]);
  if (supply.length > 0) await client.query(WRITE_SUPPLY, [JSON.stringify(supply)]);
};

const writePurchaseOrder = async (client: PoolClient, order: PurchaseOrder, changedAt: string): Promise<void> => {
  const { purchaseOrder, supplier, revision } = order;
  const lines = order.lines.map(({ leftOut: _, ...line }) => line);
  await client.query(WRITE_PURCHASE_ORDER, [purchaseOrder, supplier, statusOf(order), JSON.stringify(lines), revision, changedAt]);
};

interface PurchaseOrderRow extends Omit<PurchaseOrder, 'supplier'> {
  readonly supplier: string | null;
}

const orderOf = ({ supplier, ...row }: PurchaseOrderRow): PurchaseOrder => ({ ...row, ...(supplier === null ? {} : { supplier }) });

const PURCHASE_ORDER = 'select purchase_order as "purchaseOrder", supplier, lines, revision from purchase_order p';

/** All that are given apply. */
const PURCHASE_ORDERS = `${PURCHASE_ORDER}
  where ($1::text is null or status = $1) and ($2::text is null or supplier = $2) and ($5::text is null or purchase_order > $5)
    and (coalesce($3::text, $4::text) is null or exists (
      select from supply s where s.source = 'purchase-order' and s.reference = p.purchase_order
        and ($3::text is null or s.sku = $3) and ($4::text is null or s.location = $4)))
  order by purchase_order limit $6`;

export const purchaseOrderReading = (pool: Pool): PurchaseOrderReading => ({
  find: async (purchaseOrder) => {
    const { rows } = await pool.query<PurchaseOrderRow>(`${PURCHASE_ORDER} where purchase_order = $1`, [purchaseOrder]);
    return rows[0] && orderOf(rows[0]);
  },
  list: async ({ status, supplier, sku, location, after, limit }: PurchaseOrdersQuery) => {
    const { rows } = await pool.query<PurchaseOrderRow>(PURCHASE_ORDERS, [status, supplier, sku, location, after, limit]);
    return rows.map(orderOf);
  },
});

export const postgresSupplies = (pool: Pool): Supplies => ({
  list: async ({ skus, location, overdue, after = [], limit }) => {
    const { rows } = await pool.query<SupplyRow>(SUPPLY_LIST, [skus, location, overdue, after[0], after[1], after[2], limit]);
    return rows.map(supplyOf);
  },
});
