import { SigningKey } from '@cartage/event-store';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { poolOf } from '../postgres/pools';
import type { People, Vault } from '../service';
import { readCommonSettings, type CommonSettings } from '../settings/common';
import type { Environment } from '../settings/settings';
import { closers, type Closers } from '../start/closers';
import { logger } from '../logging';
import { peopleOn } from './contacts';
import { dataKeys, type DataKeys } from './data-keys';
import { localKms, type Kms } from './kms';
import { masterKeyOf, type MasterKeyOptions } from './master-key';
import { migrateVault } from './migrate';
import { rewrapAll } from './rotate';
import { vaultOn } from './vault';

interface VaultStorage {
  readonly pool: Pool;
  readonly kms: Kms;
}

/** The master key's file is made where there is no Kafka, that is, where one process is all; not by who only looks. */
const openStorage = async (
  settings: CommonSettings,
  log: Logger,
  opened: Closers,
  { makeFile = settings.KAFKA_BROKERS === undefined }: Partial<MasterKeyOptions> = {},
): Promise<VaultStorage> => {
  const { DATABASE_URL, VAULT_DATABASE_URL, MASTER_KEY_PREVIOUS } = settings;
  const masterKey = await masterKeyOf(settings, { makeFile });
  const kms = localKms(masterKey, ...(MASTER_KEY_PREVIOUS ? [MASTER_KEY_PREVIOUS] : []));
  const pool = poolOf({ url: VAULT_DATABASE_URL ?? DATABASE_URL, log }, 'vault', 4);
  opened.add(() => pool.end());
  await migrateVault(pool, kms);
  return { pool, kms };
};

/** In the background, and once more at the next start if it is broken off. */
const rewrapWhileOpen = ({ pool, kms }: VaultStorage, log: Logger, opened: Closers): void => {
  const stopping = new AbortController();
  const done = rewrapAll(pool, kms, stopping.signal).then(
    (keys) => log.info({ keys }, 'the data keys are wrapped by the new master key'),
    (error: unknown) => log.warn({ err: error }, 'not all data keys are wrapped by the new master key yet'),
  );
  opened.add(() => {
    stopping.abort();
    return done;
  });
};

/** The key under which logs are attested: wrapped by the master key like that of a person, and nobody’s, because no id has two lines. */
const ATTESTATION = 'attestation\n';

export interface OpenVault {
  readonly vault: Vault;
  readonly people: People;
  /** Signs what the logs hold; made when first needed, and the same in every process. */
  readonly signingKey: () => Promise<SigningKey>;
}

const signingKeyOf = async (keys: DataKeys): Promise<SigningKey> => SigningKey.of((await keys.of(ATTESTATION)).key.export());

/** The vault of a process: one for all its services. */
export const openVault = async (
  settings: CommonSettings,
  log: Logger,
  opened: Closers,
  options?: Partial<MasterKeyOptions>,
): Promise<OpenVault> => {
  const storage = await openStorage(settings, log, opened, options);
  if (settings.MASTER_KEY_PREVIOUS && settings.ROLE !== 'api') rewrapWhileOpen(storage, log, opened);
  const keys = dataKeys(storage);
  return { vault: vaultOn(keys), people: peopleOn(storage.pool, keys), signingKey: () => signingKeyOf(keys) };
};

/** Wraps every data key with MASTER_KEY, whatever of MASTER_KEY_PREVIOUS wrapped it before; answers how many. For a command. */
export const rotateMasterKey = async (environment: Environment): Promise<number> => {
  const opened = closers();
  const settings = readCommonSettings(environment, 0);
  try {
    const { pool, kms } = await openStorage(settings, logger(settings.LOG_LEVEL), opened);
    return await rewrapAll(pool, kms);
  } finally {
    await opened.close();
  }
};
