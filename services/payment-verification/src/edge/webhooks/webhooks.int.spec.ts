import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import { stripeStub } from '../providers/stripe-stub.fixture';
import { paymentService, type PaymentService } from '../payment-service.fixture';
import { signatureOf } from './signature';

let service: PaymentService;
let stub: Awaited<ReturnType<typeof stripeStub>>;
beforeAll(async () => {
  stub = await stripeStub();
  service = await paymentService({
    PAYMENT_WEBHOOK_SECRETS: 'simulated=new-secret,simulated=old-secret,stripe-gb=whsec_gb,stripe-de=whsec_de',
    PAYMENT_PROVIDER: 'simulated,@acme-de/*=stripe-de',
    STRIPE_ACCOUNTS: 'stripe-gb=sk_gb,stripe-de=sk_de',
    STRIPE_API_URL: `http://127.0.0.1:${stub.port}`,
    SETTLEMENT_SECONDS: '1',
  });
});
afterAll(async () => {
  await service.close();
  await stub.close();
});

type Fields = Readonly<Record<string, unknown>>;
const at = new Date().toISOString();
const captured = (reference: string, changes: Fields = {}): Fields => ({
  ...{ id: `n-${reference}`, kind: 'captured', at, reference, number: `c-${reference}`, currency: 'GBP', amount: 4000 },
  ...changes,
});

const told = async (notices: readonly Fields[], { secret = 'new-secret', when = new Date(), provider = 'simulated' } = {}) => {
  const body = JSON.stringify({ notices });
  return service.post(`/webhooks/${provider}`, body, {
    'content-type': 'application/json',
    'simulated-signature': signatureOf(secret, body, when),
  });
};

/** As Stripe tells it to the address of an account. */
const stripeTold = (account: string, event: object, secret: string) => {
  const body = JSON.stringify({ object: 'event', created: Math.floor(Date.now() / 1_000), ...event });
  const header = Stripe.webhooks.generateTestHeaderString({ payload: body, secret });
  return service.post(`/webhooks/${account}`, body, { 'content-type': 'application/json', 'stripe-signature': header });
};

/** An order that is paid with a payment that the shop began. */
const placed = async (reference: string) => {
  const token = await service.seal('customer-7', { token: reference });
  return service.place({ method: 'card' }, 4000, { payments: [{ paymentId: randomUUID(), method: 'card', amount: 4000, token }] });
};
const parked = async (noticeId: string) =>
  ((await service.get('/webhooks/parked?limit=200')).body.items ?? []).find((each) => each['noticeId'] === noticeId);

