import { AsyncLocalStorage } from 'node:async_hooks';
import type { SpanAbout, Span as OurSpan, SpanAttributes, Tracing } from '@cartage/eventsourcing';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Attributes, type Context, type Span, type Tracer } from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace';
import { traceOutgoing } from './outgoing';

const kinds: { readonly [Kind in SpanAbout['kind']]: SpanKind } = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
};

const contextOf = (traceparent: string | undefined): Context => {
  const parent = traceparent === undefined ? null : parseTraceParent(traceparent);
  return parent ? trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true }) : ROOT_CONTEXT;
};

const copied = (attributes: SpanAttributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]));

const traceparentOf = (span: Span): string => {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
};

const ours = (span: Span): OurSpan => ({
  traceparent: traceparentOf(span),
  set: (attributes) => void span.setAttributes(copied(attributes)),
  end: (failure) => {
    if (failure !== undefined) span.setAttribute('error.type', failure).setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  },
});

const tracingBy = (tracer: Tracer, underWay: AsyncLocalStorage<string>): Tracing => ({
  within: ({ traceparent }, work) => underWay.run(traceparent, work),
  current: () => underWay.getStore(),
  start: ({ name, kind, parent, attributes }) =>
    ours(tracer.startSpan(name, { kind: kinds[kind], attributes: copied(attributes) }, contextOf(parent))),
});

export interface OpenTelemetryNeeds {
  /** What the process is called: `order`, or `cartage` where all services run in it. */
  readonly process: string;
  /** Share of the traces that begin here which are kept; those that go on are kept as their beginning says. */
  readonly share: number;
  readonly processors: readonly SpanProcessor[];
}

export interface OpenTracing {
  readonly tracing: Tracing;
  /** Sends what is not sent yet. */
  close(): Promise<void>;
}

/** Traces by OpenTelemetry, without anything global: several processes' worth of services may be started in one test. */
export const openTelemetry = ({ process, share, processors }: OpenTelemetryNeeds): OpenTracing => {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': process, 'service.namespace': 'cartage' }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [...processors],
  });
  const underWay = new AsyncLocalStorage<string>();
  const tracing = tracingBy(provider.getTracer('cartage'), underWay);
  const stop = traceOutgoing(tracing, () => underWay.getStore());
  return {
    tracing,
    close: () => {
      stop();
      return provider.shutdown();
    },
  };
};
