import { StartFailure } from '@cartage/service-kit';
import { createHash } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';

const addressOf = (folder: string): string => {
  const name = `cartage-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  return platform() === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
};

/**
 * One Cartage for a data folder. The lock is a socket that is listened to: it dies with its holder, however that ends, and no pid is
 * ever mistaken for another process's.
 */
export const lockFolder = async (folder: string): Promise<() => void> => {
  const address = addressOf(folder);
  if (await answers(address))
    throw new StartFailure([`Another Cartage is running on ${folder}. Stop it first, or set CARTAGE_DIR to another folder.`]);
  removeStale(address);
  const server = await listen(address);
  server.unref();
  return () => void server.close();
};

const answers = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'EACCES' || code === 'EPERM'));
  });

const removeStale = (address: string): void => {
  try {
    unlinkSync(address);
  } catch {
    // Nothing was there, which is what we want.
  }
};

const listen = (address: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(address, () => resolve(server));
  });
