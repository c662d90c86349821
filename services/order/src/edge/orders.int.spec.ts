import { Topics, type PublicEvent } from '@cartage/contracts';
import { eventually } from '@cartage/testkit';
import { facts } from '../domain/order.fixture';
import { neighbour } from './neighbour.fixture';
import { body, lines, startOrders, type OrderSystem } from './order-system.fixture';

const inventory = neighbour('inventory', Topics.inventory);
const payment = neighbour('payment', Topics.payment);
const fulfillment = neighbour('fulfillment', Topics.fulfillment);
const shipping = neighbour('shipping', Topics.shipping);
const returns = neighbour('returns', Topics.returns);

let system: OrderSystem;
let api: OrderSystem['api'];
let pool: OrderSystem['pool'];

beforeAll(async () => {
  system = await startOrders(inventory, payment, fulfillment, shipping, returns);
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
    for (const table of ['events', 'order_summary', 'order_line', 'order_timeline']) {
      const { rows } = await pool.query(`select t::text from ${table} t where t::text ~ 'Miller|High Street|1BB|ada@'`);
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

describe('the life of an order', () => {
  const told = (orderId: string) => {
    const { decisionId, fulfillmentId, location } = { ...facts.brokered };
    const { shipmentId, carrier, trackingNumber } = facts.handedOver;
    const shipment = { shipmentId, orderId, fulfillmentId, location, carrier, trackingNumber };
    const at = (minute: number): string => `2026-11-23T12:${String(minute).padStart(2, '0')}:00.000Z`;
    const destination = { country: 'GB', postalArea: 'EC1A' };
    const brokered = {
      orderId,
      fulfillmentId,
      location,
      lines,
      priority: 'standard',
      destination,
      personal: { key: 'k', box: 'b' },
    } as const;
    return {
      reserved: { type: 'StockReserved', data: { orderId, reservationId: facts.reserved.reservationId, lines, reservedAt: at(1) } },
      authorized: {
        type: 'PaymentAuthorized',
        data: {
          orderId,
          amount: 1428,
          currency: 'GBP',
          method: 'card',
          provider: 'p',
          authorizationId: 'a',
          verdict: facts.authorized.verdict,
          authorizedAt: at(2),
        },
      },
      brokered: { type: 'FulfillmentBrokered', data: { ...brokered, decisionId, rules: 'r', attempt: 1, brokeredAt: at(3) } },
      allocated: { type: 'StockAllocated', data: { orderId, fulfillmentId, location, lines, levels: [], allocatedAt: at(4) } },
      packed: { type: 'ShipmentPacked', data: { shipmentId, orderId, fulfillmentId, location, lines, parcels: [], packedAt: at(5) } },
      dispatched: { type: 'ShipmentDispatched', data: { ...shipment, lines, dispatchedAt: at(6) } },
      inTransit: { type: 'ShipmentInTransit', data: { ...shipment, occurredAt: at(7), recordedAt: at(7) } },
      delivered: { type: 'ShipmentDelivered', data: { ...shipment, lines, occurredAt: at(8), recordedAt: at(8) } },
      received: {
        type: 'ReturnReceived',
        data: {
          orderId,
          returnId: facts.returned.returnId,
          location,
          lines: [{ lineId: '2', sku: 'MUG', quantity: 1 }],
          receivedAt: at(9),
        },
      },
    } satisfies Record<string, PublicEvent>;
  };

  it('goes from placed to completed on what the others tell, and shows every step', async () => {
    const { orderId } = (await api.post(body)).body as { orderId: string };
    const events = told(orderId);
    const status = async (wanted: string): Promise<void> =>
      eventually(async () => expect((await api.get(`/orders/${orderId}`)).body).toHaveProperty('status', wanted));

    await payment.tell(orderId, events.authorized);
    await inventory.tell(orderId, events.reserved);
    await status('confirmed');
    await fulfillment.tell(orderId, events.brokered);
    await status('in-fulfillment');
    await inventory.tell(orderId, events.allocated);
    await shipping.tell(events.packed.data.shipmentId, events.packed, events.dispatched, events.inTransit);
    await status('shipped');
    await shipping.tell(events.packed.data.shipmentId, events.delivered, events.delivered);
    await status('completed');
    await returns.tell(orderId, events.received);
    await eventually(async () =>
      expect((await api.get(`/orders/${orderId}`)).body).toMatchObject({
        lines: [{ status: 'delivered' }, { status: 'delivered', progress: { delivered: 3, returned: 1 } }, { status: 'delivered' }],
        shipments: [{ milestone: 'delivered', trackingNumber: facts.handedOver.trackingNumber }],
      }),
    );

    const first = (await api.get(`/orders/${orderId}/timeline?lineId=2&limit=6`)).body;
    const second = (await api.get(`/orders/${orderId}/timeline?lineId=2&limit=50&cursor=${String(first['next'])}`)).body;
    const entries = [...(first['items'] as { step: string; actor: string }[]), ...(second['items'] as { step: string; actor: string }[])];
    expect(entries.map(({ step }) => step).sort()).toEqual(
      [
        'placed',
        'verified',
        'reserved',
        'confirmed',
        'brokered',
        'allocated',
        'packed',
        'handed-over',
        'in-transit',
        'delivered',
        'completed',
        'return-received',
      ].sort(),
    );
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
    const summary = await pool.query('select status, confirmed_at, completed_at from order_summary where order_id = $1', [orderId]);
    expect(summary.rows).toEqual([{ status: 'completed', confirmed_at: expect.any(Date), completed_at: expect.any(Date) }]);
    const timeline = await pool.query('select step from order_timeline where order_id = $1 order by version', [orderId]);
    const items = (await api.get(`/orders/${orderId}/timeline`)).body['items'] as readonly { readonly step: string }[];
    expect(timeline.rows).toEqual(items.map(({ step }) => ({ step })));
  });

  it('stood as it stood, by version and by time', async () => {
    const placed = await api.post(body);
    const { orderId } = placed.body as { orderId: string };
    await payment.tell(orderId, {
      type: 'PaymentDeclined',
      data: { orderId, amount: 1, currency: 'GBP', method: 'card', by: 'provider', reason: 'no', declinedAt: '2026-11-23T12:00:00.000Z' },
    });
    await eventually(async () => expect((await api.get(`/orders/${orderId}`)).body).toMatchObject({ status: 'cancelled', version: 3 }));
    const now = await api.get(`/orders/${orderId}`);
    expect(now.headers.get('etag')).toBe('"3"');
    expect(now.body['lines']).toMatchObject([{ status: 'cancelled' }, { status: 'cancelled' }, { status: 'cancelled' }]);
    expect((await api.get(`/orders/${orderId}?asOf=1`)).body).toMatchObject({ status: 'placed', version: 1 });
    const changedAt = (await api.get(`/orders/${orderId}?asOf=1`)).body['changedAt'];
    expect((await api.get(`/orders/${orderId}?asOf=${String(changedAt)}`)).body).toMatchObject({ version: 1 });
    expect((await api.get(`/orders/${orderId}?asOf=2001-01-01T00:00:00Z`)).body).toMatchObject({ code: 'ORDER_UNKNOWN' });
  });
});
