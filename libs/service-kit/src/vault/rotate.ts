import { inTransaction } from '@cartage/postgres';
import type { Pool, PoolClient } from 'pg';
import type { Kms } from './kms';

interface OldRow {
  readonly name: string;
  readonly wrapped_key: Buffer;
  readonly master_key_id: string;
}

const BATCH = 500;

/** Rows that another process has in hand are its to do. */
const OLD = `
  select name, wrapped_key, master_key_id from vault.data_key where master_key_id <> $1
  order by name limit ${BATCH} for update skip locked`;

const REWRAP = `
  update vault.data_key d set wrapped_key = n.wrapped_key, master_key_id = $3
  from unnest($1::text[], $2::bytea[]) as n (name, wrapped_key) where d.name = n.name`;

const rewrapSome = async (client: PoolClient, kms: Kms): Promise<number> => {
  const { rows } = await client.query<OldRow>(OLD, [kms.masterKeyId]);
  const keys = await kms.unwrap(
    rows.map(({ name, wrapped_key, master_key_id }) => ({ name, key: wrapped_key, masterKeyId: master_key_id })),
  );
  const wrapped = await kms.wrap(rows.map(({ name }, i) => ({ name, key: keys[i] ?? Buffer.alloc(0) })));
  await client.query(REWRAP, [wrapped.map(({ name }) => name), wrapped.map(({ key }) => key), kms.masterKeyId]);
  return rows.length;
};

/** A master key that wraps nothing any more may be thrown away. */
const FORGET = `
  delete from vault.master_key m
  where id <> $1 and not exists (select from vault.data_key d where d.master_key_id = m.id)`;

/**
 * Wraps every data key with the newest master key: boxes stay as they are, only the wrapping changes. In batches, beside everything else; may be
 * broken off and run again, and in several processes at once. Answers how many it rewrapped.
 */
export const rewrapAll = async (pool: Pool, kms: Kms, signal?: AbortSignal): Promise<number> => {
  let done = 0;
  while (!signal?.aborted) {
    const some = await inTransaction(pool, (client) => rewrapSome(client, kms));
    done += some;
    if (some > 0) continue;
    await pool.query(FORGET, [kms.masterKeyId]);
    break;
  }
  return done;
};
