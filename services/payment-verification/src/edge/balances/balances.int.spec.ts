import { randomUUID } from 'node:crypto';
import { tableOf } from '@cartage/views';
import { balanceList } from '../../app/views/balance-list';
import { paymentService, type Body, type PaymentService } from '../payment-service.fixture';

let service: PaymentService;
beforeAll(async () => {
  service = await paymentService();
});
afterAll(() => service.close());

const card = async (amount: number, more: object = {}) => {
  const { status, body } = await service.post('/balances/gift-cards', { currency: 'GBP', amount, cause: 'sold', ...more });
  expect(status).toBe(201);
  return { balanceId: String(body['balanceId']), code: String(body['code']) };
};
const movementsOf = async (balanceId: string) => (await service.get(`/balances/${balanceId}/movements?limit=200`)).body.items ?? [];

interface Entry {
  readonly lines: readonly { readonly role: string; readonly debit: number; readonly credit: number }[];
}
/** What the books say that we owe, against what the balances say. */
const owed = async () => {
  const entries = ((await service.get('/journal?limit=200')).body.items ?? []) as unknown as readonly Entry[];
  const lines = entries.flatMap((entry) => entry.lines);
  const sum = (of: readonly Entry['lines'][number][]) => of.reduce((total, { debit, credit }) => total + credit - debit, 0);
  const { rows } = await service.pool.query<{ owed: string }>(`select coalesce(sum(owed), 0) as owed from ${tableOf(balanceList)}`);
  return { difference: sum(lines), liability: sum(lines.filter(({ role }) => role === 'credit-liability')), owed: Number(rows[0]?.owed) };
};

/** An order of 40.00, a part of which is paid with a gift card. */
const paidWith = async (code: string, amount: number): Promise<string> => {
  const token = await service.seal('guest', { token: code });
  return service.place({ method: 'card' }, 4000, {
    payments: [
      { paymentId: randomUUID(), method: 'gift-card', amount, token },
      { paymentId: randomUUID(), method: 'card', amount: 4000 - amount },
    ],
    customerId: 'customer-7',
  });
};

