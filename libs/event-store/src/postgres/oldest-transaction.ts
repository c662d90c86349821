import type { Pool } from 'pg';

/**
 * For how many seconds the oldest open transaction that has written something has been open, in the whole cluster: it holds every
 * follower back. 0 when there is none. Of other users' transactions Postgres tells only members of `pg_read_all_stats`.
 */
export const oldestWritingTransactionSeconds = async (pool: Pool): Promise<number> => {
  const { rows } = await pool.query<{ seconds: number }>(
    `select coalesce(max(extract(epoch from clock_timestamp() - since)), 0)::float8 as seconds from (
       select xact_start as since from pg_stat_activity where backend_xid is not null and pid <> pg_backend_pid()
       union all select prepared from pg_prepared_xacts
     ) as open`,
  );
  return rows[0]?.seconds ?? 0;
};
