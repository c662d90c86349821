import { SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { openTelemetry } from './open-telemetry';

const traced = (share: number) => {
  const exporter = new InMemorySpanExporter();
  return { exporter, ...openTelemetry({ process: 'order', share, processors: [new SimpleSpanProcessor({ exporter })] }) };
};
const about = { name: 'work', kind: 'consumer', attributes: { kinds: ['a', 'b'], n: 1 } } as const;
const given = (flags: string): string => `00-${'b'.repeat(32)}-${'c'.repeat(16)}-${flags}`;

describe('traces by OpenTelemetry', () => {
  it('go on with the trace that they are given, and hand on their own span as its context', () => {
    const { exporter, tracing } = traced(0);
    const span = tracing.start({ ...about, parent: given('01') });
    tracing.start({ ...about, parent: span.traceparent }).end();
    span.set({ more: true });
    span.end('TimeoutError');
    const [inner, outer] = exporter.getFinishedSpans() as [ReadableSpan, ReadableSpan];
    const own = outer.spanContext().spanId;
    expect(span.traceparent).toBe(`00-${'b'.repeat(32)}-${own}-01`);
    expect(outer).toMatchObject({
      parentSpanContext: { spanId: 'c'.repeat(16) },
      attributes: { kinds: ['a', 'b'], n: 1, more: true, 'error.type': 'TimeoutError' },
      status: { code: SpanStatusCode.ERROR },
      resource: { attributes: { 'service.name': 'order', 'service.namespace': 'cartage' } },
    });
    expect(inner).toMatchObject({ parentSpanContext: { spanId: own }, status: { code: SpanStatusCode.UNSET } });
  });

  it('are kept by share where they begin, and as their beginning says where they go on', () => {
    const all = traced(1);
    all.tracing.start(about).end();
    all.tracing.start({ ...about, parent: given('00') }).end();
    all.tracing.start({ ...about, parent: 'no context' }).end();
    expect(all.exporter.getFinishedSpans()).toHaveLength(2);
    const none = traced(0);
    const span = none.tracing.start(about);
    span.end();
    expect(none.exporter.getFinishedSpans()).toEqual([]);
    expect(span.traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-00$/);
  });
});
