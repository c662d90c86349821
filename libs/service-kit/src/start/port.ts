import { once } from 'node:events';
import { createServer } from 'node:net';
import type { StartSettings } from './failure';

/** Fails as the HTTP server would fail later: before anything is opened, migrated or followed by a process that nobody could reach. */
export const requireFreePort = async ({ HOST, PORT }: Pick<StartSettings, 'HOST' | 'PORT'>): Promise<void> => {
  const server = createServer().listen(PORT, HOST);
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
};
