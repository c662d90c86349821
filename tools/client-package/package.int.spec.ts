import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Topics, type Envelope } from '@cartage/contracts';
import { services } from '@cartage/embedded/services';
import { ensureTopics, kafkaClient, recordOf } from '@cartage/messaging';
import { startAll, type Running } from '@cartage/service-kit';
import { describeWith, eventually, kafka, testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import pino from 'pino';
import { installed, type Example, type Project } from './installed.fixture';
import { writePackage } from './package';

jest.setTimeout(180_000);
const PATIENCE = { withinMs: 60_000 };

const folders = [mkdtempSync(join(tmpdir(), 'cartage-client-package-')), mkdtempSync(join(tmpdir(), 'cartage-client-project-'))] as const;
let database: TestDatabase;
let running: Running;
let project: Project;

beforeAll(async () => {
  database = await testDatabase();
  const environment = { DATABASE_URL: database.url, MASTER_KEY: Buffer.alloc(32, 5).toString('base64'), PORT: '0', LOG_LEVEL: 'silent' };
  running = await startAll(services, { environment });
  writePackage((await (await fetch(`${running.url}/docs-json`)).json()) as object, folders[0]);
  project = await installed(folders[0], folders[1]);
}, 240_000);

afterAll(async () => {
  await running?.close();
  await database.drop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const misused = `
import { contracts, follow, Topics, type EventNamed } from '@cartage/client';
import { cartage } from '@cartage/client/commands';
// @ts-expect-error Cartage has no such path.
await cartage({ url: 'x' }).GET('/nowhere');
// @ts-expect-error An order has lines.
await cartage({ url: 'x' }).POST('/orders', { params: { header: { 'Idempotency-Key': 'x' } }, body: { currency: 'GBP' } });
// @ts-expect-error Nothing of that name is published.
export type None = EventNamed<'OrderEaten'>;
// @ts-expect-error The event has no such field.
export const field = (event: EventNamed<'OrderPlaced'>): unknown => event.data.eatenAt;
export const known = [follow, Topics.order, contracts.length];
`;

const required = `
import client = require('@cartage/client');
import kafka = require('@cartage/client/kafka');
import commands = require('@cartage/client/commands');
console.log(typeof client.follow, typeof kafka.subscribe, typeof commands.cartage);
`;

describe('the package of the client, installed in an empty folder', () => {
  it('brings its types, its README and its licence, and its examples compile as strictly as can be', async () => {
    expect(project.files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'NOTICE', 'package.json', 'api.d.ts']));
    expect(project.files.filter((file) => /spec|fixture|contract\.ts/.test(file))).toEqual([]);
    expect(await project.compile({ 'misused.mts': misused, 'required.cts': required })).toBe('');
  });

  it('is there for modules of both kinds', async () => {
    const example = project.run('required.cjs', {});
    expect(await example.ended).toBe(0);
    expect(example.printed()).toBe('function function function\n');
  });

  it('places an order and follows it', async () => {
    const environment = { CARTAGE_URL: running.url };
    const placing = project.run('place-order.mjs', environment);
    expect([await placing.ended, placing.printed()]).toEqual([0, expect.stringMatching(/^[\da-f-]{36}\n$/)]);
    const orderId = placing.printed().trim();
    await eventually(async () => {
      const following = project.run('follow-orders.mjs', environment);
      expect(await following.ended).toBe(0);
      expect(following.printed()).toContain(`${orderId} 1 lines`);
    }, PATIENCE);
  });
});

const placed = JSON.parse(readFileSync('libs/contracts/golden/OrderPlaced.v1.json', 'utf8')) as object;
const orderNamed = (n: number): string => `0199a3c4-7b1e-7c3d-9f2a-10000000000${n}`;
const eventOf = (order: number, sequence: number): Envelope => ({
  ...{ id: `${order}-${sequence}`, type: sequence === 1 ? 'OrderPlaced' : 'OrderConfirmed', version: 1, topic: Topics.order, sequence },
  ...{ source: '/cartage/order', subject: orderNamed(order), key: orderNamed(order), correlationId: 'c', replay: false },
  time: '2026-11-28T09:00:00.000Z',
  data: { ...placed, orderId: orderNamed(order) },
});

describeWith(kafka, 'the consumer of the client on Kafka, with its inbox in Postgres', (server) => {
  const examples: Example[] = [];
  let pool: Pool;
  const client = () => kafkaClient({ brokers: server().brokers, clientId: 'suite', log: pino({ level: 'silent' }) });
  const send = async (...events: readonly Envelope[]): Promise<void> => {
    const producer = client().producer();
    await producer.connect();
    await producer.send({ topic: Topics.order, messages: events.map((event) => ({ key: event.key, ...recordOf(event) })) });
    await producer.disconnect();
  };
  const start = (): Example => {
    const example = project.run('keep-count.mjs', { KAFKA_BROKERS: server().brokers.join(','), DATABASE_URL: database.url });
    examples.push(example);
    return example;
  };
  const counted = async (): Promise<readonly unknown[]> =>
    (await pool.query('select subject, sequence::int from cartage_inbox order by subject')).rows.map((row: object) => Object.values(row));

  beforeAll(async () => {
    pool = new Pool({ connectionString: database.url });
    await ensureTopics(client(), [Topics.order]);
  }, 60_000);
  afterAll(async () => {
    for (const example of examples) example.stop();
    await pool.end();
  });

  it('takes each event once over a restart, whatever comes again, and stops with the numbers of what is missing', async () => {
    await send(eventOf(1, 1), eventOf(1, 1), eventOf(2, 1), eventOf(1, 2), eventOf(1, 1));
    const first = start();
    await eventually(
      async () =>
        expect(await counted()).toEqual([
          [orderNamed(1), 2],
          [orderNamed(2), 1],
        ]),
      PATIENCE,
    );
    first.stop();
    expect(await first.ended).toBe(0);
    await send(eventOf(1, 1), eventOf(1, 2), eventOf(2, 2), eventOf(1, 5));
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.printed()).toContain(`order.events, ${orderNamed(1)}: events 3 to 4 are missing; 5 came.`);
    expect((await counted())[0]).toEqual([orderNamed(1), 2]);
    expect((await pool.query('select count(*)::int as n from sold')).rows).toEqual([{ n: 2 }]);
  });
});
