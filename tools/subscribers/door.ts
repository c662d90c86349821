import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request that came to the door. */
export interface Knock {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** Stands before Cartage, and shows what a client sends. */
export interface Door {
  readonly url: string;
  readonly knocks: readonly Knock[];
  close(): void;
}

const busy = (response: ServerResponse): void => {
  const problem = {
    type: 'about:blank',
    title: 'Try again later',
    status: 503,
    code: 'OVERLOADED',
    detail: 'Come again.',
    correlationId: 'd',
  };
  response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '1' }).end(JSON.stringify(problem));
};

const ofConnection: ReadonlySet<string> = new Set([
  'connection',
  'host',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'upgrade',
  'http2-settings',
]);

const passedOn = async (request: IncomingMessage, to: string): Promise<Response> => {
  const headers = Object.entries(request.headers).filter(([name]) => !ofConnection.has(name)) as [string, string][];
  const body = await buffer(request);
  return fetch(`${to}${request.url ?? ''}`, {
    method: request.method ?? 'GET',
    headers,
    ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
  });
};

/** Turns every command away once, as a Cartage does that has too much to do. */
export const openDoor = async (to: string): Promise<Door> => {
  const knocks: Knock[] = [];
  const turnedAway = new Set<string>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    knocks.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers });
    const key = String(request.headers['idempotency-key'] ?? '');
    if (key !== '' && !turnedAway.has(key)) {
      turnedAway.add(key);
      request.resume();
      return busy(response);
    }
    const answered = await passedOn(request, to);
    const headers = [...answered.headers].filter(([name]) => !ofConnection.has(name) && name !== 'content-encoding');
    response.writeHead(answered.status, Object.fromEntries(headers)).end(Buffer.from(await answered.arrayBuffer()));
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(502).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...{ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, knocks },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
