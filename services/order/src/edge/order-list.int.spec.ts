import { eventually } from '@cartage/testkit';
import { statementOf, type OrderFilter } from '../app/order-list';
import { body, startOrders, type OrderSystem } from './order-system.fixture';

let system: OrderSystem;
let position: string;

interface Sold {
  readonly externalOrderId: string;
  readonly channel: string;
  readonly customer: string;
  readonly placedAt: string;
  readonly skus: readonly string[];
  readonly engraved: boolean;
}

const pick = <Value>(values: readonly [Value, ...Value[]], n: number): Value => values[n % values.length] ?? values[0];
/** Some at the very same instant, so that only the id tells pages apart. */
const sold: readonly Sold[] = Array.from({ length: 40 }, (_, n) => ({
  externalOrderId: `X-${n}`,
  channel: pick(['web', 'pos', 'marketplace-x'], n),
  customer: pick(['c-1', 'c-2', 'c-3', 'c-4'], n),
  placedAt: `2026-11-${String(1 + (n % 10)).padStart(2, '0')}T10:00:00.000Z`,
  skus: ['MUG', 'MUG', pick(['LANTERN', 'GLOBE', 'SIGN'], n)],
  engraved: n % 8 === 0,
}));

beforeAll(async () => {
  system = await startOrders();
  const answers = await Promise.all(
    sold.map(({ externalOrderId, channel, customer, placedAt, skus, engraved }) =>
      system.api.put(`/channels/${channel}/orders/${externalOrderId}`, {
        ...body,
        placedAt,
        customer: { ...body.customer, id: customer },
        lines: skus.map((sku) => ({ sku, quantity: 1, unitPrice: 100, ...(engraved ? { attributes: { engraving: 'Z' } } : {}) })),
      }),
    ),
  );
  position = answers.map((answer) => String(answer.body['position'])).reduce((last, each) => (each > last ? each : last));
});
afterAll(() => system.stop());

interface Item {
  readonly orderId: string;
  readonly externalOrderId: string;
  readonly placedAt: string;
}

const pages = async (query: string, limit: number): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for (let cursor = ''; ;) {
    const { body: page } = await system.api.get(`/orders?${query}&limit=${limit}&minPosition=${position}${cursor}`);
    items.push(...(page['items'] as readonly Item[]));
    if (page['next'] === null) return items;
    cursor = `&cursor=${String(page['next'])}`;
  }
};

