import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';

/** What Postgres has written up to now, and how much of it stays. */
export interface Written {
  readonly commits: number;
  /** Of write-ahead log: what goes to disk first, to replicas and to archives. */
  readonly walBytes: number;
  /** Of events, as they were written: data and meta. */
  readonly eventBytes: number;
  /** Of the logs on disk, with their indexes. */
  readonly logBytes: number;
  /** Of everything on disk. */
  readonly databaseBytes: number;
}

/** A session tells the statistics what it has committed when it has been idle for so long. */
const TOLD_MS = 1_500;

const OF_DATABASE = `
  select (select xact_commit from pg_stat_database where datname = current_database())::float8 as commits,
    pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as "walBytes", pg_database_size(current_database())::float8 as "databaseBytes"`;
const OF_LOG = `select coalesce(sum(size), 0)::float8 as "eventBytes", pg_total_relation_size('events')::float8 as "logBytes" from events`;

const one = async <Row extends object>(pool: Pool, sql: string): Promise<Row> => {
  const [row] = (await pool.query<Row>(sql)).rows;
  if (!row) throw new Error('Postgres did not say what it has written.');
  return row;
};

/** By the pools of the services, whose search paths are their schemas; all of one database. */
export const writtenBy = async (pools: readonly Pool[]): Promise<Written> => {
  await pause(TOLD_MS);
  const logs = await Promise.all(pools.map((pool) => one<Pick<Written, 'eventBytes' | 'logBytes'>>(pool, OF_LOG)));
  const [first] = pools;
  if (!first) throw new RangeError('Of no service nothing was written.');
  return {
    ...(await one<Pick<Written, 'commits' | 'walBytes' | 'databaseBytes'>>(first, OF_DATABASE)),
    eventBytes: logs.reduce((sum, log) => sum + log.eventBytes, 0),
    logBytes: logs.reduce((sum, log) => sum + log.logBytes, 0),
  };
};

/** Between two instants, for each of so many orders. */
export const writtenAnOrder = (before: Written, after: Written, orders: number): Written => ({
  commits: (after.commits - before.commits) / orders,
  walBytes: (after.walBytes - before.walBytes) / orders,
  eventBytes: (after.eventBytes - before.eventBytes) / orders,
  logBytes: (after.logBytes - before.logBytes) / orders,
  databaseBytes: (after.databaseBytes - before.databaseBytes) / orders,
});
