import { prepareTables } from '@cartage/views';
import type { AnyService } from '../service';
import type { Environment } from '../settings/settings';
import { openVault } from '../vault/open';
import { awaitDatabases } from './awaiting';
import { closers } from './closers';
import { explained } from './failure';
import { logOfProcess } from './log-of-process';
import { openStorage } from './open-service';
import { readAllSettings } from './settings-of-all';

/**
 * Makes schemas, logs, tables and keys of these services as this version of the program needs them, and nothing else: `ROLE=migrate`, before a rollout. Forward only, each under
 * its lock, and safe to repeat; processes of the version before go on meanwhile. Views are made empty: the new version's workers fill them.
 */
export const migrateAll = async (services: readonly AnyService[], environment: Environment): Promise<void> => {
  const { common: settings } = readAllSettings(services, environment, 0);
  const log = logOfProcess(settings);
  const opened = closers();
  try {
    await awaitDatabases(settings, log);
    const around = { settings, log, closers: opened, ...(await openVault(settings, log, opened)) };
    for (const service of services) {
      const { pool } = await openStorage(service, around, log.child({ service: service.name }));
      await prepareTables(pool, service.views);
      log.info({ service: service.name }, 'schema, log and tables are up to date');
    }
  } catch (error) {
    throw explained(error, settings);
  } finally {
    await opened.close();
  }
};
