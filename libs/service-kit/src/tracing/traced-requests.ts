import { ownId, type Span, type Tracing } from '@cartage/eventsourcing';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { headerOf, Headers } from '../http/headers';

const spans = new WeakMap<object, Span>();

const traceparents = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

type Asked = Pick<FastifyRequest, 'headers'>;

const given = ({ headers }: Asked): string | undefined => {
  const traceparent = headerOf(headers, Headers.traceparent);
  return traceparent !== undefined && traceparents.test(traceparent) ? traceparent : undefined;
};

/** What follows from a request has this for its trace context: that of its span, else what its caller gave. */
export const traceparentOf = (request: Asked): string | undefined => spans.get(request)?.traceparent ?? given(request);

/** Asked every few seconds, and part of no order. */
const isProbe = (route: string): boolean => route.startsWith('/health') || route === '/metrics';

/** The route, never the address: that may say who somebody is. */
const spanFor = (tracing: Tracing, request: FastifyRequest): Span => {
  const { method, protocol, id } = request;
  const route = request.routeOptions.url;
  return tracing.start({
    name: route === undefined ? method : `${method} ${route}`,
    kind: 'server',
    parent: given(request),
    attributes: {
      'http.request.method': method,
      'url.scheme': protocol,
      ...(route === undefined ? {} : { 'http.route': route }),
      ...ownId('cartage.correlation_id', id),
    },
  });
};

/** A span for each request, from its first byte to its last; probes have none. */
export const traceRequests = (server: FastifyInstance, tracing: Tracing): void => {
  server.addHook('onRequest', (request, _reply, done) => {
    if (!isProbe(request.routeOptions.url ?? '')) spans.set(request, spanFor(tracing, request));
    done();
  });
  // What is done after the body was read is not done where the request came in.
  server.addHook('preValidation', (request, _reply, done) => {
    const span = spans.get(request);
    if (span && tracing.within) tracing.within(span, done);
    else done();
  });
  server.addHook('onResponse', (request, { statusCode }, done) => {
    const span = spans.get(request);
    span?.set({ 'http.response.status_code': statusCode });
    span?.end(statusCode >= 500 ? String(statusCode) : undefined);
    done();
  });
  server.addHook('onRequestAbort', (request, done) => {
    spans.get(request)?.end('aborted');
    done();
  });
};
