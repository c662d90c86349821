import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const EVERY_MS = 25;

/** Closes, while it stops, the connections that nobody waits on. */
export interface Connections {
  closeIdle(): void;
}

/** Keeps an eye on a server's connections, from its start. */
export const connectionsOf = (server: Server): Connections => {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return {
    closeIdle: () => {
      server.closeIdleConnections();
      // One that was opened ahead of a request does not count as idle for Node: it would be waited for until its time-out.
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    },
  };
};

/**
 * Stops accepting, answers the requests in hand, then stops the listeners. Connections that callers keep open without a request are closed
 * as soon as they are idle: Node alone would wait for their time-out.
 */
export const stopServing = async (app: NestFastifyApplication, connections: Connections): Promise<void> => {
  const closing = setInterval(() => connections.closeIdle(), EVERY_MS);
  try {
    await app.close();
  } finally {
    clearInterval(closing);
  }
};
