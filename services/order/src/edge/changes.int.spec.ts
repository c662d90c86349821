import { Topics } from '@cartage/contracts';
import { eventually } from '@cartage/testkit';
import { facts } from '../domain/facts.fixture';
import { neighbour } from './neighbour.fixture';
import { body, lines, startOrdersWith, type Answer, type OrderSystem } from './order-system.fixture';

const [inventory, payment] = [neighbour('inventory', Topics.inventory), neighbour('payment', Topics.payment)];
let system: OrderSystem;
let keys = 0;

beforeAll(async () => {
  system = await startOrdersWith({ ORDER_SHORTAGE_POLICY: 'pos:cancel,*:wait', ORDER_PAYMENT_HOURS: '48' }, inventory, payment);
});
afterAll(() => system.stop());

const reason = { code: 'asked-for' };
const post = (path: string, sent: object, key = `key-${(keys += 1)}`): Promise<Answer> =>
  system.api.call('POST', path, sent, { 'idempotency-key': `changes-${key}`, 'cartage-actor': 'user-17' });
const place = async (more: object = {}): Promise<string> => (await system.api.post({ ...body, ...more })).body['orderId'] as string;
const orderOf = async (orderId: string) => (await system.api.get(`/orders/${orderId}`)).body;
const paymentIdOf = async (orderId: string): Promise<string> =>
  ((await orderOf(orderId))['payments'] as readonly { readonly paymentId: string }[]).at(-1)?.paymentId ?? '';

const short = (orderId: string) =>
  inventory.tell(orderId, {
    type: 'StockShort',
    data: {
      ...facts.short.data,
      orderId,
      short: [{ lineId: '2', sku: 'MUG', requested: 3, available: 1 }],
      decidedAt: new Date().toISOString(),
    },
  });

describe('holds over HTTP', () => {
  it('are applied and released, are listed, and say what else is wrong with them', async () => {
    const orderId = await place();
    const held = await post(`/orders/${orderId}/holds`, { type: 'fraud', lines: [{ lineId: '1' }], reason }, 'hold');
    expect([held.status, held.body]).toMatchObject([
      200,
      {
        status: 'on-hold',
        holds: [{ type: 'fraud', lines: [{ lineId: '1', quantity: 2 }], reason: { by: 'operator', actor: 'user-17' } }],
      },
    ]);
    expect((await post(`/orders/${orderId}/holds`, { type: 'fraud', lines: [{ lineId: '1' }], reason }, 'hold')).body).toEqual(held.body);
    const list = (await system.api.get(`/orders?hold=fraud&minPosition=${held.headers.get('cartage-position')}`)).body;
    expect(list['items']).toMatchObject([{ orderId, holds: ['fraud'], heldSince: [expect.any(String)] }]);
    const [hold] = held.body['holds'] as readonly { readonly holdId: string }[];
    const released = await post(`/orders/${orderId}/holds/${hold?.holdId}/release`, {});
    expect([released.status, released.body]).toMatchObject([200, { status: 'placed', holds: [] }]);
    expect(await post(`/orders/${orderId}/holds`, { type: 'unfillable', reason })).toMatchObject({
      status: 422,
      body: { code: 'HOLD_INVALID', errors: [{ field: 'type' }] },
    });
    expect((await post(`/orders/${orderId}/holds/00000000-0000-4000-8000-000000000000/release`, {})).body).toMatchObject({
      code: 'HOLD_UNKNOWN',
    });
  });

  it('end by themselves at their time', async () => {
    const orderId = await place();
    const until = new Date(Date.now() + 5_000).toISOString();
    expect((await post(`/orders/${orderId}/holds`, { type: 'operator', until, reason })).body).toMatchObject({ status: 'on-hold' });
    await eventually(async () => expect(await orderOf(orderId)).toMatchObject({ status: 'placed', holds: [] }));
  });
});

describe('short stock over HTTP', () => {
  it('is held with its date, and becomes what is chosen', async () => {
    const orderId = await place();
    await short(orderId);
    await eventually(async () =>
      expect(await orderOf(orderId)).toMatchObject({ holds: [{ type: 'stock-short', until: expect.any(String) }] }),
    );
    const chosen = await post(`/orders/${orderId}/shortages/2`, { choice: 'cancel', by: 'customer', reason });
    expect([chosen.status, chosen.body]).toMatchObject([200, { status: 'placed', holds: [] }]);
    expect(await orderOf(orderId)).toMatchObject({ lines: [{}, { status: 'cancelled' }, {}] });
    expect((await post(`/orders/${orderId}/shortages/1`, { choice: 'split', reason })).body).toMatchObject({ code: 'LINE_NOT_SHORT' });
    expect((await post(`/orders/${orderId}/shortages/9`, { choice: 'split', reason })).body).toMatchObject({ code: 'LINE_UNKNOWN' });
    expect((await post(`/orders/${orderId}/shortages/1`, { choice: 'later', reason })).status).toBe(422);
  });

  it('follows the policy of the channel', async () => {
    const orderId = await place({ channel: 'pos' });
    await short(orderId);
    await eventually(async () => expect(await orderOf(orderId)).toMatchObject({ holds: [], lines: [{}, { status: 'cancelled' }, {}] }));
  });
});

describe('another way to pay over HTTP', () => {
  it('replaces one that was declined, its token sealed', async () => {
    const orderId = await place();
    const declined = { ...facts.declined.data, orderId, retryable: true, declinedAt: new Date().toISOString() };
    await payment.tell(orderId, { type: 'PaymentDeclined', data: { ...declined, paymentId: await paymentIdOf(orderId) } });
    await eventually(async () => expect(await orderOf(orderId)).toMatchObject({ holds: [{ type: 'payment-declined' }] }));
    const paid = await post(`/orders/${orderId}/payments`, { payments: [{ method: 'card', token: 'tok_other' }] });
    expect([paid.status, paid.body]).toMatchObject([
      200,
      { status: 'placed', holds: [], payments: [{ outcome: 'replaced' }, { method: 'card', amount: 1428, outcome: 'pending' }] },
    ]);
    const { rows } = await system.pool.query(`select 1 from events e where e::text like '%tok_other%'`);
    expect(rows).toEqual([]);
    await payment.tell(orderId, {
      type: 'PaymentAuthorized',
      data: { ...facts.authorized.data, orderId, paymentId: await paymentIdOf(orderId), amount: 1428 },
    });
    await inventory.tell(orderId, { type: 'StockReserved', data: { ...facts.reserved.data, orderId, lines } });
    await eventually(async () => expect(await orderOf(orderId)).toMatchObject({ status: 'confirmed' }));
    expect((await post(`/orders/${orderId}/payments`, { payments: [{ method: 'card' }] })).body).toMatchObject({
      code: 'PAYMENT_NOT_NEEDED',
    });
  });

  it('is waited for with its action where the customer has to act', async () => {
    const orderId = await place();
    await payment.tell(orderId, {
      type: 'PaymentPending',
      data: { ...facts.pending.data, orderId, paymentId: await paymentIdOf(orderId) },
    });
    await eventually(async () =>
      expect(await orderOf(orderId)).toMatchObject({ payments: [{ outcome: 'action-required', action: { kind: 'redirect' } }] }),
    );
    const wrong = await post(`/orders/${orderId}/payments`, { payments: [{ method: 'card', amount: 1 }] });
    expect([wrong.status, wrong.body]).toMatchObject([422, { code: 'PAYMENT_TOTAL_MISMATCH', errors: [{ field: 'payments' }] }]);
  });
});
