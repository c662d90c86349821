import type { Readings } from '@cartage/service-kit';
import { tableOf } from '@cartage/views';
import type { Pool } from 'pg';
import type { SupplierOrdersNeeds } from '../../app/supplier-orders/supplier-orders';
import { supplierOrderSummary } from '../../app/views/supplier-orders';

/** It has not answered in time, or has not shipped by the time that it said, or was told. */
const overdueAt = (now: string): string =>
  `((status = 'sent' and answer_by < ${now}) or (status in ('sent', 'accepted', 'partly-shipped') and ship_by < ${now}))`;

const table = tableOf(supplierOrderSummary);

const LIST = `
  select supplier_order_id from ${table}
  where ($1::text is null or status = $1) and ($2::text is null or supplier = $2)
    and ($3::boolean is null or coalesce(${overdueAt('$4::timestamptz')}, false) = $3)
    and ($5::timestamptz is null or (drawn_up_at, supplier_order_id) < ($5, $6::uuid))
  order by drawn_up_at desc, supplier_order_id desc limit $7`;

export const listSupplierOrders =
  (pool: Pick<Pool, 'query'>): SupplierOrdersNeeds['list'] =>
  async ({ status, supplier, overdue }, { limit, after }, now) => {
    const values = [status ?? null, supplier ?? null, overdue ?? null, now, ...(after ?? [null, null]), limit];
    const { rows } = await pool.query<{ readonly supplier_order_id: string }>(LIST, values);
    return rows.map(({ supplier_order_id }) => supplier_order_id);
  };

/** Every supplier has its figure, so that a gauge goes back to nothing. */
const OVERDUE = `
  select p.partner as supplier, count(o.supplier_order_id)::int as count
  from partner p left join ${table} o on o.supplier = p.partner and ${overdueAt('$1::timestamptz')}
  where p.kind = 'supplier' group by p.partner`;

export const supplierOrderReadings = async (pool: Pick<Pool, 'query'>, now: Date): Promise<Readings> => {
  const { rows } = await pool.query<{ readonly supplier: string; readonly count: number }>(OVERDUE, [now]);
  if (rows.length === 0) return {};
  return { supplierOrdersOverdue: rows.map(({ supplier, count: value }) => ({ labels: { supplier }, value })) };
};
