import type { Logger } from 'pino';
import { poolOf } from '../postgres/pools';
import type { Vault } from '../service';
import type { CommonSettings } from '../settings/common';
import type { Closers } from '../start/closers';
import { dataKeys } from './data-keys';
import { localKms } from './kms';
import { masterKeyOf } from './master-key';
import { migrateVault } from './migrate';
import { vaultOn } from './vault';

/** The vault of a process: one for all its services. The master key's file is made where there is no Kafka, that is, where one process is all. */
export const openVault = async (settings: CommonSettings, log: Logger, closers: Closers): Promise<Vault> => {
  const { DATABASE_URL, VAULT_DATABASE_URL, KAFKA_BROKERS } = settings;
  const kms = localKms(await masterKeyOf(settings, { makeFile: KAFKA_BROKERS === undefined }));
  const pool = poolOf({ url: VAULT_DATABASE_URL ?? DATABASE_URL, log }, 'vault', 4);
  closers.add(() => pool.end());
  await migrateVault(pool, kms);
  return vaultOn(dataKeys({ pool, kms }));
};
