import { services } from '@cartage/embedded/services';
import { startAll, type Running } from '@cartage/service-kit';
import { eventually, testDatabase, type TestDatabase } from '@cartage/testkit';
import { commands } from './commands';
import { run } from './run';

jest.setTimeout(120_000);
const PATIENCE = { withinMs: 60_000 };

let database: TestDatabase;
let running: Running;
let said: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  const environment = { DATABASE_URL: database.url, MASTER_KEY: Buffer.alloc(32, 5).toString('base64'), PORT: '0', LOG_LEVEL: 'silent' };
  running = await startAll(services, { environment });
});
afterAll(async () => {
  await running?.close();
  await database.drop();
});

const cartage = async (...args: readonly string[]): Promise<string> => {
  said = [];
  const { text, code } = await run([...args, '--url', running.url], commands, {
    say: (line) => void said.push(line),
    note: () => undefined,
  });
  expect(code).toBe(0);
  return text;
};

const send = async (method: string, path: string, body: object): Promise<Readonly<Record<string, unknown>>> => {
  const headers = { 'content-type': 'application/json', 'idempotency-key': `cli${path.replaceAll('/', '-')}` };
  const response = await fetch(`${running.url}${path}`, { method, headers, body: JSON.stringify(body) });
  const answer = (await response.json()) as Readonly<Record<string, unknown>>;
  expect([response.ok, answer]).toEqual([true, answer]);
  return answer;
};

const warehouse = {
  name: 'London',
  kind: 'warehouse',
  country: 'GB',
  postalCode: 'E16 2AB',
  latitude: 51.5,
  longitude: 0.03,
  active: true,
};
const order = {
  customer: { id: 'customer-1', name: 'Ada Lovelace', email: 'ada@example.com' },
  shipTo: { lines: ['12 High Street'], city: 'London', postalCode: 'SW1Y 4JH', country: 'GB' },
  currency: 'GBP',
  lines: [{ sku: 'MUG', quantity: 2, unitPrice: 1250 }],
  payment: { method: 'card', token: 'tok_visa' },
};

describe('cartage, on a running Cartage', () => {
  it('shows an order, its units and its cents: what happened, what led to it, and what became another', async () => {
    await send('PUT', '/inventory/locations/LDN', warehouse);
    await send('POST', '/inventory/receipts', { location: 'LDN', reference: 'PO-1', lines: [{ sku: 'MUG', quantity: 10 }] });
    const orderId = String((await send('POST', '/orders', order))['orderId']);
    await eventually(async () => expect(await cartage('explain', 'order', orderId)).toContain('is in-fulfillment.'), PATIENCE);
    expect(await cartage('explain', 'order', orderId)).toMatch(/reserved +2 of line 1: \w/);

    const trace = await cartage('trace', orderId);
    expect(trace).toMatch(/^\S+ {2}order +OrderPlaced {2}\(/m);
    expect(trace).toMatch(/ {2}inventory +StockReserved/);

    expect(await cartage('explain', 'unit', 'MUG', '--location', 'LDN')).toMatch(/10/);
    expect(await cartage('explain', 'cent', orderId)).toMatch(/PaymentAuthorized +2500/);

    expect(await cartage('diff', 'order', orderId, '--from', '1')).toContain('"in-fulfillment"');
    expect(await cartage('diff', 'payment', orderId, '--from', '1')).toMatch(/^Version 1 to /);
    const before = new Date(Date.now() - 3_600_000).toISOString();
    expect(await cartage('diff', 'stock', 'MUG', '--from', before)).toContain('onHand: 0 -> 10');
    expect(JSON.parse(await cartage('diff', 'stock', 'MUG', '--from', before, '--json'))).toMatchObject({ to: { onHand: 10 } });

    await eventually(
      async () => expect(await cartage('verify', 'money', 'stock', 'views')).toMatch(/^views: holds, of \d+ views\.$/m),
      PATIENCE,
    );
    expect(await cartage('rebuild', 'order_summary', '--compare')).toBe(
      'order order_summary is made anew, and is row for row what it was.',
    );
    expect(await cartage('rebuild', 'list', '--service', 'order')).toMatch(/order +order_summary +\w+ +\S+ +\S+ +yes/);
    expect(await cartage('deadlines', '--service', 'inventory', '--stream', 'forecasts')).toMatch(/inventory .* forecasts /);

    await eventually(async () => {
      await cartage('tail', '--order', orderId, '--from', '0', '--until-now');
      expect(said.join('\n')).toMatch(new RegExp(`OrderPlaced +${orderId} 1 +web`));
      expect(said.join('\n')).toMatch(new RegExp(`StockAllocated +${orderId} \\d+ +web`));
    }, PATIENCE);
  });
});
