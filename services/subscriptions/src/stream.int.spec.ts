import { connect, type Socket } from 'node:net';
import type { Envelope } from '@cartage/contracts';
import { startAll, type Running } from '@cartage/service-kit';
import { eventually, TestIssuer, testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { factOf, orderNamed, storyOf } from './domain/facts.fixture';
import { factLogIn } from './edge/postgres-fact-log';
import { subscriptionsService } from './subscriptions.module';

jest.setTimeout(120_000);
const PATIENCE = { withinMs: 60_000 };

const issuer = new TestIssuer();
const sockets: Socket[] = [];
let database: TestDatabase;
let pool: Pool;
let running: Running;
let token: string;

beforeAll(async () => {
  [database] = await Promise.all([testDatabase(), issuer.start()]);
  token = await issuer.token({ scope: 'events:read' });
  const kept = { DATABASE_URL: database.url, MASTER_KEY: Buffer.alloc(32, 9).toString('base64') };
  const limits = { STREAM_CLIENTS: '2', STREAM_SLOW_SECONDS: '1', DRAIN_DELAY_MS: '0' };
  const auth = { ...issuer.settings, AUTH_CLOCK_SKEW_SECONDS: '0' };
  const environment = { ...kept, ...limits, ...auth, PORT: '0', LOG_LEVEL: 'silent' };
  running = await startAll([subscriptionsService], { environment });
  pool = new Pool({ connectionString: database.url, options: '-c search_path=subscriptions' });
});

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await running.close();
  await pool.end();
  await Promise.all([database.drop(), issuer.stop()]);
});

/** Whoever left may still be counted for a moment, and there is room for two. */
const nobodyFollows = (): Promise<void> =>
  eventually(async () => {
    const metrics = await (await fetch(`${running.url}/metrics`)).text();
    expect(metrics).toMatch(/cartage_stream_clients\{[^}]*\} 0\n/);
  }, PATIENCE);

beforeEach(nobodyFollows);
afterEach(() => pool.query('truncate fact, journal'));

/** Another process hears it: this one has to notice by looking. */
const hear = (facts: readonly Envelope[]): Promise<void> => factLogIn(pool, () => new Date()).keep(facts);

interface Heard {
  readonly id?: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const heardIn = (text: string): readonly Heard[] =>
  text.split('\n\n').flatMap((block) => {
    const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]));
    const [event, data, id] = [fields.get('event'), fields.get('data'), fields.get('id')];
    return event && data ? [{ event, data: JSON.parse(data) as Heard['data'], ...(id ? { id } : {}) }] : [];
  });

const ask = (query: string, { by = token, headers = {} }: Asking = {}): Promise<Response> =>
  fetch(`${running.url}/stream?${query}`, { headers: { accept: 'text/event-stream', authorization: `Bearer ${by}`, ...headers } });

interface Asking {
  readonly by?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const all = async (query: string, asking?: Asking): Promise<readonly Heard[]> =>
  heardIn(await (await ask(`follow=false&${query}`, asking)).text());

/** A client that follows until it is told to stop. */
const follow = async (query: string, asking?: Asking) => {
  const response = await ask(query, asking);
  expect(response.status).toBe(200);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const reading = (async () => {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) text += part.value;
  })();
  return { heard: () => heardIn(text), reading, stop: async () => reader?.cancel() };
};

const sequences = (heard: readonly Heard[]): readonly unknown[] => heard.map(({ data }) => data['sequence']);

