import { limits, Topics, type PublicEvent } from '@cartage/contracts';
import { eventually } from '@cartage/testkit';
import { facts } from '../domain/facts.fixture';
import { neighbour } from './neighbour.fixture';
import { body, lines, startOrders, type OrderSystem } from './order-system.fixture';

const inventory = neighbour('inventory', Topics.inventory);
const payment = neighbour('payment', Topics.payment);
const shipping = neighbour('shipping', Topics.shipping);
const returns = neighbour('returns', Topics.returns);

let system: OrderSystem;
let api: OrderSystem['api'];
let pool: OrderSystem['pool'];

beforeAll(async () => {
  system = await startOrders(inventory, payment, shipping, returns);
  ({ api, pool } = system);
});
afterAll(() => system.stop());

describe('placing orders over HTTP', () => {
  it('answers 201 once and 200 after it, with the same body, also when the pair comes many times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => api.put('/channels/marketplace-x/orders/MX%2F1', body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(11).fill(200), 201]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({
      channel: 'marketplace-x',
      externalOrderId: 'MX/1',
      status: 'placed',
      placedAt: '2026-11-23T10:00:00.000Z',
      totals: { goods: 1428, total: 1428 },
      position: expect.any(String),
    });
    const byPost = await api.post({ ...body, channel: 'marketplace-x', externalOrderId: 'MX/1' });
    expect([byPost.status, byPost.body]).toEqual([200, answers[0]?.body]);
    const { rows } = await pool.query<{ n: string }>(`select count(*) as n from events where type = 'OrderPlaced'`);
    expect(rows).toEqual([{ n: '1' }]);
    expect((await api.get('/channels/marketplace-x/orders/MX%2F1')).body).toMatchObject({ orderId: answers[0]?.body['orderId'] });
  });

  it('refuses the same pair with another content and names what differs', async () => {
    await api.put('/channels/marketplace-x/orders/MX-2', body);
    const answer = await api.put('/channels/marketplace-x/orders/MX-2', {
      ...body,
      customer: { ...body.customer, name: 'Bob' },
      currency: 'EUR',
    });
    expect([answer.status, answer.body['code']]).toEqual([409, 'CHANNEL_ORDER_DIFFERS']);
    expect(answer.body['errors']).toMatchObject([{ field: 'currency' }, { field: 'customer.name' }]);
  });

  it('refuses what is wrong, names each field, and writes nothing', async () => {
    const before = await pool.query('select 1 from events');
    const shape = await api.post({ ...body, lines: [{ sku: 'MUG', quantity: 'two', unitPrice: 1 }], colour: 'red' });
    expect([shape.status, shape.body['code']]).toEqual([422, 'REQUEST_INVALID']);
    expect(shape.body['errors']).toEqual(
      expect.arrayContaining([expect.objectContaining({ field: 'lines[0].quantity' }), expect.objectContaining({ field: 'colour' })]),
    );
    const wrong = await api.post({ ...body, currency: 'ABC', total: 1, lines: [{ sku: 'MUG', quantity: 0, unitPrice: -1 }] });
    expect([wrong.status, wrong.body['code']]).toEqual([422, 'ORDER_INVALID']);
    expect(wrong.body['errors']).toMatchObject([
      { field: 'currency', code: 'CURRENCY_UNKNOWN' },
      { field: 'lines[0].quantity' },
      { field: 'lines[0].unitPrice' },
    ]);
    expect((await api.post({ ...body, total: 1 })).body).toMatchObject({ code: 'ORDER_TOTAL_MISMATCH', errors: [{ field: 'total' }] });
    expect((await api.call('POST', '/orders', body)).body).toMatchObject({ code: 'IDEMPOTENCY_KEY_REQUIRED' });
    expect((await pool.query('select 1 from events')).rowCount).toBe(before.rowCount);
  });

  it('keeps personal data sealed in log and views, and opens it for who may ask', async () => {
    const { orderId, position } = (await api.post({ ...body, raw: { buyer: 'Ada Miller', lines: null } })).body;
    expect((await api.get(`/orders/${orderId}/personal`)).body).toMatchObject({
      name: 'Ada Miller',
      email: 'ada@example.org',
      raw: { lines: null },
    });
    await api.get(`/orders?sku=MUG&minPosition=${position}`);
    for (const table of ['events', 'order_summary', 'order_line']) {
      const { rows } = await pool.query(`select t::text from ${table} t where t::text ~ 'Miller|High Street|1BB|ada@|tok_visa'`);
      expect(rows).toEqual([]);
    }
  });

  it('answers clearly for what is not there', async () => {
    const unknown = '00000000-0000-4000-8000-000000000000';
    for (const path of [`/orders/${unknown}`, `/orders/${unknown}/timeline`, `/orders/${unknown}/personal`, '/channels/web/orders/none']) {
      expect((await api.get(path)).body).toMatchObject({ status: 404, code: 'ORDER_UNKNOWN' });
    }
    expect((await api.get(`/orders/${unknown}?asOf=yesterday`)).body).toMatchObject({ status: 422, code: 'AS_OF_INVALID' });
    expect((await api.get('/orders?cursor=bm9wZQ')).body).toMatchObject({ status: 422, code: 'CURSOR_INVALID' });
  });
});

