import { createServer } from 'node:net';

const tryPort = (port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });

/** The wanted port if it is free, so that analysts find the database where it was; else any free one. */
export const freePort = async (wanted: number): Promise<number> => (await tryPort(wanted)) ?? (await tryPort(0)) ?? wanted;
