import { randomUUID } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Topics } from '@cartage/contracts';
import { usualServices } from '@cartage/embedded/composed';
import { newId, startAll, type LogReport, type Running } from '@cartage/service-kit';
import { describeWith, eventually, freshKafka, testDatabase, type TestDatabase } from '@cartage/testkit';
import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { archivesOf } from '../archive/archives';
import { backupsOf } from './backups';
import { run } from './command';

jest.setTimeout(180_000);

type Json = Readonly<Record<string, unknown>>;

const folder = join(tmpdir(), `cartage-backup-${randomUUID()}`);
const archive = `${folder}-archive`;
const settings = { LOG_ARCHIVE: archive, MASTER_KEY: Buffer.alloc(32, 6).toString('base64'), PORT: '0', LOG_LEVEL: 'silent' };

let before: TestDatabase;
let after: TestDatabase;
let running: Running;
const started: Running[] = [];

const startOn = async (database: TestDatabase): Promise<Running> => {
  const services = await startAll(usualServices, { environment: { ...settings, DATABASE_URL: database.url } });
  started.push(services);
  return services;
};

beforeAll(async () => {
  [before, after] = [await testDatabase(), await testDatabase()];
  running = await startOn(before);
}, 120_000);
afterAll(async () => {
  for (const each of started) await each.close();
  await Promise.all([before.drop(), after.drop()]);
  for (const each of [folder, archive]) await rm(each, { recursive: true, force: true });
}, 60_000);