describe('gift cards and store credit over HTTP', () => {
  it('pay a part of an order, get back what comes back, and the books agree', async () => {
    const { balanceId, code } = await card(5000);
    const orderId = await paidWith(code, 1500);
    await service.until(orderId, { status: 'authorized' });
    expect((await service.get(`/balances/${balanceId}`)).body).toMatchObject({
      ...{ owed: 5000, available: 3500, reserved: 1500 },
      reservations: [{ orderId, amount: 1500 }],
    });
    await service.dispatch(orderId);
    await service.until(orderId, { money: { captured: 4000 } });
    expect((await service.get(`/balances/${balanceId}`)).body).toMatchObject({ owed: 3500, available: 3500, reserved: 0 });

    await service.post(`/${orderId}/refunds`, { amount: 4000 });
    await service.until(orderId, { money: { refunded: 4000, discrepancies: [] } });
    await service.eventually(async () => {
      const movements = await movementsOf(balanceId);
      expect(movements.map(({ kind }) => kind)).toEqual(['sold', 'reserved', 'captured', 'refund']);
      expect(movements.reduce((sum, { effect }) => sum + Number(effect), 0)).toBe(5000);
    });
    await service.eventually(async () => expect(await owed()).toEqual({ difference: 0, liability: 5000, owed: 5000 }));
  });

  it('take the refund of another tender, where the customer wants credit', async () => {
    const orderId = await paidWith((await card(100)).code, 100);
    await service.until(orderId, { status: 'authorized' });
    await service.dispatch(orderId);
    await service.until(orderId, { money: { captured: 4000 } });
    await service.post(`/${orderId}/refunds`, { amount: 900, tender: 'store-credit' });
    await service.until(orderId, { money: { refunded: 900 } });
    await service.eventually(async () =>
      expect((await service.get('/balances?kind=store-credit&customerId=customer-7')).body.items).toMatchObject([{ owed: 900 }]),
    );
    await service.eventually(async () => {
      const books = await owed();
      expect([books.difference, books.liability]).toEqual([0, books.owed]);
    });
  });

  it('that hold too little decline their part, and say so', async () => {
    const orderId = await paidWith((await card(100)).code, 101);
    await service.until(orderId, { status: 'declined', attention: [{ matter: 'declined', reason: { code: 'balance-insufficient' } }] });
    await service.eventually(async () => {
      const metrics = await (await fetch(service.metricsUrl)).text();
      expect(metrics).toMatch(/cartage_payments_attention\{matter="declined"\} [1-9]/);
      expect(metrics).toContain('cartage_payments_attention{matter="void-failed"} 0');
      expect(metrics).toContain('cartage_provider_calls_open{operation="capture"} 0');
    });
  });

  it('are issued once, with the code in the answer and nowhere else', async () => {
    const sent = { currency: 'GBP', amount: 700, cause: 'goodwill' };
    const key = { 'idempotency-key': randomUUID() };
    const [first, again] = [await service.post('/balances/gift-cards', sent, key), await service.post('/balances/gift-cards', sent, key)];
    expect([again.status, again.body, again.headers.get('cartage-repeated')]).toEqual([201, first.body, 'true']);
    const { code, balanceId } = first.body;
    const looked = await service.post('/balances/lookup', { code });
    expect(looked).toMatchObject({ status: 200, body: { balanceId, owed: 700, last4: String(code).slice(-4) } });
    expect(looked.body).not.toHaveProperty('code');
    expect(await service.post('/balances/gift-cards', { ...sent, code })).toMatchObject({ status: 409, body: { code: 'CODE_TAKEN' } });
  });

  it.each<[string, string, Body | object, string]>([
    ['a code that could be guessed', '/balances/lookup', { code: 'SHORT-1' }, 'code'],
    [
      'an end that is over',
      '/balances/gift-cards',
      { currency: 'GBP', amount: 1, cause: 'sold', expiresAt: '2020-01-01T00:00:00Z' },
      'expiresAt',
    ],
    ['a store credit of nobody', '/balances/store-credits', { currency: 'GBP', amount: 1, cause: 'goodwill' }, 'customerId'],
    ['a currency that there is not', '/balances/gift-cards', { currency: 'gbp', amount: 1, cause: 'sold' }, 'currency'],
  ])('refuse %s, and name the field', async (_, path, sent, field) =>
    expect(await service.post(path, sent)).toMatchObject({ status: 422, body: { errors: [{ field }] } }),
  );

  it('are corrected and frozen by people, never below what is promised; the table would not take it either', async () => {
    const { balanceId, code } = await card(1000);
    const path = `/balances/${balanceId}`;
    expect(await service.post(`${path}/adjustments`, { amount: -1001, reasonCode: 'x' })).toMatchObject({
      status: 422,
      body: { code: 'BALANCE_INSUFFICIENT', errors: [{ field: 'amount' }] },
    });
    expect(await service.post(`${path}/adjustments`, { amount: -400, reasonCode: 'x' })).toMatchObject({
      status: 201,
      body: { owed: 600 },
    });
    expect(await service.post(`${path}/freeze`, { reasonCode: 'stolen' })).toMatchObject({ status: 200, body: { frozen: 'stolen' } });
    const orderId = await paidWith(code, 100);
    await service.until(orderId, { status: 'declined', attention: [{ matter: 'declined', reason: { code: 'balance-frozen' } }] });
    expect(await service.post(`${path}/unfreeze`, { reasonCode: 'found' })).toMatchObject({ status: 200, body: { frozen: null } });
    expect((await service.post(`/balances/${randomUUID()}/freeze`, { reasonCode: 'x' })).status).toBe(404);
    await service.eventually(async () => expect((await service.get(`${path}/movements`)).body.items).toHaveLength(2));
    await expect(
      service.pool.query(`update ${tableOf(balanceList)} set available = -1 where balance_id = $1`, [balanceId]),
    ).rejects.toThrow(/check/);
  });
});