describe('what comes in', () => {
  it('is kept in one spelling, wherever it stands', async () => {
    const lines = [{ sku: ' P10-CAFE\u0301 ', quantity: 1, unitPrice: 1 }];
    const placed = await api.put('/channels/marketplace-x/orders/%231001%2F2%20A', { ...body, lines });
    expect([placed.status, placed.body['externalOrderId']]).toEqual([201, '#1001/2 A']);
    expect((await api.put('/channels/marketplace-x/orders/%231001%2F2%20A%20', { ...body, lines })).status).toBe(200);
    const order = (await api.get('/channels/marketplace-x/orders/%20%231001%2F2%20A')).body;
    expect(order).toMatchObject({ orderId: placed.body['orderId'], lines: [{ sku: 'P10-CAF\u00c9' }] });
    const list = (await api.get(`/orders?sku=${encodeURIComponent('P10-CAFE\u0301')}&minPosition=${String(placed.body['position'])}`)).body;
    expect(list['items']).toMatchObject([{ orderId: placed.body['orderId'] }]);
  });

  it.each<[string, object, string]>([
    ['half a character in a line id', { lines: [{ sku: 'MUG', lineId: '\ud800', quantity: 1, unitPrice: 1 }] }, 'lines[0].lineId'],
    ['a SKU too long for stock', { lines: [{ sku: 'x'.repeat(150), quantity: 1, unitPrice: 1 }] }, 'lines[0].sku'],
    ['a year mistyped', { placedAt: '2206-11-23T10:00:00Z' }, 'placedAt'],
    ['no payment', { payment: undefined }, 'payment'],
    ['no customer', { customer: null }, 'customer'],
    ['an address that is a list', { shipTo: [] }, 'shipTo'],
  ])('is refused by name: %s', async (_, more, field) => {
    const { status, body: problem } = await api.post({ ...body, ...more });
    expect([status, problem['errors']]).toMatchObject([422, [{ field }]]);
  });

  it('may be as large as can be counted, and is listed so', async () => {
    const { amount: most, quantity } = limits;
    const dear = await api.post({ ...body, lines: [{ sku: 'P05-X', quantity: 1, unitPrice: most }] });
    const many = await api.post({ ...body, lines: [{ sku: 'P05-X', quantity, unitPrice: 0 }] });
    expect([dear.status, many.status]).toEqual([201, 201]);
    const tooMany = Array.from({ length: 1_025 }, () => ({ sku: 'P05-X', quantity, unitPrice: 0 }));
    expect((await api.post({ ...body, lines: tooMany })).body).toMatchObject({ code: 'ORDER_INVALID', errors: [{ field: 'lines' }] });
    const { items } = (await api.get(`/orders?sku=P05-X&minPosition=${String(many.body['position'])}`)).body;
    expect(items).toEqual(
      expect.arrayContaining([expect.objectContaining({ total: most }), expect.objectContaining({ unitCount: quantity })]),
    );
  });

  it('may have attributes of names that programs use themselves', async () => {
    const attributes = JSON.parse('{"constructor":"a","__proto__":"b"}') as object;
    await api.put('/channels/pos/orders/C-1', { ...body, lines: [{ sku: 'constructor', quantity: 1, unitPrice: 1, attributes }] });
    const [line] = (await api.get('/channels/pos/orders/C-1')).body['lines'] as readonly { readonly attributes: object }[];
    expect(Object.entries(line?.attributes ?? {})).toEqual(Object.entries(attributes));
  });

  it('has its taxes in the price where the channel says so (P02)', async () => {
    const oil = { sku: 'P02-OIL', quantity: 12, unitPrice: 79_000, tax: 151_361 };
    const placed = await api.post({ ...body, currency: 'TND', taxIncluded: true, lines: [oil], total: 948_000 });
    expect([placed.status, placed.body['totals']]).toEqual([
      201,
      { goods: 948_000, discount: 0, shipping: 0, tax: 151_361, total: 948_000 },
    ]);
  });
});

