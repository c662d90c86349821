import { startCluster } from '@cartage/embedded';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postmasterOf } from './machine';

export const say = (line: string): void => console.error(line);

/** A folder of one's own, gone afterwards. */
export const withFolder = async <Result>(use: (folder: string) => Promise<Result>): Promise<Result> => {
  const folder = mkdtempSync(join(tmpdir(), 'cartage-bench-'));
  // Postgres may run as another user, who must be able to get in.
  chmodSync(folder, 0o755);
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

export interface Database {
  readonly url: string;
  readonly postmaster: number;
  readonly folder: string;
}

/** A Postgres of one's own, as the embedded system starts it. */
export const onFreshDatabase = <Result>(use: (database: Database) => Promise<Result>): Promise<Result> =>
  withFolder(async (folder) => {
    const cluster = await startCluster({ folder, port: 0, say });
    try {
      return await use({ url: cluster.url, postmaster: postmasterOf(join(folder, 'postgres')), folder });
    } finally {
      await cluster.stop();
    }
  });

/** Ports that nobody uses now; all different, because they are held until the last one is found. */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
};
