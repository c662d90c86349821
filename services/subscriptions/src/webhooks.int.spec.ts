import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Envelope } from '@cartage/contracts';
import { provenWebhookId, startAll, type Running } from '@cartage/service-kit';
import { eventually, TestIssuer, testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { factOf, orderNamed, storyOf } from './domain/facts.fixture';
import { factLogIn } from './edge/postgres-fact-log';
import { subscriptionsService } from './subscriptions.module';

jest.setTimeout(120_000);

type Json = Readonly<Record<string, unknown>>;

interface Received {
  readonly path: string;
  readonly webhookId: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly raw: Buffer;
  readonly event: Json;
}

const issuer = new TestIssuer();
const received: Received[] = [];
/** What the receiver answers; 204 unless a test says otherwise. */
let answerTo: (received: Received) => number = () => 204;
let receiver: Server;
let receiverUrl: string;
/** Each test has its own addresses: what was on its way at the end of one reaches none of the next. */
let scene = 0;
let database: TestDatabase;
let pool: Pool;
let running: Running;
let token: string;

const listen = async (): Promise<void> => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks);
      const { headers, url: path = '' } = request;
      const one = { path, webhookId: String(headers['webhook-id']), headers, raw, event: JSON.parse(raw.toString()) as Json };
      received.push(one);
      response.writeHead(answerTo(one), { 'content-type': 'text/plain' }).end('as it is');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
};

beforeAll(async () => {
  [database] = await Promise.all([testDatabase(), issuer.start(), listen()]);
  token = await issuer.token({ scope: 'events:read events:write' });
  const kept = { DATABASE_URL: database.url, MASTER_KEY: Buffer.alloc(32, 9).toString('base64') };
  const environment = { ...kept, WEBHOOK_LOOPBACK: 'true', DRAIN_DELAY_MS: '0', ...issuer.settings, PORT: '0', LOG_LEVEL: 'silent' };
  running = await startAll([subscriptionsService], { environment });
  pool = new Pool({ connectionString: database.url, options: '-c search_path=subscriptions' });
});

afterAll(async () => {
  await running.close();
  await pool.end();
  receiver.closeAllConnections();
  receiver.close();
  await Promise.all([database.drop(), issuer.stop()]);
});

beforeEach(() => void (scene += 1));

afterEach(async () => {
  answerTo = () => 204;
  for (const { endpointId } of await itemsOf('')) await ask('DELETE', `/${String(endpointId)}`);
  await pool.query('truncate fact, journal');
  received.length = 0;
});

const hear = (facts: readonly Envelope[]): Promise<void> => factLogIn(pool, () => new Date()).keep(facts);

interface Asking {
  readonly body?: Json;
  readonly by?: string;
}

