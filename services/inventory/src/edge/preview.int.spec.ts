import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAll, type Running } from '@cartage/service-kit';
import { contentsOf, testDatabase, type TestDatabase } from '@cartage/testkit';
import { inventoryService } from '../inventory.module';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let database: TestDatabase;
let running: Running;

const ask = async (method: string, path: string, sent: unknown, key?: string) => {
  const headers = { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) };
  const answer = await fetch(`${running.url}${path}`, { method, headers, body: JSON.stringify(sent) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

const place = { name: 'London', kind: 'warehouse', country: 'GB', latitude: 51.5, longitude: -0.1, active: true };
const receipt = { location: 'LDN', lines: [{ sku: 'MUG', quantity: 7 }] };

beforeAll(async () => {
  database = await testDatabase();
  const keyFile = join(await mkdtemp(join(tmpdir(), 'cartage-preview-')), 'master.key');
  // Follows nothing, so that whatever is written is written by a request.
  const environment = { DATABASE_URL: database.url, MASTER_KEY_FILE: keyFile, PORT: '0', LOG_LEVEL: 'silent', ROLE: 'api' };
  running = await startAll([inventoryService], { environment });
  await ask('PUT', '/inventory/locations/LDN', place);
});
afterAll(async () => {
  await running.close();
  await database.drop();
});

/** Asks for a preview, and makes sure that every table is as it was. */
const previewOf = async (method: string, path: string, sent: unknown, key?: string) => {
  const before = await contentsOf(database.url);
  const answer = await ask(method, `${path}?preview=true`, sent, key);
  expect(await contentsOf(database.url)).toEqual(before);
  return answer;
};

describe('a preview of the ledger', () => {
  it('tells what a receipt would book, down to the levels after it, and then the receipt books that', async () => {
    const preview = await previewOf('POST', '/inventory/receipts', receipt);
    expect(preview).toMatchObject({
      status: 200,
      body: {
        events: [{ type: 'StockReceived', subject: 'stock/LDN/MUG', data: { quantity: 7, levels: [{ onHand: 7 }] } }],
        effect: { stock: [{ kind: 'on-hand', sku: 'MUG', location: 'LDN', quantity: 7 }] },
      },
    });
    expect(await ask('POST', '/inventory/receipts', receipt, 'receipt-1')).toMatchObject({ status: 201 });
    expect(await previewOf('POST', '/inventory/receipts', receipt, 'receipt-1')).toMatchObject({
      body: { repeated: true, events: [] },
    });
  });

  it('is refused by what the rows say, too', async () => {
    const loss = { location: 'LDN', sku: 'MUG', quantity: -70, cause: 'loss' };
    const refused = await ask('POST', '/inventory/adjustments', loss, 'loss-1');
    expect(refused.status).toBe(409);
    expect(await previewOf('POST', '/inventory/adjustments', loss)).toMatchObject({
      status: 409,
      body: { code: refused.body['code'] },
    });
  });

  it('of a location that closes changes neither its row nor what can be promised', async () => {
    const closed = await previewOf('PUT', '/inventory/locations/LDN', { ...place, active: false });
    expect(closed).toMatchObject({ status: 200, body: { events: [{ type: 'LocationChanged', data: { active: false } }] } });
    expect(await previewOf('PUT', '/inventory/items/MUG/safety-stock/LDN', { safetyStock: 2 })).toMatchObject({
      body: { effect: { stock: [{ kind: 'safety-stock', quantity: 2 }] } },
    });
  });
});
