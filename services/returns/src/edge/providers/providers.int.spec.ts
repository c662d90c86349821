import { createHmac } from 'node:crypto';
import { idFor, newId, webhookHeaders } from '@cartage/service-kit';
import { eventually } from '@cartage/testkit';
import { ReturnsServer, type Answer } from '../returns-server.fixture';
import { ProviderServer, providerSecret } from './provider-server.fixture';

/** As long as `eventually` may need on a busy machine. */
jest.setTimeout(60_000);

const theirs = new ProviderServer();
let server: ReturnsServer;

const providers = '/returns/providers';
const signed = (id: string, notice: object) => webhookHeaders(providerSecret, id, { body: JSON.stringify(notice), now: new Date() });
const says = (notice: object, id = newId()): Promise<Answer> =>
  server.call('POST', `${providers}/loop/webhooks`, notice, signed(id, notice));
const put = (name: string, terms: object): Promise<Answer> => server.call('PUT', `${providers}/${name}`, terms);

beforeAll(async () => {
  server = await ReturnsServer.start();
  const terms = { adapter: 'webhook', endpoint: await theirs.start(), secret: providerSecret, channels: ['web'] };
  expect(await put('loop', terms)).toMatchObject({ status: 200, body: { hasSecret: true, channels: ['web'], revision: 1 } });
});
afterAll(async () => {
  await server.stop();
  await theirs.stop();
});

const toldOf = (orderId: string, type: string) => theirs.taken.filter((message) => message.orderId === orderId && message.type === type);

describe('a returns provider that takes signed JSON', () => {
  it('is told what can be sent back of orders that arrived before it was there, with their terms and what was paid', async () => {
    const orderId = await server.delivered();
    await server.delivered(undefined, { channel: 'shop' });
    const { status, body } = await server.post(`${providers}/loop/catching-up`, {});
    expect([status, body['next']]).toEqual([200, null]);
    await eventually(() => expect(toldOf(orderId, 'order.returnable')).toHaveLength(1));
    expect(toldOf(orderId, 'order.returnable')[0]).toMatchObject({
      provider: 'loop',
      order: {
        ...{ channel: 'web', currency: 'GBP', deliveryPaid: 594 },
        lines: [
          { lineId: '1', sku: 'MUG', quantity: 3, returnable: 3, paid: 3_000, tax: 500, until: expect.any(String) as string },
          { lineId: '2', returnable: 0, obstacle: 'final-sale' },
        ],
      },
    });
    expect(theirs.taken.every(({ order }) => order === undefined || order.channel === 'web')).toBe(true);
  });

  it('approves a return, receives it and says what is owed: early, late and twice, it is one return, one receipt and one refund', async () => {
    const orderId = await server.delivered();
    const reference = `RMA-${orderId}`;
    const lines = [{ lineId: '1', quantity: 2 }];
    const refund = { type: 'refund-due', reference, refundId: 'F-1', amount: 1_500, currency: 'GBP', lines };
    expect((await says(refund, 'early')).body).toMatchObject({ status: 'parked', code: 'RETURN_UNKNOWN' });
    const asked = { type: 'requested', reference, orderId, standing: 'approved', lines: [{ ...lines[0], reason: 'too-small' }] };
    const receipt = { type: 'received', reference, id: 'R-1', location: 'LDN-1', lines };
    for (const [id, notice] of [
      ['asked', asked],
      ['asked', asked],
      ['in', receipt],
      ['in-again', receipt],
      ['early', refund],
    ] as const)
      expect((await says(notice, `${orderId}-${id}`)).body).toMatchObject({ status: 'taken' });
    await eventually(() =>
      expect(toldOf(orderId, 'return.changed').at(-1)).toMatchObject({
        return: {
          reference,
          status: 'received',
          lines: [{ lineId: '1', asked: 2, received: 2 }],
          owed: 1_500,
          refunds: [{ amount: 1_500 }],
        },
      }),
    );
    await eventually(async () => expect((await server.get(`/returns?orderId=${orderId}`)).body['items']).toHaveLength(1));
    expect((await server.get(`${providers}/loop/notices?status=parked`)).body).toMatchObject({ items: [] });
  });

  it('has what it refuses listed, which is mended and told again; so has what it says wrong', async () => {
    const orderId = await server.delivered();
    theirs.refusing.add(orderId);
    await server.asked(orderId, 1);
    const refused = await eventually(async () => {
      const { body } = await server.get(`${providers}/loop/messages?status=refused`);
      expect(body).toMatchObject({ items: [{ orderId, code: 'PROVIDER_REFUSED', faults: [{ field: 'order.lines[0].sku' }] }] });
      return (body['items'] as readonly { readonly messageId: string }[])[0]?.messageId;
    });
    await server.post(`${providers}/loop/messages/${String(refused)}/resubmit`, {});
    await eventually(async () => expect((await server.get(`${providers}/loop/messages?status=refused`)).body).toMatchObject({ items: [] }));
    const wrong = { type: 'requested', reference: 'W-1', orderId, lines: [{ lineId: '9', quantity: 1, reason: 'other' }] };
    const notice = { ...wrong, lines: [{ lineId: '1', quantity: 1, reason: 'other' }] };
    expect((await says(wrong, 'wrong-1')).body).toMatchObject({ status: 'refused', faults: [{ field: 'lines[0].lineId' }] });
    expect((await server.get(`${providers}/loop/notices?status=refused`)).body).toMatchObject({ items: [{ noticeId: 'wrong-1' }] });
    const mended = await server.post(`${providers}/loop/notices/wrong-1/resubmit`, { notice });
    expect(mended.body).toMatchObject({ status: 'taken', tries: 2 });
  });

  it('is believed only when it signs, and is told which field has the wrong form', async () => {
    const notice = { type: 'received', reference: 'RMA-1', lines: [{ sku: 'MUG', quantity: 1 }] };
    expect(await server.call('POST', `${providers}/loop/webhooks`, notice)).toMatchObject({ status: 401 });
    expect(await says(notice)).toMatchObject({ status: 422, body: { errors: [{ field: 'location', code: 'REQUIRED' }] } });
    expect(await says({ ...notice, lines: [{ quantity: 1 }], location: 'LDN-1' })).toMatchObject({
      ...{ status: 422, body: { errors: [{ field: 'lines[0].lineId' }] } },
    });
  });
});

