import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Behind {
  readonly name: string;
  readonly url: string;
  /** First path segments that are forwarded to it. */
  readonly paths: readonly string[];
}

export interface Entrance {
  readonly url: string;
  stop(): Promise<void>;
}

/** As long as the services keep a connection: whoever hangs up first makes the other's next request fail. */
const KEEP_ALIVE_MS = 72_000;

const problem = (response: ServerResponse, status: number, code: string, detail: string): void => {
  response.writeHead(status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify({ type: 'about:blank', title: code, status, code, detail }));
};

const forward = (target: Behind, asked: IncomingMessage, response: ServerResponse): void => {
  const { method, headers, url: path } = asked;
  const { hostname, port } = new URL(target.url);
  // The path as it came: parsed and put together again, `//elsewhere/orders` would lead elsewhere.
  const onward = request({ hostname, port, path, method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', ({ message }) => {
    if (response.headersSent) response.destroy();
    else problem(response, 502, 'SERVICE_UNREACHABLE', `The ${target.name} service cannot be reached: ${message}.`);
  });
  // Whoever hung up wants no answer any more.
  response.on('close', () => onward.destroy());
  asked.pipe(onward);
};

const statusOf = async ({ name, url }: Behind): Promise<readonly [string, number]> => {
  const answered = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  return [name, answered?.status ?? 502];
};

/** Ready when all of them are. */
const showReadiness = async (services: readonly Behind[], response: ServerResponse): Promise<void> => {
  const found = await Promise.all(services.map(statusOf));
  const ready = found.every(([, status]) => status === 200);
  response.writeHead(ready ? 200 : 503, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ status: ready ? 'ready' : 'unavailable', services: Object.fromEntries(found) }));
};

const showDocs = (services: readonly Behind[], response: ServerResponse): void => {
  const items = services.map(({ name, url }) => `<li><a href="${url}/docs">${name}</a></li>`);
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><title>Cartage</title><h1>Cartage</h1><ul>${items.join('')}</ul>`);
};

/** `/operations/<service>/…` leads to that service, everything else by its first segment. */
const targetIn = (services: readonly Behind[]) => {
  const byName = new Map(services.map((service) => [service.name, service]));
  const byPath = new Map(services.flatMap((service) => service.paths.map((path) => [path, service] as const)));
  return (pathname: string): Behind | undefined => {
    const [, first = '', second = ''] = pathname.split('/', 3);
    return first === 'operations' ? byName.get(second) : byPath.get(first);
  };
};

const answer = (services: readonly Behind[]) => {
  const targetOf = targetIn(services);
  const paths = [...services.flatMap((service) => service.paths), ...services.map(({ name }) => `operations/${name}`)];
  return (asked: IncomingMessage, response: ServerResponse): void => {
    const [pathname = '/'] = (asked.url ?? '/').split('?', 1);
    if (pathname === '/health/ready') return void showReadiness(services, response);
    if (pathname === '/docs') return showDocs(services, response);
    const target = targetOf(pathname);
    if (target) return forward(target, asked, response);
    problem(response, 404, 'PATH_UNKNOWN', `No service answers ${pathname}. There are ${paths.join(', ')}.`);
  };
};

const close = async (server: Server): Promise<void> => {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await closed;
};

/** One door for all services, by the path: what an ingress is in a cluster. */
export const startEntrance = async (services: readonly Behind[], port: number): Promise<Entrance> => {
  const server = createServer(answer(services));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: found } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${found}`, stop: () => close(server) };
};