const send = async (method: string, path: string, body?: object): Promise<Json> => {
  const response = await fetch(`${running.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'idempotency-key': newId() },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = (await response.json()) as Json;
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
};

const order = (sku: string) => ({
  customer: { id: `customer-${sku}`, name: 'Ada Lovelace', email: 'ada@example.com' },
  shipTo: { lines: ['12 High Street'], city: 'London', postalCode: 'SW1Y 4JH', country: 'GB' },
  currency: 'GBP',
  lines: [{ sku, quantity: 1, unitPrice: 1_250 }],
  payment: { method: 'card', token: 'tok_visa' },
});

const allocated = (orderId: string): Promise<Json> =>
  eventually(async () => {
    const found = await send('GET', `/orders/${orderId}`);
    expect(found).toMatchObject({ payments: [{ outcome: 'authorized' }], fulfillments: [expect.anything()] });
    return found;
  });

const rowsOf = async (url: string, sql: string): Promise<readonly Json[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Json>(sql);
  await client.end();
  return rows;
};

/** How many events of this log are signed for. */
const signedFor = (reports: readonly LogReport[], log: string): number => reports.find((report) => report.log === log)?.events ?? 0;

const backups = (database: TestDatabase) => backupsOf(usualServices, { ...settings, DATABASE_URL: database.url });

describe('a backup of all services', () => {
  let kept: Json;
  let orderId: string;
  let ended: string;

  it('is taken while they work, and is whole', async () => {
    await send('PUT', '/inventory/locations/LDN', {
      name: 'London',
      kind: 'warehouse',
      country: 'GB',
      latitude: 51.5,
      longitude: -0.14,
      active: true,
    });
    await send('POST', '/inventory/receipts', { location: 'LDN', lines: [{ sku: 'KEPT', quantity: 5 }] });
    orderId = String((await send('POST', '/orders', order('KEPT')))['orderId']);
    kept = await allocated(orderId);
    ended = String((await send('POST', '/orders', order('NEVER')))['orderId']);
    await send('POST', `/orders/${ended}/cancellations`, { reason: { code: 'customer-request', detail: 'Not needed any more.' } });
    await eventually(async () => expect(await send('GET', `/orders/${ended}`)).toMatchObject({ status: 'cancelled' }));
    // As it stands where there is Kafka: all that was recorded has been published.
    await rowsOf(
      before.url,
      "insert into orders.checkpoint (name, position) select 'publisher.order.events', lpad(max(position)::text, 16, '0') from orders.events",
    );
    // Only what is signed for can be shown to have come back: once a minute, and a moment after a start.
    await running.close();
    running = await startOn(before);
    await eventually(async () => expect(signedFor(await backups(before).verify(), 'orders')).toBeGreaterThan(0), { withinMs: 60_000 });
    const others = Array.from({ length: 20 }, () => send('POST', '/orders', order('KEPT')));
    expect(await run(['take', folder], backups(before))).toMatchObject({ code: 0 });
    await Promise.all(others);
    expect(await run(['check', folder], backups(before))).toMatchObject({ code: 0, text: expect.stringContaining('is whole') });
  });

  it('comes back whole into an empty database, whose logs, views and stock hold, and goes on there', async () => {
    const { text, code } = await run(['restore', folder, '--send-again-hours', '24'], backups(after));
    expect(text).toContain('The log of orders holds');
    expect(code).toBe(0);
    // All of it was recorded within the day that is sent again.
    expect(await rowsOf(after.url, "select position from orders.checkpoint where name = 'publisher.order.events'")).toEqual([
      { position: '' },
    ]);
    running = await startOn(after);
    expect(await send('GET', `/orders/${orderId}`)).toEqual(kept);
    // What was under way at that instant goes on, whatever it was, and the books agree.
    await eventually(async () => expect(await send('GET', '/inventory/verify')).toMatchObject({ drifts: [] }));
    expect(await send('GET', `/payments/${orderId}`)).toMatchObject({ money: { discrepancies: [] } });
    expect(await send('GET', `/orders/${orderId}/personal`)).toMatchObject({ name: 'Ada Lovelace' });
    // Positions are those of the log: who reads its own writes does not wait for ever.
    const later = String((await send('POST', '/orders', order('KEPT')))['orderId']);
    await eventually(async () => expect(await send('GET', `/orders/${later}`)).toMatchObject({ payments: [{ outcome: 'authorized' }] }));
    const twice = await rowsOf(after.url, 'select id from orders.events group by id having count(*) > 1');
    expect(twice).toEqual([]);
    expect(await backups(after).verify()).toEqual(expect.arrayContaining([expect.objectContaining({ log: 'orders', breaks: [] })]));
  });

  it('lets go of what is over, which is read from files: by who asks, by who goes on with it, and by who proves it', async () => {
    const archives = archivesOf(usualServices, { ...settings, DATABASE_URL: after.url });
    const isThere = async (sql: string) =>
      expect(await rowsOf(after.url, `select 1 from orders.${sql} where stream = 'order-${ended}'`)).not.toEqual([]);
    // What is new is signed for by whoever works, a moment after the start.
    await eventually(async () => {
      await archives.run(undefined, { days: 0 });
      await isThere('archived_stream');
      expect(await rowsOf(after.url, `select 1 from inventory.archived_stream where stream = 'stock-LDN/KEPT'`)).not.toEqual([]);
    });
    expect(await rowsOf(after.url, `select 1 from orders.events where stream = 'order-${ended}'`)).toEqual([]);
    await running.close();
    running = await startOn(after);
    expect(await send('GET', `/orders/${ended}`)).toMatchObject({ orderId: ended, status: 'cancelled' });
    expect(await send('GET', `/orders/${ended}/personal`)).toMatchObject({ name: 'Ada Lovelace' });
    expect(await archives.check(undefined)).toEqual(
      expect.arrayContaining(['orders', 'inventory'].map((log) => expect.objectContaining({ log }))),
    );
    expect(await backups(after).verify()).toEqual(
      expect.arrayContaining(['orders', 'inventory'].map((log) => expect.objectContaining({ log, breaks: [] }))),
    );
    await eventually(async () => expect(await send('GET', '/inventory/verify')).toMatchObject({ drifts: [] }));
    const { movements } = await send('GET', '/inventory/items/KEPT/explanation');
    expect(movements).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'StockReceived', onHand: 5 })]));
    const files = readdirSync(join(archive, 'orders')).filter((name) => name.endsWith('.gz'));
    const text = files.map((name) => gunzipSync(readFileSync(join(archive, 'orders', name))).toString()).join();
    expect([text.includes(`order-${ended}`), /Lovelace|ada@example/.test(text)]).toEqual([true, false]);
    await send('POST', '/customers/erasures', { customerId: 'customer-NEVER', reason: 'asked for' });
    await eventually(async () => await expect(send('GET', `/orders/${ended}/personal`)).rejects.toThrow('PERSONAL_ERASED'));
  });

  it('is refused where there is something already, and where a file is not as it was written', async () => {
    await expect(run(['restore', folder], backups(before))).rejects.toThrow('There is something in');
    appendFileSync(join(folder, 'orders.events.rows.gz'), 'x');
    expect(await run(['check', folder], backups(before))).toMatchObject({
      code: 1,
      text: expect.stringContaining('orders.events.rows.gz'),
    });
    const empty = await testDatabase();
    await expect(run(['restore', folder], backups(empty))).rejects.toThrow('orders.events.rows.gz');
    await empty.drop();
  });
});

describeWith(freshKafka, 'a log that was restored to an older moment than its topic', (server) => {
  it('is told apart from one that has all that its topic has, by record and by since when', async () => {
    const kafka = new Kafka({ brokers: [...server().brokers], clientId: 'spec', logLevel: logLevel.NOTHING });
    const sent = async (ids: readonly string[], time: string): Promise<void> => {
      const producer = kafka.producer();
      await producer.connect();
      await producer.send({
        topic: Topics.order,
        messages: ids.map((id) => ({ key: id, value: '{}', headers: { ce_id: id, ce_time: time } })),
      });
      await producer.disconnect();
    };
    const asked = () =>
      run(['topics'], backupsOf(usualServices, { ...settings, DATABASE_URL: after.url, KAFKA_BROKERS: server().brokers.join() }));
    expect(await asked()).toMatchObject({ text: expect.stringContaining('This Kafka has no topic'), code: 0 });
    const known = await rowsOf(
      after.url,
      'select id::text as id from orders.events union select unnest(ids)::text from orders.archived_stream',
    );
    await sent(
      known.map(({ id }) => String(id)),
      '2026-11-28T09:00:00.000Z',
    );
    expect(await asked()).toEqual({
      text: `order.events: ${known.length} records were looked at, and the log of orders has all of them.`,
      code: 0,
    });
    await sent([newId(), newId()], '2026-11-28T10:00:00.000Z');
    expect(await asked()).toMatchObject({
      text: expect.stringMatching(
        new RegExp(
          `^order.events: of ${known.length + 2} records that were looked at the log of orders lacks 2( or more \\(--last\\))?, since 2026-11-28T10:00`,
        ),
      ),
      code: 1,
    });
  });
});