const askAt = async (method: string, path: string, { body, by = token }: Asking = {}) => {
  const response = await fetch(`${running.url}/subscriptions${path}`, {
    method,
    headers: {
      ...{ authorization: `Bearer ${by}`, 'idempotency-key': randomUUID() },
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: (await response.json()) as Json };
};

const ask = (method: string, path: string, asking?: Asking) => askAt(method, `/webhook-endpoints${path}`, asking);

const itemsOf = async (path: string, by?: string): Promise<readonly Json[]> =>
  (await ask('GET', path, by ? { by } : {})).body['items'] as readonly Json[];

interface Made {
  readonly path: string;
  readonly secret: string;
}

const make = async (name: string, more: Json = {}, by?: string): Promise<Made> => {
  const { status, body } = await ask('POST', '', { body: { url: urlOf(name), ...more }, ...(by ? { by } : {}) });
  expect(status).toBe(201);
  return { path: `/${String(body['endpointId'])}`, secret: String(body['secret']) };
};

const urlOf = (name: string): string => `${receiverUrl}/${scene}/${name}`;
const at = (name: string): readonly Received[] => received.filter(({ path }) => path === `/${scene}/${name}`);
const sequencesOf = (name: string, order: number): readonly unknown[] =>
  at(name).flatMap(({ event }) => (event['orderid'] === orderNamed(order) ? [event['sequence']] : []));

describe('a webhook endpoint', () => {
  it('is sent what the stream tells, signed, each order’s events in their order, and nothing else', async () => {
    const { secret, path } = await make('erp', { type: ['OrderPlaced', 'OrderCompleted', 'StockIssued'], channel: ['web'] });
    await hear(storyOf(4));
    await eventually(() => expect(at('erp')).toHaveLength(6));
    for (const order of [0, 2]) expect(sequencesOf('erp', order)).toEqual([1, 4, 5]);
    for (const { headers, raw, webhookId } of at('erp')) {
      expect(secret).toMatch(/^whsec_/);
      expect(provenWebhookId({ headers, rawBody: raw }, [secret], new Date())).toBe(webhookId);
      expect(headers['content-type']).toContain('application/cloudevents+json');
    }
    const response = await fetch(`${running.url}/stream?follow=false&lastEventId=0&channel=web&type=OrderPlaced`, {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${token}` },
    });
    const [told] = (await response.text()).split('\n').flatMap((line) => (line.startsWith('data: {"spec') ? [line.slice(6)] : []));
    expect(at('erp')[0]?.raw.toString()).toBe(told);
    await eventually(async () => expect(await ask('GET', path)).toMatchObject({ body: { status: 'active', delivered: 6, waiting: 0 } }));
  });

  it('keeps the later events of an order behind one that it does not take, and no other order', async () => {
    let failures = 1;
    answerTo = ({ event }) => (event['orderid'] === orderNamed(1) && failures-- > 0 ? 500 : 204);
    const { path } = await make('erp', { type: ['OrderPlaced', 'OrderConfirmed', 'OrderCompleted'] });
    await hear(storyOf(3));
    await eventually(() => expect(at('erp')).toHaveLength(10));
    expect(sequencesOf('erp', 1)).toEqual([1, 1, 3, 5]);
    for (const order of [0, 2]) expect(sequencesOf('erp', order)).toEqual([1, 3, 5]);
    const [first, again] = at('erp').filter(({ event }) => event['orderid'] === orderNamed(1));
    expect(again?.webhookId).toBe(first?.webhookId);
    await eventually(async () =>
      expect((await ask('GET', `${path}/deliveries/${first?.webhookId}`)).body).toMatchObject({
        ...{ status: 'delivered', attempts: 2, orderId: orderNamed(1), event: { type: 'OrderPlaced', orderid: orderNamed(1) } },
        attemptLog: [{ answer: { status: 500, body: 'as it is', headers: { 'content-type': 'text/plain' } } }, { answer: { status: 204 } }],
      }),
    );
  });

  it('is sent again by hand under the same id: one delivery, or all that ended since', async () => {
    const { path } = await make('erp', { type: ['OrderPlaced'] });
    await hear(storyOf(2));
    await eventually(async () => expect(await itemsOf(`${path}/deliveries?status=delivered`)).toHaveLength(2));
    const [delivery] = await itemsOf(`${path}/deliveries?limit=1`);
    expect((await ask('POST', `${path}/deliveries/${String(delivery?.['deliveryId'])}/redelivery`)).status).toBe(202);
    await eventually(() => expect(at('erp')).toHaveLength(3));
    await eventually(async () => expect(await itemsOf(`${path}/deliveries?status=delivered`)).toHaveLength(2));
    const since = { since: '2026-01-01T00:00:00Z' };
    expect((await ask('POST', `${path}/redeliveries`, { body: since })).body).toEqual({ count: 0 });
    expect((await ask('POST', `${path}/redeliveries`, { body: { ...since, status: ['delivered'] } })).body).toEqual({ count: 2 });
    await eventually(() => expect(at('erp')).toHaveLength(5));
    expect(new Set(at('erp').map(({ webhookId }) => webhookId)).size).toBe(2);
  });

  it('is signed for with both secrets while one takes the place of the other, and tested at once', async () => {
    const { path, secret } = await make('erp');
    const { body } = await ask('POST', `${path}/secret`, { body: { keepHours: 1 } });
    expect((await ask('POST', `${path}/test`)).body).toMatchObject({ answer: { status: 204 }, url: urlOf('erp') });
    const idBy = (each: string, { headers, raw }: Received): string => provenWebhookId({ headers, rawBody: raw }, [each], new Date());
    await ask('POST', `${path}/secret`, { body: { keepHours: 0 } });
    await ask('POST', `${path}/test`);
    const [first, last] = at('erp') as readonly [Received, Received];
    expect(first.event).toMatchObject({ type: 'WebhookTested' });
    for (const each of [secret, String(body['secret'])]) {
      expect(idBy(each, first)).toBe(first.webhookId);
      expect(() => idBy(each, last)).toThrow('not signed');
    }
  });

  it('is sent nothing while it is paused, by hand or because it says that it is gone, and then goes on where it was', async () => {
    answerTo = () => 410;
    const { path } = await make('erp', { type: ['OrderPlaced'] });
    await hear(storyOf(1));
    await eventually(async () =>
      expect((await ask('GET', path)).body).toMatchObject({ status: 'paused', pause: { cause: 'gone' }, failed: 1, waiting: 1 }),
    );
    answerTo = () => 204;
    await hear([factOf({ n: 99, type: 'OrderPlaced', order: 9, channel: 'web' })]);
    expect((await ask('POST', `${path}/resume`)).body).toMatchObject({ status: 'active', pause: null, failing: null });
    await eventually(() => expect(sequencesOf('erp', 9)).toEqual([1]));
    await ask('POST', `${path}/pause`, { body: { reason: 'They move house.' } });
    expect((await ask('GET', path)).body).toMatchObject({ status: 'paused', pause: { cause: 'by-hand', reason: 'They move house.' } });
  });

  it.each(['http://example.org/', 'https://10.0.0.1/', 'https://169.254.169.254/latest', 'https://[fe80::1]/', 'https://u:p@127.0.0.1/'])(
    'is refused at an address that is not everybody’s, or not safe: %s',
    async (url) =>
      expect(await ask('POST', '', { body: { url } })).toMatchObject({
        status: 422,
        body: { code: 'WEBHOOK_URL_INVALID', errors: [{ field: 'url' }] },
      }),
  );

  it('of a client of a channel is sent its orders only, and is nobody else’s', async () => {
    const market = await issuer.token({ scope: 'events:read events:write', channels: ['market'] });
    const both = await issuer.token({ scope: 'events:read events:write', channels: ['market', 'web'] });
    const [mine, house, ofBoth] = [
      await make('market', {}, market),
      await make('house'),
      await make('both', { channel: ['market', 'web'] }, both),
    ];
    expect((await ask('POST', '', { body: { url: receiverUrl }, by: both })).status).toBe(403);
    expect((await ask('POST', '', { body: { url: receiverUrl, channel: ['web'] }, by: market })).status).toBe(404);
    for (const { path } of [house, ofBoth])
      for (const [method, rest, body] of [
        ['GET', '', undefined],
        ['GET', '/deliveries', undefined],
        ['PUT', '', { url: urlOf('market') }],
        ['POST', '/secret', {}],
        ['DELETE', '', undefined],
      ] as const)
        expect(await ask(method, `${path}${rest}`, { by: market, ...(body ? { body } : {}) })).toMatchObject({
          status: 404,
          body: { code: 'WEBHOOK_ENDPOINT_UNKNOWN' },
        });
    expect((await itemsOf('', market)).map(({ endpointId }) => `/${String(endpointId)}`)).toEqual([mine.path]);
    expect(
      (await ask('PUT', mine.path, { body: { url: urlOf('market'), type: ['OrderPlaced', 'ItemChanged'] }, by: market })).body,
    ).toMatchObject({
      ...{ channel: ['market'], type: ['OrderPlaced', 'ItemChanged'] },
    });
    await hear(storyOf(4));
    await eventually(() => expect(at('house')).toHaveLength(24));
    await eventually(() =>
      expect(at('market').map(({ event }) => [event['type'], event['channel']])).toEqual([
        ['OrderPlaced', 'market'],
        ['OrderPlaced', 'market'],
      ]),
    );
  });
});

describe('a replay', () => {
  const replayed = (name: string): readonly Received[] => at(name).filter(({ event }) => event['replayid'] !== undefined);
  const startOf = async (body: Json, by = token): Promise<Json> => (await askAt('POST', '/replays', { body, by })).body;

  it('sends past events once more, flagged, each order’s in their order, under ids of their own, and says how far it is', async () => {
    await hear(storyOf(4));
    const { path } = await make('erp', { type: ['OrderPlaced', 'OrderConfirmed', 'OrderCompleted'], channel: ['web'] });
    const { replayId } = await startOf({ endpointId: path.slice(1), orderId: [orderNamed(0), orderNamed(1)], rate: 2 });
    await hear([factOf({ n: 99, type: 'OrderPlaced', order: 9, channel: 'web' })]);
    await eventually(async () =>
      expect((await askAt('GET', `/replays/${String(replayId)}`)).body).toMatchObject({
        ...{ status: 'complete', progress: 1, entered: 3, delivered: 3, waiting: 0, rate: 2 },
        filter: { types: ['OrderPlaced', 'OrderConfirmed', 'OrderCompleted'], orders: [orderNamed(0), orderNamed(1)], channels: ['web'] },
      }),
    );
    await eventually(() => expect(sequencesOf('erp', 9)).toEqual([1]));
    expect(replayed('erp').map(({ event }) => [event['replayid'], event['orderid'], event['sequence']])).toEqual(
      [1, 3, 5].map((sequence) => [replayId, orderNamed(0), sequence]),
    );
    await startOf({ endpointId: path.slice(1), orderId: [orderNamed(0)] });
    await eventually(() => expect(replayed('erp')).toHaveLength(6));
    expect(new Set(replayed('erp').map(({ webhookId }) => webhookId)).size).toBe(6);
    expect(new Set(replayed('erp').map(({ event }) => event['id'])).size).toBe(3);
  });

  it('has a range of places or times, and is cancelled with what waits', async () => {
    await hear(storyOf(4));
    const { path } = await make('erp');
    const endpointId = path.slice(1);
    await ask('POST', `${path}/pause`, { body: { reason: 'Not yet.' } });
    const { replayId } = await startOf({ endpointId, after: '6', upTo: '12' });
    const waiting = () => itemsOf(`${path}/deliveries?status=waiting`);
    await eventually(async () => expect((await waiting()).map(({ position }) => position)).toEqual(['12', '11', '10', '9', '8', '7']));
    expect((await askAt('POST', `/replays/${String(replayId)}/cancel`)).body).toMatchObject({ status: 'cancelled', waiting: 0 });
    expect(await waiting()).toEqual([]);
    const of = (n: number) => new Date(Date.UTC(2026, 10, 28, 9, 0, n)).toISOString();
    const { filter, after, upTo } = await startOf({ endpointId, from: of(10), to: of(13) });
    expect({ filter, after, upTo }).toEqual({ filter: { from: of(10), to: of(13) }, after: '6', upTo: '8' });
    await eventually(async () => expect((await waiting()).map(({ position }) => position)).toEqual(['8', '7']));
    expect(await startOf({ endpointId, from: of(13), to: of(10) })).toMatchObject({ code: 'REPLAY_RANGE_INVALID' });
    expect(await startOf({ endpointId, after: '99' })).toMatchObject({ code: 'REPLAY_RANGE_INVALID' });
  });

  it('of a client of a channel is to its own endpoints only', async () => {
    const by = await issuer.token({ scope: 'events:read events:write', channels: ['market'] });
    const [mine, house] = [await make('market', {}, by), await make('house')];
    expect(await startOf({ endpointId: house.path.slice(1) }, by)).toMatchObject({ code: 'WEBHOOK_ENDPOINT_UNKNOWN' });
    const { replayId } = await startOf({ endpointId: house.path.slice(1) });
    expect(await askAt('GET', `/replays/${String(replayId)}`, { by })).toMatchObject({ status: 404, body: { code: 'REPLAY_UNKNOWN' } });
    expect((await askAt('POST', `/replays/${String(replayId)}/cancel`, { by })).status).toBe(404);
    expect((await askAt('GET', '/replays', { by })).status).toBe(403);
    expect((await askAt('GET', `/replays?endpointId=${house.path.slice(1)}`, { by })).status).toBe(404);
    const own = await startOf({ endpointId: mine.path.slice(1) }, by);
    expect(own).toMatchObject({ filter: { channels: ['market'] } });
    expect((await askAt('GET', `/replays?endpointId=${mine.path.slice(1)}`, { by })).body).toMatchObject({
      items: [{ replayId: own['replayId'] }],
    });
  });
});
