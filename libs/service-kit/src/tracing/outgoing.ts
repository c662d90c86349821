import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { failureOf, type Span, type Tracing } from '@cartage/eventsourcing';

/** What `fetch` says of its requests (undici, inside Node). */
interface FetchMessage {
  readonly request: {
    readonly method: string;
    readonly origin: string | URL;
    addHeader(name: string, value: string): unknown;
  };
  readonly response?: { readonly statusCode: number };
  readonly error?: unknown;
}

interface HttpMessage {
  readonly request: ClientRequest;
  readonly response: IncomingMessage;
}

interface Asked {
  readonly method: string;
  readonly host: string;
}

const announced = new AsyncLocalStorage<true>();

/** What is fetched meanwhile tells whom it asks of its trace (W3C `traceparent`): for receivers that are the operator's own, and go on with it. */
export const announcingTrace = <Value>(work: () => Value): Value => announced.run(true, work);

/** Whom it asks, and neither path nor query: those may say about whom. */
const spanOf = (tracing: Tracing, parent: string, { method, host }: Asked): Span =>
  tracing.start({
    ...{ name: `${method} ${host}`, kind: 'client', parent },
    attributes: { 'http.request.method': method, 'server.address': host },
  });

const endWith = (span: Span | undefined, status: number): void => {
  span?.set({ 'http.response.status_code': status });
  span?.end(status >= 400 ? String(status) : undefined);
};

type Heard = readonly [channel: string, hear: (message: unknown) => void];

const ofFetch = (begin: (asked: Asked) => Span | undefined): readonly Heard[] => {
  const spans = new WeakMap<object, Span>();
  return [
    [
      'undici:request:create',
      (message) => {
        const { request } = message as FetchMessage;
        const span = begin({ method: request.method, host: new URL(request.origin).host });
        if (!span) return;
        spans.set(request, span);
        if (announced.getStore()) request.addHeader('traceparent', span.traceparent);
      },
    ],
    [
      'undici:request:headers',
      (message) => {
        const { request, response } = message as FetchMessage;
        endWith(spans.get(request), response?.statusCode ?? 0);
        spans.delete(request);
      },
    ],
    [
      'undici:request:error',
      (message) => {
        const { request, error } = message as FetchMessage;
        spans.get(request)?.end(failureOf(error));
        spans.delete(request);
      },
    ],
  ];
};

/** Of Node's own `http`, by which some vendors' libraries ask. */
const ofHttp = (begin: (asked: Asked) => Span | undefined): readonly Heard[] => {
  const spans = new WeakMap<object, Span>();
  return [
    [
      'http.client.request.start',
      (message) => {
        const { request } = message as HttpMessage;
        const span = begin({ method: request.method, host: String(request.getHeader('host') ?? request.host) });
        if (!span) return;
        spans.set(request, span);
        // Without an answer there is nothing else to hear: somebody who listens for errors would be the one who has dealt with them.
        request.once('close', () => {
          if (spans.delete(request)) span.end('closed');
        });
      },
    ],
    [
      'http.client.response.finish',
      (message) => {
        const { request, response } = message as HttpMessage;
        endWith(spans.get(request), response.statusCode ?? 0);
        spans.delete(request);
      },
    ],
  ];
};

/**
 * A span for each request that goes out to a provider, a carrier, a channel or a neighbour while a traced step is under way, until the head of the answer: whichever library asks. What belongs to no
 * step (a collector of spans, what is looked up at a start) has none. Nobody outside is told of the trace but by `announcingTrace`. Answers with how to stop.
 */
export const traceOutgoing = (tracing: Tracing, current: () => string | undefined): (() => void) => {
  const begin = (asked: Asked): Span | undefined => {
    const parent = current();
    return parent === undefined ? undefined : spanOf(tracing, parent, asked);
  };
  const heard = [...ofFetch(begin), ...ofHttp(begin)];
  for (const [channel, hear] of heard) subscribe(channel, hear);
  return () => {
    for (const [channel, hear] of heard) unsubscribe(channel, hear);
  };
};
