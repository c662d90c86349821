import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orderEvents, returnEvents, shippingEvents, Topics, type Sealed } from '@cartage/contracts';
import { startAll, type Running } from '@cartage/service-kit';
import { eventually, testDatabase, type TestDatabase } from '@cartage/testkit';
import { paymentVerificationService } from '../payment-verification.module';
import { voice } from './voices.fixture';

const order = voice('order', Topics.order, Object.keys(orderEvents));
const shipping = voice('shipping', Topics.shipping, Object.keys(shippingEvents));
const returns = voice('returns', Topics.returns, Object.keys(returnEvents));

let database: TestDatabase;
let running: Running;

beforeAll(async () => {
  database = await testDatabase();
  running = await startAll([order.service, shipping.service, returns.service, paymentVerificationService], {
    environment: {
      DATABASE_URL: database.url,
      MASTER_KEY_FILE: join(await mkdtemp(join(tmpdir(), 'cartage-payment-')), 'master.key'),
      PORT: '0',
      LOG_LEVEL: 'silent',
      PAYMENT_RECOVERY_SECONDS: '1',
    },
  });
});

afterAll(async () => {
  await running.close();
  await database.drop();
});

type Body = Readonly<Record<string, unknown>> & { readonly items?: readonly Readonly<Record<string, unknown>>[] };

const get = (path: string): Promise<{ status: number; headers: Headers; body: Body }> =>
  eventually(async () => {
    const response = await fetch(`${running.url}/payments${path}`);
    const body = (await response.json()) as Body;
    // Whoever is told that a view is behind asks again.
    expect(body['code']).not.toBe('VIEW_BEHIND');
    return { status: response.status, headers: response.headers, body };
  });

