import type { Pool } from 'pg';
import type { BinRegister } from '../listeners';

/** What stands nowhere in particular any more is kept, too: an older word must not bring its bin back. */
const ASSIGN = `
  insert into bin (location, sku, bin, assigned_at)
  select $1, b.sku, b.bin, $3 from json_to_recordset($2) as b (sku text, bin text)
  on conflict (location, sku) do update set bin = excluded.bin, assigned_at = excluded.assigned_at
    where bin.assigned_at <= excluded.assigned_at`;

export const binRegister = (pool: Pool): BinRegister => ({
  assign: async (location, bins, at) => void (await pool.query(ASSIGN, [location, JSON.stringify(bins), at])),
});
