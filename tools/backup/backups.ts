import { databaseAddresses, kafkaOf, migrateAll, verifyLogs, type AnyService, type Environment } from '@cartage/service-kit';
import { versionsHere } from '../client/program';
import type { Backups } from './command';
import { restoreBackup } from './restoring';
import { takeBackup } from './taking';
import { topicsAgainstLogs } from './topics';

const VAULT = 'vault';

/** Backups of what these services keep where the environment says. */
export const backupsOf = (services: readonly AnyService[], environment: Environment): Backups => {
  const schemas = services.map(({ schema }) => schema);
  return {
    take: (folder) => {
      const { url, vaultUrl } = databaseAddresses(environment);
      const data = { url, schemas: vaultUrl === undefined ? [...schemas, VAULT] : schemas };
      return takeBackup({
        data,
        ...(vaultUrl === undefined ? {} : { vault: { url: vaultUrl, schemas: [VAULT] } }),
        folder,
        versions: versionsHere(),
      });
    },
    restore: (folder, sendAgainHours) =>
      restoreBackup({
        ...{ folder, services, into: databaseAddresses(environment) },
        ...(sendAgainHours === undefined ? {} : { sendAgainHours }),
        migrate: () => migrateAll(services, { ...environment, LOG_LEVEL: 'silent' }),
      }),
    verify: () => verifyLogs(environment, {}),
    topics: (last) =>
      topicsAgainstLogs({
        ...{ kafka: kafkaOf(environment, 'cartage-backup'), url: databaseAddresses(environment).url, last },
        services: services.filter(({ mayUseKurrentDb }) => !mayUseKurrentDb || environment['EVENT_STORE_URL'] === undefined),
      }),
  };
};
