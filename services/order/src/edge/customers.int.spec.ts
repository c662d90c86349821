import { eventually } from '@cartage/testkit';
import { Client } from 'pg';
import { body, startOrders, type OrderSystem } from './order-system.fixture';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let system: OrderSystem;
let api: OrderSystem['api'];

beforeAll(async () => {
  system = await startOrders();
  ({ api } = system);
});
afterAll(() => system.stop());

const place = async (channel: string, customer: Readonly<Record<string, unknown>>): Promise<string> => {
  const answer = await api.post({ ...body, channel, customer: { name: 'Ada Miller', ...customer } });
  expect(answer.status).toBe(201);
  return String(answer.body['orderId']);
};
const search = (asked: Readonly<Record<string, unknown>>) => api.call('POST', '/customers/search', asked);
const found = async (asked: Readonly<Record<string, unknown>>): Promise<readonly string[]> =>
  ((await search(asked)).body['orders'] as readonly { readonly orderId: string }[]).map(({ orderId }) => orderId).sort();

const query = async (sql: string): Promise<readonly Record<string, unknown>[]> => {
  const client = new Client({ connectionString: system.databaseUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

describe('a customer over all channels', () => {
  let account: string;
  let guest: string;

  beforeAll(async () => {
    account = await place('web', { id: 'c-7', email: 'ada@example.org', phone: '+44 20 7946 0000' });
    guest = await place('marketplace-x', { email: ' ADA@example.org' });
    await place('web', { id: 'c-8', email: 'bob@example.org' });
    await eventually(async () => expect(await query('select * from orders.customer_contact')).toHaveLength(4));
  });

  it('is found by e-mail, phone or id, with the orders of the same person as a guest', async () => {
    const both = [account, guest].sort();
    expect(await found({ email: 'Ada@Example.org' })).toEqual(both);
    expect(await found({ phone: '0044 2079460000' })).toEqual(both);
    expect(await found({ customerId: 'c-7' })).toEqual(both);
    expect(await found({ email: 'nobody@example.org' })).toEqual([]);
  });

  it('shows what they bought where, and what speaks for care', async () => {
    expect((await search({ customerId: 'c-7' })).body).toMatchObject({
      customerIds: ['c-7'],
      channels: expect.arrayContaining([{ channel: 'marketplace-x', orders: 1 }]),
      value: [{ currency: 'GBP', orders: 2, amount: 2856, cancelledAmount: 0 }],
      units: { ordered: 12, delivered: 0, returned: 0 },
      risk: { cancelled: 0, paymentDeclined: 0, returnedPercent: 0 },
      orderCount: 2,
    });
  });

  it('leaves nothing personal in the tables', async () => {
    const rows = JSON.stringify(await query('select * from orders.customer_contact'));
    expect(rows).not.toMatch(/ada|example\.org|7946/i);
  });

  it('refuses a search for nothing, and a number whose country nobody knows', async () => {
    expect(await search({})).toMatchObject({ status: 422, body: { code: 'SEARCH_EMPTY' } });
    expect(await search({ phone: '020 7946 0000' })).toMatchObject({ status: 422, body: { code: 'COUNTRY_REQUIRED' } });
    expect(await search({ phone: '020 7946 0000', country: 'GB' })).toMatchObject({ status: 200, body: { orderCount: 0 } });
  });

  it('is forgotten with the person', async () => {
    await query(`delete from vault.data_key where person = 'c-7'`);
    expect(await found({ email: 'ada@example.org' })).toEqual([guest]);
    expect(await query(`select * from orders.customer_contact where order_id = '${account}'`)).toEqual([]);
  });
});
