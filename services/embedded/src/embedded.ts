import { databaseUrlIn, readSettings, startAll, type Environment, type Running } from '@cartage/service-kit';
import { join, resolve } from 'node:path';
import { embeddedSettings } from './config';
import { startCluster, type Cluster } from './postgres/cluster';
import { servicesFor } from './composed';

/** All services in one process, on a Postgres of their own. */
export interface Embedded extends Running {
  /** Where everything is kept. */
  readonly folder: string;
  readonly databaseUrl: string;
}

export { startCluster, type Cluster } from './postgres/cluster';
export { usualServices } from './composed';

const DEFAULT_PORT = 3000;

/** The Postgres that was given, or our own. */
const databaseOf = (
  environment: Environment,
  say: (line: string) => void,
): Promise<Pick<Cluster, 'url' | 'stop'> & Partial<Pick<Cluster, 'analystUrl'>>> => {
  const url = databaseUrlIn(environment);
  const { CARTAGE_DIR: folder, POSTGRES_PORT: port } = readSettings(embeddedSettings, environment);
  return url === undefined ? startCluster({ folder, port, say }) : Promise.resolve({ url, stop: () => Promise.resolve() });
};

/** What holds where nobody says otherwise, by a setting or by the file that it names. */
export const usualFor = (folder: string, { analystUrl }: Pick<Partial<Cluster>, 'analystUrl'>, environment: Environment): Environment => {
  const usual = {
    LOG_LEVEL: 'warn',
    MASTER_KEY_FILE: join(folder, 'master.key'),
    MAIL_FOLDER: join(folder, 'mail'),
    REPORTS_FOLDER: join(folder, 'reports'),
    REPORTS_DATABASE_URL: analystUrl,
  };
  return Object.fromEntries(Object.entries(usual).filter(([name]) => environment[`${name}_FILE`] === undefined));
};

/**
 * Starts all of Cartage. `DATABASE_URL` in the environment takes the place of the embedded Postgres. `say` hears one line for each unusual thing that
 * was found and mended. Throws `StartFailure` for what a person can mend, after stopping whatever ran already.
 */
export const startEmbedded = async (environment: Environment, say: (line: string) => void): Promise<Embedded> => {
  const { CARTAGE_DIR, ...switches } = readSettings(embeddedSettings, environment);
  const cluster = await databaseOf(environment, say);
  const settings = {
    ...usualFor(resolve(CARTAGE_DIR), cluster, environment),
    ...environment,
    ...{ DATABASE_URL: cluster.url, DATABASE_URL_FILE: undefined },
  };
  try {
    const running = await startAll(await servicesFor(switches), { environment: settings, title: 'Cartage', port: DEFAULT_PORT });
    const close = async (): Promise<void> => running.close().finally(() => cluster.stop());
    return { ...running, close, folder: resolve(CARTAGE_DIR), databaseUrl: cluster.url };
  } catch (error) {
    await cluster.stop();
    throw error;
  }
};
