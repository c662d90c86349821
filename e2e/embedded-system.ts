import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, serverProcess, type ServerProcess } from '@cartage/testkit';
import { channelEnvironment } from './channels.contract';

/** All of Cartage in one process, on a data folder of its own. */
export interface EmbeddedSystem {
  readonly process: ServerProcess;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** As it says itself; the Postgres may stand on another port after a restart. */
  databaseUrl(): string;
  /** Whatever state it is in: nothing of it is left. */
  remove(): Promise<void>;
}

/** A Postgres that a killed Cartage left, and that no later one took over. */
const killLeftover = (folder: string): void => {
  try {
    process.kill(Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n', 1)[0]), 'SIGINT');
  } catch {
    // No file or no process: there is none.
  }
};

export const embeddedSystem = async (): Promise<EmbeddedSystem> => {
  const folder = join(tmpdir(), `cartage-e2e-${randomUUID()}`);
  const [port = 0, postgresPort = 0] = await freePorts(2);
  // A stop on a busy machine may take long, and is not forced therefore.
  const patience = { SHUTDOWN_TIMEOUT_MS: '60000' };
  const switches = { AUDIT_ENABLED: 'true', REPORTING_ENABLED: 'true', SUBSCRIPTIONS_ENABLED: 'true' };
  const environment = {
    ...{ CARTAGE_DIR: folder, POSTGRES_PORT: String(postgresPort), LOG_LEVEL: 'info' },
    ...patience,
    ...channelEnvironment,
    ...switches,
  };
  const server = serverProcess({ program: 'services/embedded', port, environment });
  return {
    process: server,
    folder,
    environment,
    databaseUrl: () => {
      const urls = server
        .current()
        .output.all()
        .match(/postgres:\/\/\S+/g);
      if (!urls) throw new Error('It has not said yet where its Postgres is.');
      return urls.at(-1) ?? '';
    },
    remove: async () => {
      await server.kill();
      killLeftover(folder);
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
};
