import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HttpRefused } from './problem';

/** Which methods each address answers. */
export interface KnownRoutes {
  methodsAt(path: string): readonly string[];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const patternOf = (route: string): RegExp =>
  new RegExp(
    `^${route
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part === '*' ? '.*' : escaped(part)))
      .join('/')}/?$`,
  );

/** Keeps the routes as they are registered; call it before. */
export const knownRoutes = (server: FastifyInstance): KnownRoutes => {
  const routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];
  server.addHook('onRoute', ({ url, method }) => {
    // Where browsers ask before they ask: no address of its own.
    if (url === '*') return;
    routes.push({ pattern: patternOf(url), methods: [method].flat() });
  });
  return {
    methodsAt: (path) => [...new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods))].sort(),
  };
};

/** Why a request finds no handler: another method would, or there is nothing at the address at all. */
export const noHandler = (routes: KnownRoutes, { url, method }: FastifyRequest, reply: FastifyReply): HttpRefused => {
  const methods = routes.methodsAt(url.split('?', 1)[0] ?? '');
  if (methods.length === 0)
    return new HttpRefused({ status: 404, code: 'ROUTE_UNKNOWN', detail: 'There is nothing at this address. See /docs.' });
  void reply.header('Allow', methods.join(', '));
  return new HttpRefused({ status: 405, code: 'METHOD_NOT_ALLOWED', detail: `${method} cannot be asked here; ${methods.join(', ')} can.` });
};
