import { randomUUID } from 'node:crypto';
import { paymentService, type PaymentService } from '../payment-service.fixture';

let service: PaymentService;
beforeAll(async () => {
  service = await paymentService();
});
afterAll(() => service.close());

const captured = async () => {
  const orderId = await service.place({ method: 'card' });
  await service.until(orderId, { status: 'authorized' });
  await service.dispatch(orderId);
  await service.until(orderId, { money: { captured: 4000 } });
  const capture = await service.eventually(async () => {
    const { body } = await service.get(`/${orderId}/movements?limit=200`);
    const found = body.items?.find(({ kind }) => kind === 'captured');
    expect(found).toBeDefined();
    return found;
  });
  return { orderId, captureId: String(capture?.['source']) };
};
const inTenDays = new Date(Date.now() + 10 * 86_400_000).toISOString();

describe('chargebacks over HTTP', () => {
  it('are opened for a capture, remind of their answer, take evidence and end', async () => {
    const { orderId, captureId } = await captured();
    const opened = await service.post('/chargebacks', { captureId, amount: 4000, reasonCode: 'not-received', respondBy: inTenDays });
    expect(opened).toMatchObject({ status: 201, body: { orderId, captureId, status: 'open', amount: 4000, respondBy: inTenDays } });
    await service.eventually(async () => {
      await service.passDeadlines();
      expect((await service.get(`/chargebacks?orderId=${orderId}`)).body.items).toMatchObject([
        { status: 'open', remindedAt: expect.any(String) as string },
      ]);
    });
    const path = `/chargebacks/${String(opened.body['chargebackId'])}`;
    const evidence = [{ kind: 'proof-of-delivery', reference: 'POD-1' }];
    expect(await service.post(`${path}/evidence`, { evidence })).toMatchObject({ status: 200, body: { status: 'answered', evidence } });
    const ended = await service.post(`${path}/outcome`, { outcome: 'won' });
    expect(ended).toMatchObject({ status: 200, body: { status: 'won' } });
    const position = ended.headers.get('cartage-position') ?? '';
    expect((await service.get(`/chargebacks?status=won&minPosition=${position}`)).body.items).toMatchObject([{ orderId, status: 'won' }]);
    expect(await service.post(`${path}/evidence`, { evidence })).toMatchObject({ status: 409, body: { code: 'CHARGEBACK_DECIDED' } });
  });

  it('take from what can be refunded, until they are won', async () => {
    const { orderId, captureId } = await captured();
    const opened = await service.post('/chargebacks', { captureId, amount: 3000, reasonCode: 'not-received' });
    expect((await service.get(`/${orderId}`)).body).toMatchObject({ money: { refundable: 1000, chargedBack: 3000 } });
    const goodwill = { amount: 1001 };
    expect(await service.post(`/${orderId}/refunds`, goodwill)).toMatchObject({ status: 422, body: { code: 'REFUND_EXCEEDS_CAPTURED' } });
    await service.post(`/chargebacks/${String(opened.body['chargebackId'])}/outcome`, { outcome: 'won' });
    expect((await service.get(`/${orderId}`)).body).toMatchObject({
      money: { refundable: 4000, chargedBack: 0, chargebacks: [{ captureId, status: 'won' }] },
    });
  });

  it('are the same one when a request is sent again', async () => {
    const { captureId } = await captured();
    const key = { 'idempotency-key': randomUUID() };
    const sent = { captureId, amount: 1, reasonCode: 'fraud' };
    const first = await service.post('/chargebacks', sent, key);
    const again = await service.post('/chargebacks', sent, key);
    expect([again.status, again.body, again.headers.get('cartage-repeated')]).toEqual([201, first.body, 'true']);
  });

  it('take back no more than came in, and only what did', async () => {
    const { captureId } = await captured();
    expect(await service.post('/chargebacks', { captureId, amount: 4001, reasonCode: 'fraud' })).toMatchObject({
      status: 422,
      body: { code: 'CHARGEBACK_EXCEEDS_CAPTURE', errors: [{ field: 'amount' }] },
    });
    expect(await service.post('/chargebacks', { captureId: randomUUID(), amount: 1, reasonCode: 'fraud' })).toMatchObject({
      status: 404,
      body: { code: 'CAPTURE_UNKNOWN' },
    });
    expect((await service.post(`/chargebacks/${randomUUID()}/outcome`, { outcome: 'won' })).status).toBe(404);
  });
});
