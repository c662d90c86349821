import { randomUUID } from 'node:crypto';
import { paymentService, type PaymentService } from '../payment-service.fixture';
import { signatureOf } from './signature';

let service: PaymentService;
beforeAll(async () => {
  service = await paymentService({ PAYMENT_WEBHOOK_SECRETS: 'simulated=new-secret,simulated=old-secret' });
});
afterAll(() => service.close());

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
    const gauge = await (await fetch(service.metricsUrl)).text();
    expect(gauge).toMatch(/cartage_parked_notices\{service="payment-verification",state="refused"\} 1/);
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
