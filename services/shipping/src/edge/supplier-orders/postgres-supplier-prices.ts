import type { Pool } from 'pg';
import type { SupplierPrices } from '../../app/partners/partner';
import type { UnitCost } from '../../domain/supplier-orders/events';

/** In one order everywhere, so that two statements never wait for each other’s rows. */
const STATE = `
  insert into supplier_price as p (supplier, sku, currency, amount, as_of)
  select $1, x.sku, x.currency, x.amount, $3::timestamptz from jsonb_to_recordset($2::jsonb) as x (sku text, currency text, amount bigint) order by x.sku
  on conflict (supplier, sku) do update set currency = excluded.currency, amount = excluded.amount, as_of = excluded.as_of
  where p.as_of <= excluded.as_of`;
const OF = 'select sku, currency, amount::float8 as amount from supplier_price where supplier = $1 and sku = any($2::text[])';

export const supplierPrices = (pool: Pick<Pool, 'query'>): SupplierPrices => ({
  state: async (supplier, prices, asOf) => void (await pool.query(STATE, [supplier, JSON.stringify(prices), asOf])),
  of: async (supplier, skus) => (await pool.query<UnitCost & { readonly sku: string }>(OF, [supplier, [...new Set(skus)]])).rows,
});