describe('many orders of a channel at once', () => {
  it('are answered one by one, and are the same however often they are sent', async () => {
    const orders = [
      { ...body, externalOrderId: 'B-1' },
      { ...body, externalOrderId: 'B-2', currency: 'ABC' },
      { ...body, externalOrderId: 'B-3', lines: 'two mugs' },
      { ...body, externalOrderId: ' B-4 ' },
      7,
    ];
    const send = async () => (await api.call('POST', '/channels/pos/orders/batch', { orders })).body['items'] as readonly object[];
    const items = await send();
    expect(items).toMatchObject([
      { externalOrderId: 'B-1', status: 201, receipt: { channel: 'pos', externalOrderId: 'B-1' } },
      { externalOrderId: 'B-2', status: 422, problem: { code: 'ORDER_INVALID', errors: [{ field: 'currency' }] } },
      { externalOrderId: 'B-3', status: 422, problem: { code: 'REQUEST_INVALID', detail: 'lines: must be a list (and 1 more)' } },
      { externalOrderId: ' B-4 ', status: 201, receipt: { externalOrderId: 'B-4' } },
      { externalOrderId: null, status: 422, problem: { code: 'BODY_NOT_AN_OBJECT' } },
    ]);
    expect((await send())[0]).toEqual({ ...items[0], status: 200 });
    expect((await api.get('/channels/pos/orders/B-4')).status).toBe(200);
  });

  it('are looked at one by one for card data; a channel’s own number is none, however long', async () => {
    const orders = [
      { ...body, externalOrderId: '8144239687123459' },
      { ...body, externalOrderId: '3024123456789011', raw: { note: '4111 1111 1111 1111' } },
    ];
    const { body: answer } = await api.call('POST', '/channels/aliexpress/orders/batch', { orders });
    expect(answer['items']).toMatchObject([
      { status: 201 },
      { status: 422, problem: { code: 'CARD_DATA_REFUSED', errors: [{ field: 'raw.note' }] } },
    ]);
    const { body: gaps } = await api.call('POST', '/channels/aliexpress/gaps', { externalOrderIds: ['8144239687123459'] });
    expect(gaps).toMatchObject({ received: 1, missing: [] });
  });

  it('are a hundred at most', async () => {
    const orders = Array.from({ length: 101 }, () => ({}));
    const { status, body: problem } = await api.call('POST', '/channels/pos/orders/batch', { orders });
    expect([status, problem['errors']]).toMatchObject([422, [{ field: 'orders', code: 'TOO_MANY' }]]);
  });
});

describe('the page that documents it', () => {
  it('names every parameter of a channel’s order', async () => {
    const { body: document } = await api.get('/docs-json');
    const named = expect.arrayContaining([
      expect.objectContaining({ name: 'channel', in: 'path' }),
      expect.objectContaining({ name: 'externalOrderId', in: 'path' }),
    ]);
    expect(document).toHaveProperty(['paths', '/channels/{channel}/orders/{externalOrderId}', 'put', 'parameters'], named);
    expect(document).toHaveProperty(['paths', '/orders', 'post', 'requestBody']);
  });
});

/** The facts of the fixture, as they are told of this order. */
const factsOf = async (orderId: string) => {
  const payments = (await api.get(`/orders/${orderId}`)).body['payments'] as readonly { readonly paymentId: string }[];
  const of = <Each extends PublicEvent>({ type, data }: Each, more: object = {}): Each =>
    ({ type, data: { ...data, orderId, ...more } }) as Each;
  const payment = { paymentId: payments[0]?.paymentId, amount: 1428 };
  return {
    reserved: of(facts.reserved, { lines }),
    authorized: of(facts.authorized, payment),
    declined: of(facts.declined, payment),
    allocated: of(facts.allocated, { lines }),
    packed: of(facts.packed, { lines, parcels: [{ parcelId: 'a', weightGrams: 1, lines }] }),
    dispatched: of(facts.handedOver, { lines }),
    inTransit: of(facts.inTransit),
    delivered: of(facts.delivered, { lines }),
    received: of(facts.returned, { lines: [{ lineId: '2', sku: 'MUG', quantity: 1, announced: true }] }),
  };
};