const post = async (path: string, sent: unknown, headers: Readonly<Record<string, string>> = {}) => {
  const response = await fetch(`${running.url}/payments${path}`, {
    method: 'POST',
    body: JSON.stringify(sent),
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
};

const now = new Date().toISOString();

interface Paying {
  readonly method: string;
  readonly token?: Sealed;
}

const say = (orderId: string, { method, token }: Paying, total: number, delivery = 500): Promise<void> =>
  order.say(orderId, {
    type: 'OrderPlaced',
    data: {
      ...{ orderId, channel: 'web', placedAt: now, currency: 'GBP', taxIncluded: true, priority: 'standard', policies: {} },
      lines: [
        { lineId: '1', sku: 'MUG', quantity: 3, unitPrice: 1, discounts: [], taxLines: [], total: total - delivery, shipGroupId: '1' },
      ],
      shipGroups: [{ shipGroupId: '1', method: 'ship', destination: { country: 'GB' }, charge: delivery, taxLines: [] }],
      totals: { goods: total - delivery, discount: 0, shipping: delivery, tax: 0, total },
      payments: [{ paymentId: randomUUID(), method, amount: total, ...(token === undefined ? {} : { token }) }],
      personal: { key: 'guest', box: '' },
    },
  });

/** `token` as the order service hands it on: sealed. */
const place = async ({ method, token }: { readonly method: string; readonly token?: string }, total = 4000): Promise<string> => {
  const orderId = randomUUID();
  const sealed = token === undefined ? {} : { token: await order.seal(`guest-${orderId}`, { token }) };
  await say(orderId, { method, ...sealed }, total);
  return orderId;
};

const shipmentOf = (orderId: string, shipmentId: string) => ({
  ...{ shipmentId, orderId, fulfillmentId: randomUUID(), location: 'LON', carrier: 'simulated' },
});

const dispatch = async (orderId: string, quantity = 3): Promise<string> => {
  const shipmentId = randomUUID();
  const lines = [{ lineId: '1', sku: 'MUG', quantity }];
  const parcels = [{ parcelId: '1', trackingNumber: 'T1', lines }];
  await shipping.say(shipmentId, {
    type: 'ShipmentDispatched',
    data: { ...shipmentOf(orderId, shipmentId), parcels, lines, dispatchedAt: now },
  });
  return shipmentId;
};

const deliver = (orderId: string, shipmentId: string, parcelId: string, quantity: number) => {
  const lines = [{ lineId: '1', sku: 'MUG', quantity }];
  return shipping.say(shipmentId, {
    type: 'ShipmentDelivered',
    data: {
      ...{ ...shipmentOf(orderId, shipmentId), occurredAt: now, recordedAt: now },
      parcels: [{ parcelId, trackingNumber: `T${parcelId}`, lines }],
      lines,
    },
  });
};

const until = (orderId: string, expected: Readonly<Record<string, unknown>>) =>
  eventually(async () => expect((await get(`/${orderId}`)).body).toMatchObject(expected));

describe('payment verification, heard and asked', () => {
  it('promises, captures for each shipment and refunds a card, and its views show each cent', async () => {
    const orderId = await place({ method: 'card', token: 'tok_visa' });
    await until(orderId, { status: 'authorized', money: { promised: 4000 } });
    await Promise.all([dispatch(orderId, 1), dispatch(orderId, 2)]);
    await until(orderId, { money: { captured: 4000 } });
    const returnId = randomUUID();
    const refundId = randomUUID();
    await returns.say(orderId, {
      type: 'RefundDue',
      data: {
        ...{ orderId, returnId, refundId, trigger: 'inspection', currency: 'GBP', amount: 1167, goods: 972, tax: 195, delivery: 0 },
        ...{ shipGroups: [], fee: 0, fees: [] },
        ...{ lines: [{ lineId: '1', sku: 'MUG', quantity: 1 }], tender: 'original', dueAt: now },
      },
    });
    await until(orderId, {
      money: { refunded: 1167, refunds: [{ refundId, returnId, status: 'issued' }], discrepancies: [] },
      outstanding: [],
    });

    const movements = await eventually(async () => {
      const { body } = await get(`/${orderId}/movements?limit=200`);
      expect(body.items?.map(({ kind }) => kind)).toEqual(['authorized', 'captured', 'captured', 'refunded']);
      return body.items ?? [];
    });
    expect(movements.reduce((sum, { effect }) => sum + Number(effect), 0)).toBe(4000 - 1167);
    await eventually(async () => {
      const { body } = await get('?status=authorized');
      expect(body.items?.find((row) => row['orderId'] === orderId)).toMatchObject({
        total: 4000,
        captured: 4000,
        refunded: 1167,
        decision: 'accept',
      });
    });
  });

  it('collects cash at the door and takes the carrier’s remittance', async () => {
    const orderId = await place({ method: 'cod' });
    await until(orderId, { status: 'cod-accepted' });
    const shipmentId = await dispatch(orderId);
    await deliver(orderId, shipmentId, '1', 1);
    await until(orderId, { money: { collected: 1667, shipments: [{ status: 'partly-collected' }] } });
    await deliver(orderId, shipmentId, '2', 2);
    await until(orderId, { money: { collected: 4000, shipments: [{ status: 'collected' }] } });
    const { status, headers, body } = await post(`/${orderId}/remittances`, { shipmentId, amount: 4000, reference: 'REM-1' });
    expect([status, body]).toMatchObject([201, { money: { remitted: 4000, discrepancies: [] } }]);
    const listed = await get(`/${orderId}/movements?minPosition=${headers.get('cartage-position')}`);
    expect(listed.body.items?.map(({ kind }) => kind)).toEqual(['cod-accepted', 'collected', 'collected', 'remitted']);
    expect(await post(`/${orderId}/remittances`, { shipmentId, amount: 1, reference: 'REM-2' })).toMatchObject({
      status: 422,
      body: { code: 'REMITTANCE_EXCEEDS_COLLECTED', errors: [{ field: 'amount' }] },
    });
  });

  it('hears a dispatch before the order, and captures once the order was heard of', async () => {
    const orderId = randomUUID();
    const shipmentId = await dispatch(orderId);
    expect((await get(`/${orderId}`)).status).toBe(404);
    await say(orderId, { method: 'card' }, 900, 0);
    await until(orderId, { money: { captured: 900, shipments: [{ shipmentId, status: 'captured' }] } });
  });

  it('gives the promise back when the order is cancelled', async () => {
    const orderId = await place({ method: 'card' });
    await until(orderId, { status: 'authorized' });
    await order.say(orderId, {
      type: 'OrderCancelled',
      data: { orderId, reason: { code: 'customer', by: 'customer' }, lines: [], cancelledAt: now },
    });
    await until(orderId, { money: { voided: 4000, uncharged: 0 } });
  });

  it('lets a person decide what verification doubts', async () => {
    const orderId = await place({ method: 'card', token: 'tok_timeout_once' }, 250_000);
    await until(orderId, { status: 'under-review' });
    expect((await get(`/${orderId}/verdict`)).body).toMatchObject({
      verdict: { decision: 'review', score: 55 },
      facts: { returning: false },
    });
    await eventually(async () =>
      expect((await get('/reviews')).body.items).toMatchObject([{ orderId, score: 55, reasons: [{ rule: 'high-value' }, {}] }]),
    );

    const assign = () =>
      fetch(`${running.url}/payments/${orderId}/review/assignee`, {
        method: 'PUT',
        body: JSON.stringify({ assignee: 'staff-17' }),
        headers: { 'content-type': 'application/json' },
      });
    const assigned = await assign();
    expect(await assigned.json()).toMatchObject({ status: 'under-review', assignee: 'staff-17' });
    const mine = await get(`/reviews?minPosition=${assigned.headers.get('cartage-position')}`);
    expect(mine.body.items).toMatchObject([{ orderId, assignee: 'staff-17' }]);

    // Asked once more it changes nothing: no view has to show that, and none is behind for it.
    expect((await assign()).status).toBe(200);
    await eventually(async () => expect((await get('/verify')).body).toMatchObject({ behind: [], drifts: [] }));

    const key = { 'idempotency-key': randomUUID() };
    const seen = (await get(`/${orderId}`)).headers.get('etag') ?? '';
    expect((await post(`/${orderId}/review`, { decision: 'accept', note: 'Known.' }, { 'if-match': '"99"' })).status).toBe(412);
    const first = await post(`/${orderId}/review`, { decision: 'accept', note: 'Known.' }, { ...key, 'if-match': seen });
    expect([first.status, first.body['status']]).toEqual([200, 'authorizing']);
    // The provider kept silent once: recovery asks again.
    await until(orderId, { status: 'authorized', money: { promised: 250_000 } });
    const again = await post(`/${orderId}/review`, { decision: 'accept', note: 'Known.' }, key);
    expect([again.headers.get('cartage-repeated'), again.headers.get('etag'), again.body]).toEqual([
      'true',
      first.headers.get('etag'),
      first.body,
    ]);
    expect(await post(`/${orderId}/review`, { decision: 'reject', note: 'No.' })).toMatchObject({
      status: 409,
      body: { code: 'NOT_UNDER_REVIEW' },
    });
    await eventually(async () => expect((await get('/reviews')).body.items).toEqual([]));
  });

  it('shows a payment as it stood', async () => {
    const orderId = await place({ method: 'card' });
    await until(orderId, { status: 'authorized' });
    const { headers, body } = await get(`/${orderId}?asOf=1`);
    expect([headers.get('etag'), body['status']]).toEqual(['"1"', 'authorizing']);
    expect((await get(`/${orderId}?asOf=2001-01-01T00:00:00Z`)).status).toBe(404);
    expect((await get(`/${orderId}/diff?from=1`)).body['changes']).toContainEqual({
      field: 'status',
      before: 'authorizing',
      after: 'authorized',
    });
    expect(await get(`/${orderId}?asOf=yesterday`)).toMatchObject({
      status: 422,
      body: { code: 'AS_OF_INVALID', errors: [{ field: 'asOf' }] },
    });
  });

  it('lists page by page, newest first, without gaps or repeats', async () => {
    const placed = await Promise.all(Array.from({ length: 5 }, () => place({ method: 'card', token: 'tok_decline' })));
    await eventually(async () => expect((await get('?status=declined&limit=200')).body.items).toHaveLength(5));
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await get(`?status=declined&limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...(body.items ?? []).map((row) => String(row['orderId'])));
      cursor = String(body['next'] ?? '');
    } while (cursor !== '');
    expect(seen.toSorted()).toEqual(placed.toSorted());
    expect((await get('?cursor=nonsense')).body).toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it.each([
    ['an unknown decision', { decision: 'perhaps', note: 'x' }, 'decision'],
    ['no note', { decision: 'accept' }, 'note'],
  ])('refuses a review with %s and names the field', async (_, body, field) =>
    expect(await post(`/${randomUUID()}/review`, body)).toMatchObject({
      status: 422,
      body: { errors: expect.arrayContaining([expect.objectContaining({ field })]) as unknown },
    }),
  );

  it('takes no card number anywhere', async () =>
    expect(await post(`/${randomUUID()}/review`, { decision: 'accept', note: 'Card 4111 1111 1111 1111' })).toMatchObject({
      status: 422,
      body: { code: 'CARD_DATA_REFUSED' },
    }));

  it('knows no payment of another order', async () => {
    for (const path of ['', '/verdict', '/movements'])
      expect(await get(`/${randomUUID()}${path}`)).toMatchObject({ status: 404, body: { code: 'PAYMENT_UNKNOWN' } });
    expect((await get('/not-an-order/movements')).status).toBe(404);
  });
});
