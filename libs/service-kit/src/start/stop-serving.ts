import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const EVERY_MS = 25;

/**
 * Stops accepting, answers the requests in hand, then stops the listeners. Connections that callers keep open without a request are closed
 * as soon as they are idle: Node alone would wait for their time-out.
 */
export const stopServing = async (app: NestFastifyApplication): Promise<void> => {
  const server = app.getHttpServer();
  const closing = setInterval(() => server.closeIdleConnections(), EVERY_MS);
  try {
    await app.close();
  } finally {
    clearInterval(closing);
  }
};