describe('webhooks of payment providers', () => {
  it('are refused without detail where they are not signed, or were signed long ago, and where nobody is known', async () => {
    const notice = captured('pay_unsigned');
    const refused = { status: 401, body: { code: 'SIGNATURE_INVALID', detail: 'The body is not signed by this provider.' } };
    expect(await told([notice], { secret: 'wrong' })).toMatchObject(refused);
    expect(await told([notice], { when: new Date(Date.now() - 301_000) })).toMatchObject(refused);
    expect(await service.post('/webhooks/simulated', { notices: [notice] })).toMatchObject(refused);
    expect(await told([notice], { provider: 'nobody' })).toMatchObject({ status: 404, body: { code: 'PROVIDER_UNKNOWN' } });
    expect(await parked('n-pay_unsigned')).toBeUndefined();
  });

  it('speak of the payments of their own account only, though they are signed', async () => {
    const reference = `pay_${randomUUID()}`;
    const orderId = await placed(reference);
    await service.until(orderId, { status: 'pending' });
    const intent = { id: reference, object: 'payment_intent', status: 'succeeded', amount: 4000, amount_received: 4000, currency: 'gbp' };
    const object = { ...intent, metadata: { order_id: orderId }, latest_charge: 'ch_1' };
    const event = { id: `evt_${reference}`, type: 'payment_intent.succeeded', data: { object } };
    expect(await stripeTold('stripe-de', event, 'whsec_gb')).toMatchObject({ status: 401, body: { code: 'SIGNATURE_INVALID' } });
    expect(await stripeTold('stripe-gb', event, 'whsec_gb')).toMatchObject({ body: { received: 1, applied: 0, parked: 1 } });
    expect(await parked(event.id)).toMatchObject({ provider: 'stripe-gb', reason: 'PROMISE_UNKNOWN' });
    expect((await service.get(`/${orderId}`)).body).toMatchObject({ status: 'pending' });
  });

  it('may be signed with either secret while one is changed, and say which field is wrong', async () => {
    expect(await told([], { secret: 'old-secret' })).toMatchObject({ status: 200, body: { received: 0, applied: 0, parked: 0 } });
    expect(await told([captured('p', { amount: -1 })])).toMatchObject({
      status: 422,
      body: { code: 'WEBHOOK_INVALID', errors: [{ field: 'notices[0].amount' }] },
    });
    expect(await told([captured('p', { kind: 'constructor' })])).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'notices[0].kind' }] },
    });
  });

  it('have a limit', async () => {
    const answer = await told([captured('p', { detail: 'x'.repeat(600_000) })]);
    expect(answer).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE' } });
  });

  it('complete a payment that came before its order, told twice, once', async () => {
    const reference = `pay_${randomUUID()}`;
    for (const _ of [1, 2])
      expect(await told([captured(reference)])).toMatchObject({ status: 200, body: { received: 1, applied: 0, parked: 1 } });
    expect(await parked(`n-${reference}`)).toMatchObject({ provider: 'simulated', state: 'waiting', reason: 'PROMISE_UNKNOWN' });
    const orderId = await placed(reference);
    await service.until(orderId, { status: 'authorized', money: { captured: 4000, refunded: 0, discrepancies: [] } });
    await service.eventually(async () => expect(await parked(`n-${reference}`)).toBeUndefined());
    expect(await told([captured(reference)])).toMatchObject({ status: 200, body: { applied: 1 } });
    expect((await service.get(`/${orderId}`)).body).toMatchObject({ money: { captured: 4000 } });
  });

  it('give money back by itself that comes after the cancellation', async () => {
    const reference = `pay_${randomUUID()}`;
    const orderId = await placed(reference);
    await service.until(orderId, { status: 'pending' });
    await service.sayOrder(orderId, {
      type: 'OrderCancelled',
      data: { orderId, lines: [{ lineId: '1', sku: 'MUG', quantity: 3 }], reason: { code: 'customer', by: 'customer' }, cancelledAt: at },
    });
    await service.until(orderId, { due: 0 });
    await service.eventually(async () => expect(await told([captured(reference)])).toMatchObject({ body: { applied: 1 } }));
    await service.until(orderId, { money: { captured: 4000, refunded: 4000, discrepancies: [] } });
  });

  it('keep what will never fit for a person, who may drop it', async () => {
    const reference = `pay_${randomUUID()}`;
    const orderId = await placed(reference);
    await service.until(orderId, { status: 'pending' });
    await service.eventually(async () => {
      await told([captured(reference, { amount: 5000 })]);
      expect(await parked(`n-${reference}`)).toMatchObject({ state: 'refused', reason: 'CAPTURE_NOT_PROMISED' });
    });
    await service.eventually(async () =>
      expect(await (await fetch(service.metricsUrl)).text()).toMatch(
        /cartage_parked_notices\{service="payment-verification",state="refused"\} 1/,
      ),
    );
    expect(await service.remove(`/webhooks/parked/simulated/n-${reference}`)).toMatchObject({ status: 200 });
    expect(await service.remove(`/webhooks/parked/simulated/n-${reference}`)).toMatchObject({
      status: 404,
      body: { code: 'NOTICE_UNKNOWN' },
    });
  });

  it('tell of refunds that come back and of disputes', async () => {
    const reference = `pay_${randomUUID()}`;
    const orderId = await placed(reference);
    await service.until(orderId, { status: 'pending' });
    await service.eventually(async () => expect(await told([captured(reference)])).toMatchObject({ body: { applied: 1 } }));
    const refund = { id: `r-${reference}`, kind: 'refunded', at, reference, number: `re-${reference}`, currency: 'GBP', amount: 300 };
    expect(await told([refund])).toMatchObject({ body: { applied: 1 } });
    await service.until(orderId, { money: { refunded: 300, discrepancies: [] } });
    expect(await told([{ ...refund, id: `f-${reference}`, kind: 'refund-failed', reason: 'account-closed' }])).toMatchObject({
      body: { applied: 1 },
    });
    await service.until(orderId, { money: { refunded: 0, discrepancies: [] }, attention: [{ matter: 'refund-failed' }] });
    const dispute = { id: `d-${reference}`, kind: 'disputed', at, reference: `c-${reference}`, number: `dp-${reference}`, reason: 'fraud' };
    await told([{ ...dispute, currency: 'GBP', amount: 4000, outcome: 'lost' }]);
    await service.eventually(async () =>
      expect((await service.get(`/chargebacks?orderId=${orderId}`)).body.items).toMatchObject([{ status: 'lost', amount: 4000 }]),
    );
  });
});

describe('the account of a legal entity at Stripe', () => {
  it('moves the money of the orders that it invoices, whatever way of paying is added later', async () => {
    const acme = { name: 'Acme GmbH', address: ['Berlin'], taxId: 'DE1', prefix: 'DE-', channels: ['de-shop'], countries: [] };
    expect(await service.put('/legal-entities/acme-de', acme)).toMatchObject({ status: 200 });
    const pay = async (token: string) => ({
      ...{ paymentId: randomUUID(), method: 'card', amount: 4000, token: await service.seal('customer-8', { token }) },
    });
    const declined = await pay('pm_declined_insufficient_funds');
    const orderId = await service.place({ method: 'card' }, 4000, { channel: 'de-shop', payments: [declined] });
    await service.until(orderId, { payments: [{ provider: 'stripe-de', authorizations: [{ status: 'declined' }] }] });
    const added = await pay('pm_card_visa');
    await service.sayOrder(orderId, {
      type: 'PaymentAdded',
      data: { orderId, payments: [added], replaces: [declined.paymentId], addedAt: at },
    });
    await service.until(orderId, {
      status: 'authorized',
      payments: [{}, { provider: 'stripe-de', authorizations: [{ status: 'authorized' }] }],
    });
  });
});

