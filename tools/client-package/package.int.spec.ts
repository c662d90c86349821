import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { services } from '@cartage/embedded/services';
import { startAll, type Running } from '@cartage/service-kit';
import { describeWith, eventually, freshKafka, testDatabase, type TestDatabase } from '@cartage/testkit';
import { proveNoGaps } from '../subscribers/gap-test';
import { installed, type Project } from './installed.fixture';
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

describeWith(freshKafka, 'the consumer of the client on Kafka, with its inbox in Postgres', (server) => {
  it('takes each event once over a restart, whatever comes again, and stops with the numbers of what is missing', () => {
    const environment = { KAFKA_BROKERS: server().brokers.join(','), DATABASE_URL: database.url };
    return proveNoGaps({
      brokers: server().brokers,
      databaseUrl: database.url,
      start: () => project.run('keep-count.mjs', environment),
    });
  });
});
