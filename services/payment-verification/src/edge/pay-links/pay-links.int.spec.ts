import { randomUUID } from 'node:crypto';
import { paymentService, type PaymentService } from '../payment-service.fixture';
import { signatureOf } from '../webhooks/signature';

let service: PaymentService;
beforeAll(async () => {
  service = await paymentService({
    ...{ PAYMENT_WEBHOOK_SECRETS: 'simulated=the-secret', PAY_LINK_URL: 'https://shop.example/pay/{token}' },
    PAYMENT_RECOVERY_SECONDS: '3600',
  });
});
afterAll(() => service.close());

const SHOP = 'https://shop.example/pay/';

/** An order whose card was declined. */
const declined = async (): Promise<string> => {
  const token = await service.seal('customer-7', { token: 'tok_decline' });
  const orderId = await service.place({ method: 'card' }, 4000, {
    payments: [{ paymentId: randomUUID(), method: 'card', amount: 4000, token }],
  });
  await service.until(orderId, { status: 'declined' });
  return orderId;
};
const made = async (orderId: string, body: object = {}, key = randomUUID()) => {
  const answer = await service.post(`/${orderId}/links`, body, { 'idempotency-key': key });
  const url = String(answer.body['url']);
  return { ...answer, url, linkId: String(answer.body['linkId']), token: url.slice(SHOP.length) };
};
const open = (token: string) => service.get(`/links/${token}`);
const pay = (token: string) => service.post(`/links/${token}/payments`, {});
const told = (fact: object) => {
  const body = JSON.stringify({ notices: [{ id: `n-${randomUUID()}`, at: new Date().toISOString(), currency: 'GBP', ...fact }] });
  const headers = { 'content-type': 'application/json', 'simulated-signature': signatureOf('the-secret', body, new Date()) };
  return service.post('/webhooks/simulated', body, headers);
};
const pendingOf = async (orderId: string): Promise<string> => {
  const { body } = await service.get(`/${orderId}`);
  const tenders = body['payments'] as readonly { authorizations: readonly { status: string; reference?: string }[] }[];
  return tenders.flatMap(({ authorizations }) => authorizations).find(({ status }) => status === 'pending')?.reference ?? '';
};
const eventsOf = async (orderId: string, type: string) =>
  (await service.pool.query('select data::jsonb as data from events where stream = $1 and type = $2', [`payment-${orderId}`, type])).rows;

describe('a pay link', () => {
  it('shows what is due with the digits of its currency and nothing personal, and is completed by a webhook', async () => {
    const orderId = await declined();
    const { status, url, token, body } = await made(orderId);
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { orderId, token, status: 'open', currency: 'GBP', exponent: 2, due: 4000 },
    });
    expect(url).toMatch(/^https:\/\/shop\.example\/pay\/[\w-]{43}\.[\w-]{43}$/);
    const shown = await open(token);
    expect(Object.keys(shown.body).toSorted()).toEqual(['currency', 'due', 'expiresAt', 'exponent', 'status']);
    expect(shown.headers.get('cache-control')).toBe('no-store');
    expect(await pay(token)).toMatchObject({ status: 200, body: { status: 'begun', due: 4000, action: { kind: 'redirect' } } });
    expect(await told({ kind: 'authorized', reference: await pendingOf(orderId), amount: 4000 })).toMatchObject({ status: 200 });
    await service.until(orderId, { status: 'authorized' });
    expect((await open(token)).body).toMatchObject({ status: 'paid', due: 0 });
    expect(await pay(token)).toMatchObject({ status: 409, body: { code: 'PAY_LINK_PAID' } });
    expect(await made(orderId)).toMatchObject({ status: 409, body: { code: 'NOTHING_DUE' } });
  });

  it('is one for what is due, whoever asks and however often, and begins one payment for a crowd', async () => {
    const orderId = await declined();
    const key = randomUUID();
    const all = await Promise.all([made(orderId, {}, key), made(orderId, {}, key), made(orderId), made(orderId)]);
    expect(new Set(all.map(({ url }) => url)).size).toBe(1);
    const token = all[0]?.token ?? '';
    const paid = await Promise.all(Array.from({ length: 6 }, () => pay(token)));
    expect(paid.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(await eventsOf(orderId, 'PayLinkUsed')).toHaveLength(1);
    expect(await eventsOf(orderId, 'PaymentPending')).toHaveLength(1);
  });

  it('takes what is due now, not what was when it was made', async () => {
    const orderId = await declined();
    const { token } = await made(orderId);
    await service.sayOrder(orderId, {
      type: 'LineCancelled',
      data: {
        ...{ orderId, cancellationId: randomUUID() },
        lines: [{ lineId: '1', sku: 'MUG', quantity: 1 }],
        reason: { code: 'customer', by: 'customer' },
        cancelledAt: service.now,
      },
    });
    await service.eventually(async () => expect(Number((await open(token)).body['due'])).toBeLessThan(4000));
    const { due } = (await open(token)).body;
    await pay(token);
    expect(await eventsOf(orderId, 'PayLinkUsed')).toMatchObject([{ data: { amount: due } }]);
  });

  it('is of no use once it was taken back, or to whoever made it up from another one', async () => {
    const [orderId, other] = [await declined(), await declined()];
    const [mine, theirs] = [await made(orderId), await made(other)];
    const [[payload], [, signature]] = [mine.token.split('.'), theirs.token.split('.')];
    for (const token of [`${payload}.${signature}`, `${mine.token}x`, mine.token.slice(1), 'x', `${'A'.repeat(43)}.${'A'.repeat(43)}`])
      expect(await open(token)).toMatchObject({ status: 404, body: { code: 'PAY_LINK_UNKNOWN' } });
    expect(await service.remove(`/${other}/links/${mine.linkId}`)).toMatchObject({ status: 404, body: { code: 'PAY_LINK_UNKNOWN' } });
    expect(await service.remove(`/${orderId}/links/${mine.linkId}`)).toMatchObject({ status: 200, body: { status: 'revoked' } });
    expect((await open(mine.token)).body).toMatchObject({ status: 'revoked' });
    expect(await pay(mine.token)).toMatchObject({ status: 409, body: { code: 'PAY_LINK_REVOKED' } });
    const again = await made(orderId);
    expect(again.token).not.toBe(mine.token);
    expect((await service.get(`/${orderId}/links`)).body.items).toMatchObject([{ status: 'revoked' }, { status: 'open' }]);
  });

  it('is sent when that is asked for: once for each request', async () => {
    const orderId = await declined();
    const key = randomUUID();
    const { url } = await made(orderId, { send: true, hours: 2 }, key);
    await made(orderId, { send: true, hours: 2 }, key);
    expect(await eventsOf(orderId, 'PayLinkOffered')).toMatchObject([
      { data: { orderId, link: { box: expect.any(String) as string }, amount: 4000 } },
    ]);
    expect(JSON.stringify(await eventsOf(orderId, 'PayLinkOffered'))).not.toContain(url.slice(SHOP.length));
    await made(orderId, { send: true });
    expect(await eventsOf(orderId, 'PayLinkOffered')).toHaveLength(2);
    expect(await made(orderId, { hours: 0 })).toMatchObject({ status: 422, body: { errors: [{ field: 'hours' }] } });
  });

  it('has a page, in the language of the browser, that does nothing but ask us', async () => {
    const { token } = await made(await declined());
    const page = await service.text(`/links/${token}/page`);
    const html = page.body.toString();
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*script-src 'sha256-/);
    expect(html).toContain('£40.00');
    expect(html).toContain('<html lang="en" dir="ltr">');
  });
});
