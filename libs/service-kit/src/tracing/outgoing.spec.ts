import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inSpan, type Tracing } from '@cartage/eventsourcing';
import { eventually } from '@cartage/testkit';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { openTelemetry } from './open-telemetry';
import { announcingTrace } from './outgoing';

const exporter = new InMemorySpanExporter();
const { tracing, close } = openTelemetry({ process: 'payment', share: 1, processors: [new SimpleSpanProcessor({ exporter })] });
const provider = createServer((asked, response) => {
  response.writeHead(asked.url === '/broken' ? 503 : 200, { 'x-traceparent': String(asked.headers['traceparent']) }).end('{}');
});
let host: string;

beforeAll(async () => {
  await once(provider.listen(0, '127.0.0.1'), 'listening');
  host = `127.0.0.1:${(provider.address() as AddressInfo).port}`;
});
afterAll(async () => {
  provider.close();
  await close();
});
beforeEach(() => exporter.reset());

const inStep = <Value>(of: Tracing, work: () => Promise<Value>): Promise<Value> =>
  inSpan(of, { name: 'process order.events', kind: 'consumer', attributes: {} }, work);

const spans = () =>
  exporter.getFinishedSpans().map((span) => ({
    ...{ name: span.name, status: span.attributes['http.response.status_code'], failure: span.attributes['error.type'] },
    ...{ id: span.spanContext().spanId, parent: span.parentSpanContext?.spanId },
  }));

/** As a vendor's library asks that knows no `fetch`. */
const askByHttp = async (path: string): Promise<void> => {
  const [answer] = (await once(request(`http://${host}${path}`).end(), 'response')) as [IncomingMessage];
  await answer.resume().toArray();
};

describe('a call to somebody outside', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['by fetch', async () => (await fetch(`http://${host}/charges/ada`)).text()],
    ['by http', () => askByHttp('/charges/ada')],
  ])('%s is a span of the step that made it, and says neither path nor trace', async (_, ask) => {
    await inStep(tracing, ask);
    const [call, step] = spans();
    expect(call).toMatchObject({ name: `GET ${host}`, status: 200, parent: step?.id });
    expect(JSON.stringify(exporter.getFinishedSpans().map(({ attributes }) => attributes))).not.toContain('ada');
    const told = await inStep(tracing, async () => (await fetch(`http://${host}/`)).headers.get('x-traceparent'));
    expect(told).toBe('undefined');
  });

  it('is told of the trace where that is announced, under the span of the call', async () => {
    const ask = async () => (await fetch(`http://${host}/`)).headers.get('x-traceparent');
    const told = await inStep(tracing, () => announcingTrace(ask));
    const [call, step] = exporter.getFinishedSpans();
    expect(call?.parentSpanContext?.spanId).toBe(step?.spanContext().spanId);
    expect(told).toBe(`00-${call?.spanContext().traceId}-${call?.spanContext().spanId}-01`);
    expect(await announcingTrace(ask)).toBe('undefined');
  });

  it('says when it failed, and how', async () => {
    await inStep(tracing, async () => (await fetch(`http://${host}/broken`)).text());
    expect(spans()[0]).toMatchObject({ status: 503, failure: '503' });
    exporter.reset();
    const gone = createServer();
    await once(gone.listen(0, '127.0.0.1'), 'listening');
    const nobody = `127.0.0.1:${(gone.address() as AddressInfo).port}`;
    await once(gone.close(), 'close');
    const failed = (failure: string) => expect.arrayContaining([expect.objectContaining({ name: `GET ${nobody}`, failure })]);
    await inStep(tracing, () => fetch(`http://${nobody}/`).catch(() => undefined));
    expect(spans()).toEqual(failed('ECONNREFUSED'));
    exporter.reset();
    const closed = (): Promise<void> =>
      new Promise(
        (resolve) =>
          void request(`http://${nobody}/`)
            .on('error', () => undefined)
            .on('close', resolve)
            .end(),
      );
    await inStep(tracing, closed);
    await eventually(() => expect(spans()).toEqual(failed('closed')));
  });

  it('has no span where no step is under way', async () => {
    await (await fetch(`http://${host}/`)).text();
    expect(spans()).toEqual([]);
  });
});
