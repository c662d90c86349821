import type { Pool } from 'pg';
import type { DemandTable } from '../app/expected-demand';

/** In one order, so that two events about the same SKUs do not wait for each other. */
const LEARN = `
  insert into expected_demand (sku, location, made_at, per_day)
  select sku, $1, $2, greatest(0, units) / greatest(1, $3::integer) from jsonb_to_recordset($4) as i (sku text, units double precision) order by sku
  on conflict (sku, location, made_at) do update set per_day = excluded.per_day`;
const PER_DAY = `
  select distinct on (sku, location) location, sku, per_day as "perDay" from expected_demand
  where sku = any($1) and made_at >= $2 and made_at <= coalesce($3::timestamptz, 'infinity') order by sku, location, made_at desc`;
const FORGET = `delete from expected_demand where ctid = any(array(select ctid from expected_demand where made_at < $1 limit $2))`;

interface Row {
  readonly location: string;
  readonly sku: string;
  readonly perDay: number;
}

export const demandTable = (pool: Pool): DemandTable => ({
  learn: async ({ location, madeAt, days, items }) => {
    await pool.query(LEARN, [location, madeAt, days, JSON.stringify(items)]);
  },
  perDay: async (skus, { since, until }) => {
    const found = new Map<string, Map<string, number>>();
    for (const { location, sku, perDay } of (await pool.query<Row>(PER_DAY, [skus, since, until ?? null])).rows)
      found.set(location, (found.get(location) ?? new Map<string, number>()).set(sku, perDay));
    return found;
  },
  forget: async (before, limit) => (await pool.query(FORGET, [before, limit])).rowCount ?? 0,
});