describe('the life of an order', () => {
  it('goes from placed to completed on what the others tell, and shows every step', async () => {
    const { orderId } = (await api.post(body)).body as { orderId: string };
    const events = await factsOf(orderId);
    const { shipmentId } = events.packed.data;
    const status = async (wanted: string): Promise<void> =>
      eventually(async () => expect((await api.get(`/orders/${orderId}`)).body).toHaveProperty('status', wanted));

    await payment.tell(orderId, events.authorized);
    await inventory.tell(orderId, events.reserved);
    await status('confirmed');
    await inventory.tell(orderId, events.allocated);
    await status('in-fulfillment');
    await shipping.tell(shipmentId, events.packed, events.dispatched, events.inTransit);
    await status('shipped');
    await shipping.tell(shipmentId, events.delivered);
    await status('completed');
    await returns.tell(orderId, events.received);
    await eventually(async () =>
      expect((await api.get(`/orders/${orderId}`)).body).toMatchObject({
        lines: [{ status: 'delivered' }, { status: 'delivered', progress: { delivered: 3, returned: 1 } }, { status: 'delivered' }],
        payments: [{ method: 'card', amount: 1428, outcome: 'authorized' }],
        shipments: [{ milestone: 'delivered', parcels: [{ trackingNumber: 'CT123456785GB', milestone: 'delivered' }] }],
      }),
    );

    const first = (await api.get(`/orders/${orderId}/timeline?lineId=2&limit=6`)).body;
    const second = (await api.get(`/orders/${orderId}/timeline?lineId=2&limit=50&cursor=${String(first['next'])}`)).body;
    const entries = [...(first['items'] as { step: string; actor: string }[]), ...(second['items'] as { step: string; actor: string }[])];
    const steps = ['placed', 'verified', 'reserved', 'confirmed', 'allocated', 'packed', 'handed-over', 'in-transit', 'delivered'];
    expect(entries.map(({ step }) => step).sort()).toEqual([...steps, 'completed', 'return-received'].sort());
    expect(entries.at(-1)).toMatchObject({ actor: 'order.returns' });

    const { rows } = await eventually(async () => {
      const read = await pool.query(
        'select status, shipped, delivered, returned from order_line where order_id = $1 order by line_number',
        [orderId],
      );
      expect(read.rows[1]).toMatchObject({ returned: '1' });
      return read;
    });
    expect(rows).toMatchObject([{ status: 'delivered', shipped: '2', delivered: '2' }, { delivered: '3' }, { delivered: '1' }]);
    const summary = await pool.query('select status, holds, confirmed_at, completed_at from order_summary where order_id = $1', [orderId]);
    expect(summary.rows).toEqual([{ status: 'completed', holds: [], confirmed_at: expect.any(Date), completed_at: expect.any(Date) }]);
  });

  it('stood as it stood, by version and by time', async () => {
    const placed = await api.post(body);
    const { orderId } = placed.body as { orderId: string };
    await payment.tell(orderId, (await factsOf(orderId)).declined);
    await eventually(async () => expect((await api.get(`/orders/${orderId}`)).body).toMatchObject({ status: 'cancelled', version: 4 }));
    const now = await api.get(`/orders/${orderId}`);
    expect(now.headers.get('etag')).toBe('"4"');
    expect(now.body['lines']).toMatchObject([{ status: 'cancelled' }, { status: 'cancelled' }, { status: 'cancelled' }]);
    expect((await api.get(`/orders/${orderId}?asOf=1`)).body).toMatchObject({ status: 'placed', version: 1 });
    const changedAt = (await api.get(`/orders/${orderId}?asOf=1`)).body['changedAt'];
    expect((await api.get(`/orders/${orderId}?asOf=${String(changedAt)}`)).body).toMatchObject({ version: 1 });
    expect((await api.get(`/orders/${orderId}?asOf=2001-01-01T00:00:00Z`)).body).toMatchObject({ code: 'ORDER_UNKNOWN' });
  });
});
