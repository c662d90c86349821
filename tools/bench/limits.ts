import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { during, type Rate } from './rate';

/** What this machine can do at best, measured in the same run: every other figure is told as a ratio to one of these. */
export interface Limits {
  /** One row a transaction, one connection: what a fsync costs. */
  readonly oneRowAlone: Rate;
  /** One row a transaction, 16 connections. */
  readonly oneRow: Rate;
  /** 100 rows a transaction, one connection; rows. */
  readonly hundredRows: Rate;
}

const payload = JSON.stringify({ text: 'x'.repeat(560) });

const table =
  'create table limits (id uuid primary key, stream text not null, data json not null, at timestamptz not null default clock_timestamp())';
const one = { name: 'one', text: 'insert into limits (id, stream, data) values ($1, $2, $3)' };
const many = { name: 'many', text: 'insert into limits (id, stream, data) select * from unnest($1::uuid[], $2::text[], $3::json[])' };

export const measureLimits = async (databaseUrl: string, seconds: number): Promise<Limits> => {
  const pool = new Pool({ connectionString: databaseUrl, max: 16 });
  try {
    await pool.query(table);
    const insertOne = async (): Promise<number> => {
      await pool.query({ ...one, values: [randomUUID(), 'order-1', payload] });
      return 1;
    };
    const insertMany = async (): Promise<number> => {
      const ids = Array.from({ length: 100 }, () => randomUUID());
      await pool.query({ ...many, values: [ids, ids, ids.map(() => payload)] });
      return 100;
    };
    await during(0.5, 16, insertOne);
    return {
      oneRowAlone: await during(seconds, 1, insertOne),
      oneRow: await during(seconds, 16, insertOne),
      hundredRows: await during(seconds, 1, insertMany),
    };
  } finally {
    await pool.query('drop table if exists limits');
    await pool.end();
  }
};