describe('a returns provider that posts in a form of its own', () => {
  it('is known by the shop whose numbers it uses, and what it signs in its way opens a return of that order', async () => {
    const terms = { adapter: 'loop', secret: 'f00dcafe12345678', channels: ['loop-shop'] };
    expect(await put('returns-app', terms)).toMatchObject({ status: 422, body: { errors: [{ field: 'apiKey', code: 'REQUIRED' }] } });
    const apiKey = 'loop-api-key';
    expect(await put('returns-app', { ...terms, apiKey, channels: [] })).toMatchObject({ status: 422, body: { code: 'ONE_CHANNEL' } });
    expect(await put('returns-app', { ...terms, apiKey })).toMatchObject({ status: 200, body: { hasSecret: true } });
    const orderId = await server.delivered(undefined, { orderId: idFor('order', 'loop-shop', '58997314'), channel: 'loop-shop' });
    const body = {
      ...{ topic: 'return', trigger: 'return.created', id: '1673', state: 'open', provider_order_id: '58997314' },
      line_items: [{ provider_line_item_id: 1, return_reason: 'Too small', outcome: 'default' }],
    };
    const signature = createHmac('sha256', terms.secret).update(JSON.stringify(body)).digest('base64');
    const answer = await server.call('POST', `${providers}/returns-app/webhooks`, body, { 'x-loop-signature': signature });
    expect(answer).toMatchObject({ status: 200, body: { status: 'taken', kind: 'requested', reference: '1673', orderId } });
    expect(JSON.stringify((await server.get(providers)).body)).not.toMatch(/f00dcafe|loop-api-key/);
  });
});

describe('the register of returns providers', () => {
  it('gives a channel to one provider, keeps secrets, and says which field is wrong', async () => {
    const terms = { adapter: 'simulated', channels: ['web'] };
    expect(await put('other', terms)).toMatchObject({ status: 409, body: { code: 'CHANNEL_TAKEN', errors: [{ field: 'channels[0]' }] } });
    expect(await put('other', { ...terms, adapter: 'fax' })).toMatchObject({ status: 422, body: { code: 'ADAPTER_UNKNOWN' } });
    expect(await put('other', { adapter: 'csv-folder', channels: [] })).toMatchObject({
      status: 422,
      body: { code: 'ADAPTER_UNAVAILABLE' },
    });
    expect(await put('other', { adapter: 'webhook', channels: [] })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'endpoint' }] },
    });
    const short = { adapter: 'webhook', endpoint: 'https://returns.example.com', secret: 'too-short', channels: [] };
    expect(await put('other', short)).toMatchObject({ status: 422, body: { errors: [{ field: 'secret', code: 'SECRET_INVALID' }] } });
    expect(JSON.stringify((await server.get(providers)).body)).not.toContain(providerSecret);
    expect(await server.get(`${providers}/nobody`)).toMatchObject({ status: 404, body: { code: 'PROVIDER_UNKNOWN' } });
  });
});
