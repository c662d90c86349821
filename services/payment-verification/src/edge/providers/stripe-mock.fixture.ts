import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';

/** What stripe-mock, which keeps nothing, is to say in place of what it makes up; by the kind of object. */
type Said = Readonly<Record<string, object>>;

const bytesOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** `/v1/payment_intents/pi_1/capture` is `/v1/payment_intents/:id/capture`. */
const routeOf = (url: string): string =>
  (url.split('?')[0] ?? '').replace(/\/[a-z]+_[A-Za-z0-9_]+(?=\/|$)/g, (part) => (/\d/.test(part) ? '/:id' : part));

/** Before stripe-mock: keeps what was asked and what was answered, and says another state of an object. */
export const beforeStripeMock = async (mock: string) => {
  const asked: string[] = [];
  const refused: string[] = [];
  const state: { said: Said } = { said: {} };

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/', headers } = request;
    const body = await bytesOf(request);
    const sent = new Headers(Object.entries(headers).filter((each): each is [string, string] => typeof each[1] === 'string'));
    for (const name of ['host', 'connection', 'content-length']) sent.delete(name);
    const answer = await fetch(mock + url, { method, headers: sent, ...(body.length > 0 ? { body: new Uint8Array(body) } : {}) });
    const said = (await answer.json()) as { readonly object?: string };
    asked.push(`${method} ${routeOf(url)}`);
    if (!answer.ok) refused.push(`${method} ${url} ${body.toString()}: ${JSON.stringify(said)}`);
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...said, ...state.said[said.object ?? ''] }));
  };

  const server = createServer(
    (request, response) => void pass(request, response).catch((error: unknown) => response.destroy(error as Error)),
  );
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    stripe: new Stripe('sk_test_x', { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0, telemetry: false }),
    ...{ asked, refused },
    saying: (said: Said): void => {
      state.said = said;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
export type BeforeStripeMock = Awaited<ReturnType<typeof beforeStripeMock>>;
