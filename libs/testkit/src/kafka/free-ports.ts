import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/**
 * Below the ports that systems give to whoever connects, or listens, and names none: these may be anybody's again before a server that takes its time binds
 * its own, and while one is down that is to be found where it was.
 */
const [FIRST, LAST] = [10_000, 32_000];

/** Processes begin at places of their own, and go on from there: what one of them has just given away the others do not look at. */
let next = FIRST + ((process.pid * 97) % (LAST - FIRST));

const candidate = (): number => {
  const port = next;
  next = port + 1 < LAST ? port + 1 : FIRST;
  return port;
};

const taken = async (port: number): Promise<Server | undefined> => {
  const server = createServer().listen(port, '127.0.0.1');
  return once(server, 'listening').then(
    () => server,
    () => undefined,
  );
};

/** Ports of the loopback that nobody uses now; all different, also from those that were given before. */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const held = new Map<number, Server>();
  for (let tries = LAST - FIRST; held.size < count && tries > 0; tries -= 1) {
    const port = candidate();
    const server = await taken(port);
    if (server) held.set(port, server);
  }
  await Promise.all([...held.values()].map((server) => new Promise((resolve) => server.close(resolve))));
  return [...held.keys()];
};

/** Finds out now, and says so plainly, what Kafka would only say after half a minute and among a hundred lines. */
export const requireFree = async (ports: readonly number[]): Promise<void> => {
  for (const port of ports) {
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening').catch((error: unknown) => {
      throw new Error(`Port ${port} is taken. Choose another one for Kafka, or end what uses it.`, { cause: error });
    });
    await new Promise((resolve) => server.close(resolve));
  }
};