describe('the stream', () => {
  it('tells what happens as it happens, and goes on where a client was', async () => {
    const story = storyOf(4);
    const client = await follow(`orderId=${orderNamed(1)}`);
    await hear(story.slice(0, 9));
    await eventually(() => expect(sequences(client.heard())).toEqual([1, 2, 3]), PATIENCE);
    const last = client.heard().at(-1)?.id ?? '';
    await client.stop();
    await hear(story.slice(9));
    const again = await follow(`orderId=${orderNamed(1)}`, { headers: { 'last-event-id': last } });
    await eventually(() => expect(sequences(again.heard())).toEqual([4, 5]), PATIENCE);
    expect(again.heard()[0]).toMatchObject({
      event: 'StockIssued',
      data: { specversion: '1.0', orderid: orderNamed(1), channel: 'market' },
    });
    await again.stop();
  });

  it('tells what is there and ends, by type and channel', async () => {
    await hear(storyOf(4));
    const heard = await all('lastEventId=0&type=OrderPlaced&type=OrderCompleted&channel=web');
    expect(heard.map(({ event, data }) => [event, data['orderid']])).toEqual([
      ['OrderPlaced', orderNamed(0)],
      ['OrderCompleted', orderNamed(0)],
      ['OrderPlaced', orderNamed(2)],
      ['OrderCompleted', orderNamed(2)],
      ['end', undefined],
    ]);
    expect(heard.at(-1)?.data).toEqual({ reason: 'complete', lastEventId: '24' });
  });

  it('shows to a client of a channel the orders that were sold there, and nothing that belongs to no order', async () => {
    await hear(storyOf(4));
    const by = await issuer.token({ scope: 'events:read', channels: ['market'] });
    const heard = (await all('lastEventId=0', { by })).slice(0, -1);
    expect(heard).toHaveLength(10);
    expect(new Set(heard.map(({ data }) => data['channel']))).toEqual(new Set(['market']));
    expect((await ask('lastEventId=0&channel=web', { by })).status).toBe(404);
  });

  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['an id that no event has', 'lastEventId=7', {}],
    ['an id of something else', 'follow=false', { 'last-event-id': 'abc' }],
    ['who would wait for an end', 'follow=false', { accept: 'application/json' }],
  ])('refuses %s, and names the field', async (_, query, headers) => {
    const response = await ask(query, { headers });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: expect.stringMatching(/^(LAST_EVENT_ID|ACCEPT)_INVALID$/) });
  });

  it('ends when the token of whoever follows is good no longer', async () => {
    const client = await eventually(
      async () => follow('', { by: await issuer.token({ scope: 'events:read' }, { expiresIn: 3 }) }),
      PATIENCE,
    );
    await client.reading;
    expect(client.heard()).toEqual([{ event: 'end', data: { reason: 'expired', lastEventId: '0' } }]);
  });

  it('turns away who is too many, and has room when somebody has gone', async () => {
    const clients = [await follow(''), await follow('')];
    expect((await ask('')).status).toBe(503);
    await clients[0]?.stop();
    await eventually(async () => expect((await all('lastEventId=0')).map(({ event }) => event)).toEqual(['end']), PATIENCE);
    await clients[1]?.stop();
  });

  it('lets a client go that takes nothing, and nobody else waits for it', async () => {
    const large = Array.from({ length: 60 }, (_, n) => ({
      ...factOf({ n: n + 1, type: 'ItemChanged' }),
      data: { text: 'x'.repeat(250_000) },
    }));
    await hear(large);
    const { hostname, port } = new URL(running.url);
    const slow = connect({ host: hostname, port: Number(port) });
    sockets.push(slow);
    let isClosed = false;
    slow.once('close', () => (isClosed = true));
    slow.write(
      `GET /stream?lastEventId=0 HTTP/1.1\r\nhost: ${hostname}\r\naccept: text/event-stream\r\nconnection: close\r\nauthorization: Bearer ${token}\r\n\r\n`,
    );
    slow.on('error', () => undefined);
    expect((await all('lastEventId=50')).map(({ id }) => id).slice(0, -1)).toEqual([
      '51',
      '52',
      '53',
      '54',
      '55',
      '56',
      '57',
      '58',
      '59',
      '60',
    ]);
    await nobodyFollows();
    slow.on('data', () => undefined);
    await eventually(() => expect(isClosed).toBe(true), PATIENCE);
  });

  it('ends with a word when the process stops', async () => {
    const client = await follow('');
    await running.close();
    await client.reading;
    expect(client.heard()).toEqual([{ event: 'end', data: { reason: 'stopping', lastEventId: '0' } }]);
  });
});
