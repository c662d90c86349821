import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId, startAll, type Running } from '@cartage/service-kit';
import { eventually, testDatabase, type TestDatabase } from '@cartage/testkit';
import { InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { servicesFor } from './composed';

jest.setTimeout(120_000);

let database: TestDatabase;
let running: Running;
/** Somebody outside who is asked how risky an order is. */
const risk = createServer((_, response) =>
  response.setHeader('content-type', 'application/json').end('{"score":1,"version":"1","reasons":[]}'),
);
/** A shop that is told what becomes of its orders; what it heard of their traces. */
const announced: (string | undefined)[] = [];
const shop = createServer((request, response) => {
  announced.push(String(request.headers['traceparent']));
  request.resume().on('end', () => response.setHeader('content-type', 'application/json').end('{}'));
});
/** Somebody outside who wants to be told. */
const receiver = createServer((request, response) => request.resume().on('end', () => response.writeHead(204).end()));
const hostOf = (server: typeof risk): string => `127.0.0.1:${(server.address() as AddressInfo).port}`;
const exporter = new InMemorySpanExporter();

beforeAll(async () => {
  database = await testDatabase();
  for (const server of [risk, receiver, shop]) await once(server.listen(0, '127.0.0.1'), 'listening');
  const environment = {
    DATABASE_URL: database.url,
    MASTER_KEY: Buffer.alloc(32, 6).toString('base64'),
    PORT: '0',
    LOG_LEVEL: 'silent',
    OTEL_TRACES_SAMPLER_ARG: '1',
    PAYMENT_RISK_PROVIDER: 'http',
    PAYMENT_RISK_URL: `http://${hostOf(risk)}/of/ada@example.com`,
    PAYMENT_RISK_SECRET: 'signed-with-it',
    PAYMENT_RISK_TIMEOUT_MS: '60000',
    WEBHOOK_LOOPBACK: 'true',
    CHANNEL_OUTLETS: `shop=webhook:http://${hostOf(shop)}/of/ada@example.com#${Buffer.alloc(24, 7).toString('base64')}`,
  };
  running = await startAll(await servicesFor({ AUDIT_ENABLED: false, REPORTING_ENABLED: false, SUBSCRIPTIONS_ENABLED: true }), {
    environment,
    spans: new SimpleSpanProcessor({ exporter }),
  });
}, 120_000);
afterAll(async () => {
  await running.close();
  await database.drop();
  for (const server of [risk, receiver, shop]) server.close();
}, 60_000);

const send = async (method: string, path: string, body: object, headers: Readonly<Record<string, string>> = {}) => {
  const response = await fetch(`${running.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'idempotency-key': newId(), ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> };
};

const place = {
  ...{ channel: 'shop', externalOrderId: 'of-ada@example.com' },
  customer: { id: 'ada@example.com', name: 'Ada Lovelace', email: 'ada@example.com' },
  shipTo: { lines: ['12 High Street'], city: 'London', postalCode: 'SW1Y 4JH', country: 'GB' },
  currency: 'GBP',
  lines: [{ sku: 'MUG-RED', quantity: 2, unitPrice: 1250 }],
  payment: { method: 'card', token: 'tok_visa' },
};

const spansOf = (traceId: string): readonly ReadableSpan[] =>
  exporter.getFinishedSpans().filter((span) => span.spanContext().traceId === traceId);
/** Which group took an event of which type, and did not fail at it. */
const taken = (spans: readonly ReadableSpan[]): readonly string[] =>
  spans
    .filter(({ attributes }) => attributes['messaging.operation.type'] === 'process' && attributes['error.type'] === undefined)
    .map(({ attributes }) => `${String(attributes['messaging.consumer.group.name'])} ${String(attributes['cloudevents.event_type'])}`);

/** Events of which types a receiver has taken. */
const sentIn = (spans: readonly ReadableSpan[]): readonly string[] =>
  spans
    .filter(({ name, attributes }) => name === 'send webhook' && attributes['http.response.status_code'] === 204)
    .map(({ attributes }) => String(attributes['cloudevents.event_type']));

/** The shop has taken it. */
const toldShop = (spans: readonly ReadableSpan[]): ReadableSpan | undefined =>
  spans.find(({ name, attributes }) => name === 'tell receiver' && attributes['messaging.destination.name'] === 'shop');

describe('the trace of an order that is placed', () => {
  const [traceId, callerSpan] = ['ab'.repeat(16), 'cd'.repeat(8)];
  let spans: readonly ReadableSpan[] = [];

  it('goes from the request through every service to the last handler', async () => {
    const where = {
      name: 'London',
      kind: 'warehouse',
      country: 'GB',
      postalCode: 'E16 2AB',
      latitude: 51.5,
      longitude: 0.03,
      active: true,
    };
    expect((await send('POST', '/subscriptions/webhook-endpoints', { url: `http://${hostOf(receiver)}/of/ada@example.com` })).status).toBe(
      201,
    );
    expect((await send('PUT', '/inventory/locations/LDN-1', where)).status).toBe(200);
    const receipt = { location: 'LDN-1', reference: 'PO-1', lines: [{ sku: 'MUG-RED', quantity: 10 }] };
    expect((await send('POST', '/inventory/receipts', receipt)).status).toBe(201);
    // Who routes and ships must have heard of the place and the stock: else the order waits, and is gone on with by a trace of theirs.
    const heard = ['fulfillment.inventory LocationChanged', 'fulfillment.inventory StockReceived', 'shipping.inventory LocationChanged'];
    await eventually(() => expect(taken(exporter.getFinishedSpans())).toEqual(expect.arrayContaining(heard)), { withinMs: 60_000 });
    const traceparent = `00-${traceId}-${callerSpan}-01`;
    const placed = await send('POST', '/orders', place, { traceparent, 'cartage-correlation-id': 'ada@example.com' });
    expect(placed.status).toBe(201);
    await eventually(
      () => {
        spans = spansOf(traceId);
        const known = new Set([callerSpan, ...spans.map((span) => span.spanContext().spanId)]);
        // Whole: whatever a span follows from has ended, too.
        expect(spans.filter((span) => !known.has(span.parentSpanContext?.spanId ?? ''))).toEqual([]);
        expect(taken(spans)).toEqual(
          expect.arrayContaining([
            ...[
              'inventory.order OrderPlaced',
              'payment.order OrderPlaced',
              'order.inventory StockReserved',
              'order.payment PaymentAuthorized',
            ],
            'shipping.inventory StockAllocated',
          ]),
        );
        expect(toldShop(spans)).toBeDefined();
        expect(sentIn(spans)).toEqual(expect.arrayContaining(['OrderPlaced', 'StockAllocated']));
      },
      { withinMs: 60_000 },
    );
  });

  it('is one tree, in which each span follows from what caused it', () => {
    const byId = new Map(spans.map((span) => [span.spanContext().spanId, span]));
    const parentOf = (span: ReadableSpan) => byId.get(span.parentSpanContext?.spanId ?? '');
    const [root, ...others] = spans.filter((span) => parentOf(span) === undefined);
    expect(others).toEqual([]);
    expect(root).toMatchObject({ name: 'POST /orders', attributes: { 'http.route': '/orders', 'http.response.status_code': 201 } });
    const pathTo = (span: ReadableSpan | undefined): readonly string[] => (span ? [...pathTo(parentOf(span)), span.name] : []);
    expect(pathTo(spans.find(({ name }) => name === 'append orders'))).toEqual(['POST /orders', 'PlaceOrder', 'append orders']);
    const last = spans.find(({ attributes }) => attributes['messaging.consumer.group.name'] === 'shipping.inventory');
    expect(pathTo(last).slice(0, 3)).toEqual(['POST /orders', 'PlaceOrder', 'process order.events']);
    expect(pathTo(last).at(-1)).toBe('process inventory.events');
    expect(pathTo(last)).toContain('process fulfillment.events');
    const sent = spans.find(({ name, attributes }) => name === 'send webhook' && attributes['cloudevents.event_type'] === 'OrderPlaced');
    expect(pathTo(sent)).toEqual(['POST /orders', 'PlaceOrder', 'process order.events', 'send webhook']);
  });

  it('shows whom a step asked outside, under that step', () => {
    const host = hostOf(risk);
    const asked = spans.filter(({ attributes }) => attributes['server.address'] === host);
    expect(asked.map(({ name, attributes }) => ({ name, attributes }))).toEqual([
      { name: `POST ${host}`, attributes: { 'http.request.method': 'POST', 'server.address': host, 'http.response.status_code': 200 } },
    ]);
    const step = spans.find((span) => span.spanContext().spanId === asked[0]?.parentSpanContext?.spanId);
    expect(step?.attributes).toMatchObject({ 'messaging.consumer.group.name': 'payment.order', 'cloudevents.event_type': 'OrderPlaced' });
  });

  it('goes on to the shop that is told of its order, in a request that says so', () => {
    const told = toldShop(spans);
    const step = spans.find((span) => span.spanContext().spanId === told?.parentSpanContext?.spanId);
    expect(step?.attributes).toMatchObject({ 'messaging.consumer.group.name': 'order.channel-orders' });
    const posted = spans.find((span) => span.parentSpanContext?.spanId === told?.spanContext().spanId);
    expect(posted).toMatchObject({ name: `POST ${hostOf(shop)}`, attributes: { 'http.response.status_code': 200 } });
    expect(announced).toContain(`00-${traceId}-${posted?.spanContext().spanId}-01`);
  });

  it('holds nothing that is personal', () => {
    const told = JSON.stringify(
      spans.map(({ name, attributes, events, resource, status }) => [name, attributes, events, resource.attributes, status]),
    );
    expect(told).not.toMatch(/ada@|lovelace|example\.com|high street|london|sw1y|tok_visa/i);
  });
});
