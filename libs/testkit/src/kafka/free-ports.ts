import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** Ports of the loopback that nobody uses now; all different, because they are held until the last one is found. */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
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