describe('payouts of an account at Stripe', () => {
  const created = 1_795_132_800;
  const payout = (id: string, changes: Fields = {}) => ({
    ...{ id, currency: 'gbp', amount: 3920, status: 'paid', arrival_date: created, reconciliation_status: 'completed', ...changes },
  });
  const transaction = (type: string, source: string, amount: number, fee = 0) => ({
    ...{ id: `txn_${randomUUID()}`, type, source, amount, fee, net: amount - fee, currency: 'gbp', created },
  });
  const tell = async (type: string, object: ReturnType<typeof payout>) => {
    const event = { id: `evt_${randomUUID()}`, type, data: { object } };
    for (const _ of [1, 2])
      expect(await stripeTold('stripe-de', event, 'whsec_de')).toMatchObject({ status: 200, body: { applied: 1, parked: 0 } });
  };
  const settled = (number: string, expected: Fields) =>
    service.eventually(async () => {
      const found = ((await service.get('/payouts?provider=stripe-de&limit=200')).body.items ?? []).find(
        (each) => each['number'] === number,
      );
      expect(found).toMatchObject({ settlementId: expect.stringMatching(/-/) as string, ...expected });
      return String(found?.['settlementId']);
    });
  const booked = async (role: string) => {
    const entries = (await service.get('/journal?limit=200')).body.items ?? [];
    const lines = entries.flatMap((entry) => entry['lines'] as readonly { role: string; debit: number; credit: number }[]);
    return lines.filter((each) => each.role === role).reduce((sum, { debit, credit }) => sum + debit - credit, 0);
  };

  it('bring their settlement with them; one that fails is listed and out of the books, until its money comes with another', async () => {
    const [reference, first, second] = [`pay_${randomUUID()}`, `po_${randomUUID()}`, `po_${randomUUID()}`];
    const orderId = await placed(reference);
    await service.until(orderId, { status: 'pending' });
    await service.eventually(async () => expect(await told([captured(reference)])).toMatchObject({ body: { applied: 1 } }));

    stub.payOut(payout(first), [transaction('charge', `c-${reference}`, 4000, 80), transaction('payout', first, -3920)]);
    await tell('payout.reconciliation_completed', payout(first, { status: 'in_transit' }));
    const settlementId = await settled(first, { status: 'paid', amount: 3920 });
    const settlement = async () => (await service.get(`/settlements/${settlementId}`)).body;
    await service.eventually(async () =>
      expect(await settlement()).toMatchObject({
        ...{ settlementSource: 'stripe-de', payouts: [{ number: first, status: 'paid' }] },
        totals: [{ net: 3920, payout: 3920, unexplained: 0, matched: 3920 }],
      }),
    );
    const lines = async () => (await service.get(`/settlements/lines?orderId=${orderId}`)).body.items;
    await service.eventually(async () => expect(await lines()).toMatchObject([{ outcome: 'matched', fee: 80 }]));
    await service.eventually(async () => expect(await booked('bank')).toBe(3920));

    stub.payOut(payout(first, { status: 'failed', failure_code: 'account_closed' }));
    await tell('payout.failed', payout(first, { status: 'failed', failure_code: 'account_closed' }));
    await tell('payout.paid', payout(first));
    await settled(first, { status: 'failed', reason: 'account-closed', returnedIn: null });
    await service.eventually(async () => expect(await settlement()).toMatchObject({ payouts: [{ status: 'failed' }] }));
    await service.eventually(async () => expect([await booked('bank'), await booked('payouts-returned')]).toEqual([0, 3920]));
    const failed = async (): Promise<string> =>
      /cartage_payouts_failed\{[^}]*provider="stripe-de"\} (\d+)/.exec(await (await fetch(service.metricsUrl)).text())?.[1] ?? '';
    await service.eventually(async () => expect(await failed()).toBe('1'));

    stub.payOut(payout(second), [transaction('payout_failure', first, 3920), transaction('payout', second, -3920)]);
    await tell('payout.paid', payout(second));
    const other = await settled(second, { status: 'paid' });
    await settled(first, { status: 'failed', returnedIn: other });
    await service.eventually(async () => expect(await failed()).toBe('0'));
    expect((await service.get('/payouts?status=failed')).body.items).toMatchObject([{ number: first }]);
    await service.eventually(async () => expect([await booked('bank'), await booked('payouts-returned')]).toEqual([3920, 0]));
  });
});