describe('the list of all channels’ orders', () => {
  it.each<[string, (order: Sold) => boolean]>([
    ['', () => true],
    ['special=true', ({ engraved }) => engraved],
    ['special=false&channel=web', ({ engraved, channel }) => !engraved && channel === 'web'],
    ['status=placed', () => true],
    ['status=shipped', () => false],
    ['channel=pos', ({ channel }) => channel === 'pos'],
    ['customer=c-2', ({ customer }) => customer === 'c-2'],
    ['sku=MUG', () => true],
    ['sku=GLOBE', ({ skus }) => skus.includes('GLOBE')],
    ['sku=GLOBE&channel=pos&status=placed', ({ skus, channel }) => skus.includes('GLOBE') && channel === 'pos'],
    ['externalOrderId=X-7', ({ externalOrderId }) => externalOrderId === 'X-7'],
    ['externalOrderId=X-7&channel=web', ({ externalOrderId, channel }) => externalOrderId === 'X-7' && channel === 'web'],
    ['externalOrderId=nobody', () => false],
    ['channel=web&customer=c-1', ({ channel, customer }) => channel === 'web' && customer === 'c-1'],
    [
      'placedFrom=2026-11-03T10:00:00Z&placedTo=2026-11-05T10:00:00Z',
      ({ placedAt }) => placedAt >= '2026-11-03T10:00:00.000Z' && placedAt < '2026-11-05T10:00:00.000Z',
    ],
    ['sku=SIGN&placedFrom=2026-11-06T00:00:00Z', ({ skus, placedAt }) => skus.includes('SIGN') && placedAt >= '2026-11-06'],
  ])('pages through [%s] newest first, each order once', async (query, wanted) => {
    const items = await pages(query, 7);
    expect(items.map(({ externalOrderId }) => externalOrderId).sort()).toEqual(
      sold
        .filter(wanted)
        .map(({ externalOrderId }) => externalOrderId)
        .sort(),
    );
    const order = items.map(({ placedAt, orderId }) => `${placedAt} ${orderId}`);
    expect(order).toEqual([...order].sort().reverse());
  });

  it('has the orders that are named, as far as the other filters let them, and says of which name there can be none', async () => {
    const [first, second, third] = await pages('channel=web', 7);
    const named = `orderId=${String(second?.orderId)}&orderId=${String(first?.orderId)}`;
    expect(await pages(named, 1)).toEqual([first, second]);
    expect(await pages(`${named}&channel=pos`, 7)).toEqual([]);
    expect(await pages(`${named}&externalOrderId=${String(first?.externalOrderId)}`, 7)).toEqual([first]);
    expect(await pages(`orderId=${String(second?.orderId)}&externalOrderId=${String(third?.externalOrderId)}`, 7)).toEqual([]);
    const refused = await system.api.get('/orders?orderId=X-7');
    expect([refused.status, refused.body['errors']]).toEqual([
      422,
      [expect.objectContaining({ field: expect.stringContaining('orderId'), message: 'must be the id of an order' })],
    ]);
  });

  it.each<[string, Partial<OrderFilter>]>([
    ['no filter', {}],
    ['status', { status: 'placed' }],
    ['channel', { channel: 'web' }],
    ['channel and status', { channel: 'web', status: 'placed' }],
    ['customer', { customerId: 'c-1' }],
    ['SKU', { sku: 'MUG' }],
    ['SKU, status and time', { sku: 'MUG', status: 'placed', placedFrom: '2026-11-01T00:00:00Z' }],
    ['time', { placedFrom: '2026-11-01T00:00:00Z', placedBefore: '2026-12-01T00:00:00Z' }],
  ])('walks an index in the list’s own order, without sorting, by %s', async (_, filter) => {
    const after = { placedAt: '2026-11-20T00:00:00Z', orderId: '00000000-0000-4000-8000-000000000000' };
    const { text, values } = statementOf({ ...filter, after, limit: 51 });
    const client = await system.pool.connect();
    try {
      // Forty rows would always be scanned whole and sorted; thousands would not.
      await client.query(
        'set enable_seqscan = off; set enable_bitmapscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set enable_sort = off',
      );
      const { rows } = await client.query<Record<string, string>>(`explain ${text}`, [...values]);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toMatch(/Index.*Scan/);
      expect(plan).not.toMatch(/Sort|Seq Scan/);
    } finally {
      client.release(true);
    }
  });

  it('is counted for the metrics by status, and by what holds an order, types that nobody knows together', async () => {
    const metrics = async (): Promise<string> => (await fetch(`${system.api.url}/metrics`)).text();
    await eventually(async () => expect(await metrics()).toContain('cartage_orders{state="placed"} 40'));
    expect(await metrics()).toContain('cartage_orders{state="on-hold"} 0');
    const [held] = await pages('channel=web', 1);
    const hold = (type: string) =>
      system.api.call(
        'POST',
        `/orders/${String(held?.orderId)}/holds`,
        { type, reason: { code: 'looked-into' } },
        { 'idempotency-key': type },
      );
    expect([(await hold('operator')).status, (await hold('moon-phase')).status]).toEqual([200, 200]);
    await eventually(async () => {
      const text = await metrics();
      expect(text).toContain('cartage_orders{state="placed"} 39');
      expect(text).toContain('cartage_orders{state="on-hold"} 1');
      expect(text).toContain('cartage_order_holds{hold="operator"} 1');
      expect(text).toContain('cartage_order_holds{hold="other"} 1');
      expect(text).toMatch(/cartage_orders_oldest_seconds\{state="placed"\} [1-9]/);
      expect(text).not.toContain('moon-phase');
    });
  });

  it('is counted by status and by hold, each with the one that has waited longest, over all channels or one', async () => {
    const countsOf = async (query = ''): Promise<Record<string, unknown>> => (await system.api.get(`/orders/counts${query}`)).body;
    const held = { statuses: expect.arrayContaining([{ status: 'on-hold', orders: 1, oldest: expect.stringMatching(/^2026-11-/) }]) };
    await eventually(async () => expect(await countsOf()).toMatchObject(held));
    const counts = await countsOf();
    expect(counts).toMatchObject({ late: { orders: 0, oldest: null }, atRisk: { orders: 0, oldest: null } });
    expect(counts['statuses']).toContainEqual({ status: 'placed', orders: 39, oldest: '2026-11-01T10:00:00.000Z' });
    expect(counts['statuses']).toContainEqual({ status: 'shipped', orders: 0, oldest: null });
    expect(counts['holds']).toEqual(['moon-phase', 'operator'].map((type) => ({ type, orders: 1, oldest: expect.any(String) })));
    const ofPos = sold.filter(({ channel }) => channel === 'pos');
    expect((await countsOf('?channel=pos'))['statuses']).toContainEqual({
      status: 'placed',
      orders: ofPos.length,
      oldest: ofPos.map(({ placedAt }) => placedAt).sort()[0],
    });
    expect(await countsOf('?channel=nowhere')).toMatchObject({ holds: [], statuses: expect.not.arrayContaining([{ orders: 1 }]) });
  });

  it('refuses filters that it does not know', async () => {
    expect((await system.api.get('/orders?status=lost')).body).toMatchObject({ code: 'REQUEST_INVALID', errors: [{ field: 'status' }] });
    expect((await system.api.get('/orders?colour=red')).body).toMatchObject({ code: 'REQUEST_INVALID', errors: [{ field: 'colour' }] });
    expect((await system.api.get('/orders?placedFrom=2026-11-01')).body).toMatchObject({ errors: [{ field: 'placedFrom' }] });
  });
});
