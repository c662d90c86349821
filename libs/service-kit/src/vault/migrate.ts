import { randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { underLock } from '../postgres/lock';
import { StartFailure } from '../start/failure';
import { Tampered } from './box';
import type { Kms } from './kms';

const TABLES = `
  create schema if not exists vault;
  create table if not exists vault.data_key (
    person text primary key,
    name text not null unique,
    wrapped_key bytea not null,
    created_at timestamptz not null default now()
  );
  comment on table vault.data_key is 'One key for each person, wrapped by the master key. Deleting a row erases the person everywhere.';
  create table if not exists vault.master_key (
    one boolean primary key default true check (one),
    proof bytea not null
  );
  comment on table vault.master_key is 'A random value wrapped by the master key: shows at start whether the key is still the same one.'`;

const PROOF = 'vault.master_key';

const insertProof = async (client: PoolClient, kms: Kms): Promise<void> => {
  const proofs = await kms.wrap([{ name: PROOF, key: randomBytes(32) }]);
  await client.query('insert into vault.master_key (proof) values ($1)', [proofs[0]]);
};

const requireFitting = async (client: PoolClient, kms: Kms): Promise<void> => {
  const { rows } = await client.query<{ readonly proof: Buffer }>('select proof from vault.master_key');
  if (!rows[0]) return insertProof(client, kms);
  try {
    await kms.unwrap([{ name: PROOF, key: rows[0].proof }]);
  } catch (error) {
    if (!(error instanceof Tampered)) throw error;
    const line =
      'The master key (MASTER_KEY or MASTER_KEY_FILE) is not the one that the data keys in this database are wrapped with. Put the old key back.';
    throw new StartFailure([line], { cause: error });
  }
};

/** Makes the vault's tables, and refuses to go on with a master key that would open nothing. Safe to run at the same time in many processes. */
export const migrateVault = (pool: Pool, kms: Kms): Promise<void> =>
  underLock(pool, 'vault', async (client) => {
    await client.query(TABLES);
    await requireFitting(client, kms);
  });
