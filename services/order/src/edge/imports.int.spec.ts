import { request } from 'node:http';
import { Topics } from '@cartage/contracts';
import { eventually } from '@cartage/testkit';
import { neighbour } from './neighbour.fixture';
import { body, startOrders, type OrderSystem } from './order-system.fixture';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let system: OrderSystem;

beforeAll(async () => {
  system = await startOrders(neighbour('inventory', Topics.inventory));
});
afterAll(() => system.stop());

const old = (n: number, more: object = {}) => ({
  ...body,
  channel: 'old-shop',
  externalOrderId: `OLD-${n}`,
  placedAt: '2020-05-01T10:00:00Z',
  endedAt: '2020-05-04T10:00:00Z',
  payment: { method: 'card' },
  ...more,
});
const send = async (key: string, type: string, file: string) => {
  const headers = { 'content-type': type, 'idempotency-key': key };
  const answer = await fetch(`${system.api.url}/imports`, { method: 'POST', headers, body: file });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const ndjson = (...lines: readonly unknown[]) => lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
const rejectionsOf = async (importId: unknown) => (await system.api.get(`/imports/${String(importId)}/rejections`)).body['items'];

describe('an import of historical orders', () => {
  it('takes what is right, lists what is wrong by line and field, and begins nothing', async () => {
    const file = ndjson(
      old(1),
      '{"broken',
      old(2, { outcome: 'cancelled' }),
      old(3, { lines: [{ sku: 'MUG', quantity: 0, unitPrice: 1 }] }),
    );
    const { status, body: state } = await send('i-1', 'application/x-ndjson', file);
    expect([status, state]).toMatchObject([200, { status: 'done', records: 4, imported: 2, rejected: 2, unchanged: 0, lastLine: 4 }]);
    expect(await rejectionsOf(state['importId'])).toMatchObject([
      { line: 2, externalOrderId: null, code: 'JSON_INVALID' },
      { line: 4, externalOrderId: 'OLD-3', field: 'lines[0].quantity' },
    ]);
    const shown = await system.api.get('/channels/old-shop/orders/OLD-1');
    expect(shown.body).toMatchObject({
      status: 'completed',
      endedAt: '2020-05-04T10:00:00.000Z',
      imported: { importId: state['importId'] },
    });
    expect((await system.api.get('/channels/old-shop/orders/OLD-2')).body).toMatchObject({
      status: 'cancelled',
      lines: [{ status: 'cancelled' }, {}, {}],
    });
    const { rows } = await system.pool.query<{ type: string }>('select distinct type from events');
    expect(rows).toEqual([{ type: 'OrderImported' }]);
  });

  it('is known to lists and customers, and takes no cancellation', async () => {
    await eventually(async () => {
      const listed = (await system.api.get('/orders?channel=old-shop')).body['items'] as readonly Record<string, unknown>[];
      expect(listed.map(({ status }) => status).sort()).toEqual(['cancelled', 'completed']);
      expect((await system.api.call('POST', '/customers/search', { email: 'ada@example.org' })).body).toMatchObject({ orderCount: 2 });
    });
    const { orderId } = (await system.api.get('/channels/old-shop/orders/OLD-1')).body;
    const cancel = await system.api.call(
      'POST',
      `/orders/${String(orderId)}/cancellations`,
      { reason: { code: 'late' } },
      { 'idempotency-key': 'c' },
    );
    expect(cancel.status).toBeGreaterThanOrEqual(400);
  });

  it('changes nothing when it comes again: under its key it answers as before, under another it finds all of it here', async () => {
    const file = ndjson(old(11), old(12));
    const first = await send('i-2', 'application/x-ndjson', file);
    expect(await send('i-2', 'application/x-ndjson', file)).toEqual(first);
    const again = await send('i-3', 'application/x-ndjson', ndjson(old(11), old(12, { instructions: 'other' })));
    expect(again.body).toMatchObject({ imported: 0, unchanged: 1, rejected: 1 });
    expect(await rejectionsOf(again.body['importId'])).toMatchObject([{ code: 'DIFFERS', field: 'instructions' }]);
  });

  it('goes on where it broke off', async () => {
    const lines = Array.from({ length: 250 }, (_, n) => `${JSON.stringify(old(1_000 + n))}\n`);
    const newest = async () => ((await system.api.get('/imports')).body['items'] as readonly Record<string, unknown>[])[0];
    const headers = { 'content-type': 'application/x-ndjson', 'idempotency-key': 'i-4' };
    const breaking = request(`${system.api.url}/imports`, { method: 'POST', headers });
    breaking.on('error', () => undefined);
    breaking.write(lines.slice(0, 150).join(''));
    await eventually(async () => expect(await newest()).toMatchObject({ status: 'running', lastLine: 100 }));
    breaking.destroy();
    const { importId } = await eventually(async () => {
      const broken = await newest();
      expect(broken).toMatchObject({ status: 'broken-off', records: 100, imported: 100 });
      return broken ?? {};
    });
    const { body: state } = await send('i-4', 'application/x-ndjson', lines.join(''));
    expect(state).toMatchObject({ importId, status: 'done', records: 250, imported: 250, lastLine: 250 });
  });

  it('reads CSV, lists in their cells as JSON', async () => {
    const cell = (value: unknown): string => `"${JSON.stringify(value).replaceAll('"', '""')}"`;
    const header = 'channel,externalOrderId,currency,placedAt,customer.name,shipTo.lines,shipTo.city,shipTo.country,lines,payment.method';
    const row = [
      'old-shop',
      'CSV-1',
      'GBP',
      '2020-05-01T10:00:00Z',
      'Ada',
      cell(['1 High Street']),
      'London',
      'GB',
      cell([{ sku: 'MUG', quantity: 1, unitPrice: 250 }]),
      'card',
    ];
    const { body: state } = await send('i-5', 'text/csv', `${header}\n${row.join(',')}\n`);
    expect([state, await rejectionsOf(state['importId'])]).toMatchObject([{ imported: 1, rejected: 0 }, []]);
  });

  it('is refused as anything but a file, and unknown ones are unknown', async () => {
    expect(await send('i-6', 'application/json', '{}')).toMatchObject({ status: 415 });
    expect(await system.api.get('/imports/0196f0a0-0000-7000-8000-000000000001')).toMatchObject({
      status: 404,
      body: { code: 'IMPORT_UNKNOWN' },
    });
  });
});
