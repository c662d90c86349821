import { randomBytes } from 'node:crypto';
import { withAdvisoryLock } from '@cartage/postgres';
import type { Pool, PoolClient } from 'pg';
import { makeSchema } from '../postgres/pools';
import { StartFailure } from '../start/failure';
import { Tampered } from './box';
import { MasterKeyMissing, type Kms } from './kms';

const TABLES = `
  create table if not exists vault.data_key (
    person text primary key,
    name text not null unique,
    wrapped_key bytea not null,
    master_key_id text not null,
    created_at timestamptz not null default now()
  );
  create index if not exists data_key_master_key_id on vault.data_key (master_key_id);
  comment on table vault.data_key is 'One key for each person, wrapped by the master key. Deleting a row erases the person everywhere.';
  comment on column vault.data_key.person is 'Customer id, or guest-<order id>: a guest has a key, and so a row, for each order.';
  comment on column vault.data_key.name is 'The name of the key in every box that it seals.';
  comment on column vault.data_key.wrapped_key is 'The key, sealed by the master key.';
  comment on column vault.data_key.master_key_id is 'Which master key wraps it.';
  comment on column vault.data_key.created_at is 'When it was first needed (UTC).';
  create table if not exists vault.master_key (
    id text primary key,
    proof bytea not null
  );
  comment on table vault.master_key is 'A random value wrapped by each master key in use: shows at start whether the key is still the same one.';`;

const PROOF = 'vault.master_key';

interface ProofRow {
  readonly id: string;
  readonly proof: Buffer;
}

const wrongKey =
  'The master key (MASTER_KEY or MASTER_KEY_FILE) is not the one that the data keys in this database are wrapped with. ' +
  'Put the old key back; to rotate it, set MASTER_KEY_PREVIOUS to the old key.';

const insertProof = async (client: PoolClient, kms: Kms): Promise<void> => {
  const [proof] = await kms.wrap([{ name: PROOF, key: randomBytes(32) }]);
  await client.query('insert into vault.master_key (id, proof) values ($1, $2)', [kms.masterKeyId, proof?.key]);
};

/** Every master key that wraps something must be at hand. */
const requireFitting = async (client: PoolClient, kms: Kms): Promise<void> => {
  const { rows } = await client.query<ProofRow>('select id, proof from vault.master_key');
  try {
    await kms.unwrap(rows.map(({ id, proof }) => ({ name: PROOF, key: proof, masterKeyId: id })));
  } catch (error) {
    if (error instanceof Tampered || error instanceof MasterKeyMissing) throw new StartFailure([wrongKey], { cause: error });
    throw error;
  }
  if (!rows.some(({ id }) => id === kms.masterKeyId)) await insertProof(client, kms);
};

/** Makes the vault's tables, and refuses to go on with a master key that would not open everything. Safe to run at the same time in many processes. */
export const migrateVault = async (pool: Pool, kms: Kms): Promise<void> => {
  await makeSchema(pool, 'vault');
  return withAdvisoryLock(pool, 'cartage.vault', async (client) => {
    await client.query(TABLES);
    await requireFitting(client, kms);
  });
};
