import { newId } from '@cartage/service-kit';
import { eventually } from '@cartage/testkit';
import { ReturnsServer } from './returns-server.fixture';

let server: ReturnsServer;

beforeAll(async () => {
  server = await ReturnsServer.start();
});
afterAll(() => server.stop());

const claimed = (orderId: string, quantity = 1, kind = 'damaged') => ({
  ...{ orderId, photos: ['https://photos.example.com/1.jpg'] },
  lines: [{ lineId: '1', quantity, kind }],
});
const opened = async (orderId: string, quantity?: number): Promise<string> => {
  const { status, body, headers } = await server.post('/returns/claims', claimed(orderId, quantity));
  expect([status, headers.get('location')]).toEqual([201, `/returns/claims/${String(body['claimId'])}`]);
  return `/returns/claims/${String(body['claimId'])}`;
};

describe('claims over HTTP', () => {
  it('are opened with photos, decided by a person, and refunded with delivery where all is gone', async () => {
    const orderId = await server.delivered();
    const path = await opened(orderId, 3);
    expect((await server.get(path)).body).toMatchObject({ status: 'open', photos: ['https://photos.example.com/1.jpg'], refunds: [] });
    const verdict = { decision: 'refund', withDelivery: true, costBearer: 'carrier', note: 'Crushed.' };
    const { status, body } = await server.post(`${path}/decision`, verdict);
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({
        status: 'refund-due',
        decision: 'refund',
        costBearer: 'carrier',
        refunds: [expect.objectContaining({ amount: 3_594 })],
      }),
    ]);
    expect((await server.post(`${path}/decision`, { decision: 'reject', note: 'No.' })).body).toMatchObject({
      status: 409,
      code: 'CLAIM_DECIDED',
    });
  });

  it('hold their units against returns and other claims, and say so by the field', async () => {
    const orderId = await server.delivered();
    await opened(orderId, 3);
    expect((await server.post('/returns/claims', claimed(orderId))).body).toMatchObject({
      ...{ status: 422, code: 'LINE_NOT_CLAIMABLE', errors: [{ field: 'lines[0].quantity' }] },
    });
    expect((await server.get(`/returns/orders/${orderId}/eligible-lines`)).body).toMatchObject({ lines: [{ quantity: 0 }, {}] });
  });

  it('answer a repeat as the first time, and refuse what they do not know by its name', async () => {
    const orderId = await server.delivered();
    const key = { 'idempotency-key': newId() };
    const first = await server.post('/returns/claims', claimed(orderId), key);
    const again = await server.post('/returns/claims', claimed(orderId), key);
    expect([again.body, again.headers.get('cartage-repeated')]).toEqual([first.body, 'true']);
    const wrong = await server.post('/returns/claims', { ...claimed(orderId, 1, 'ugly'), photos: ['file:///etc/passwd'] });
    expect([wrong.status, (wrong.body['errors'] as readonly { field: string }[]).map(({ field }) => field).toSorted()]).toEqual([
      422,
      ['lines[0].kind', 'photos'],
    ]);
    expect((await server.get(`/returns/claims/${newId()}`)).body).toMatchObject({ status: 404, code: 'CLAIM_UNKNOWN' });
  });

  it('ask for the goods back by a return that is allowed at once', async () => {
    const path = await opened(await server.delivered());
    const { body } = await server.post(`${path}/decision`, { decision: 'return', note: 'Let us see it.' });
    expect(body).toMatchObject({ status: 'return-asked', decision: 'return' });
    const rma = await server.get(`/returns/${String(body['returnId'])}`);
    expect(rma.body).toMatchObject({ status: 'authorized', lines: [{ lineId: '1', asked: 1, reasons: ['arrived-damaged'] }] });
  });

  it('are sent again by an order that is known here before it is placed, and listed by how they stand', async () => {
    const orderId = await server.delivered();
    const path = await opened(orderId);
    const { body, headers } = await server.post(`${path}/decision`, { decision: 'send-again', note: 'Send another.' });
    expect(body).toMatchObject({ status: 'sent-again', costBearer: 'merchant' });
    expect(await server.facts.replacedBy(String(body['replacementOrderId']))).toEqual({ orderId, claimId: body['claimId'] });
    const list = `/returns/claims?status=sent-again&orderId=${orderId}&minPosition=${headers.get('cartage-position') ?? ''}`;
    await eventually(async () =>
      expect((await server.get(list)).body['items']).toMatchObject([{ claimId: body['claimId'], units: 1, owed: 0 }]),
    );
    expect((await server.get(`/returns/claims?status=overdue&orderId=${orderId}`)).body['items']).toEqual([]);
  });
});

describe('exchanges over HTTP', () => {
  const line = { lineId: '1', quantity: 1, reason: 'too-small' };
  const exchangeFor = [{ sku: 'MUG-BLUE', quantity: 1, unitPrice: 1_250 }];

  it('are asked for with a return, listed until they are settled, and lapse when the customer keeps it', async () => {
    const orderId = await server.delivered();
    const asked = { orderId, lines: [{ ...line, exchangeFor }] };
    const { status, body } = await server.post('/returns', asked);
    expect([status, body]).toMatchObject([201, { lines: [{ lineId: '1', exchangeFor: [{ sku: 'MUG-BLUE', quantity: 1 }] }] }]);
    const returnId = String(body['returnId']);
    const list = async (filter: string) => (await server.get(`/returns/exchanges?orderId=${orderId}${filter}`)).body['items'];
    await eventually(async () =>
      expect(await list('&status=waiting')).toMatchObject([{ returnId, expected: 1_000, credited: null, advance: false, currency: 'GBP' }]),
    );
    await server.post(`/returns/${returnId}/cancel`, {});
    await eventually(async () => expect(await list('&status=lapsed')).toMatchObject([{ returnId, credited: 0 }]));
    expect(await list('&status=waiting')).toEqual([]);
  });

  it('are refused by the field that is wrong', async () => {
    const orderId = await server.delivered();
    const fieldsOf = async (lines: readonly object[], more: object = {}) =>
      ((await server.post('/returns', { orderId, lines, ...more })).body['errors'] as readonly { field: string }[]).map(
        ({ field }) => field,
      );
    expect(await fieldsOf([{ ...line, exchangeFor }], { advance: true })).toEqual(['advance']);
    expect(await fieldsOf([line, { ...line, exchangeFor }])).toEqual(['lines[1].exchangeFor']);
    expect(await fieldsOf([{ ...line, exchangeFor: [{ sku: '', quantity: 0, unitPrice: -1 }] }])).toEqual([
      'lines[0].exchangeFor[0].sku',
      'lines[0].exchangeFor[0].quantity',
      'lines[0].exchangeFor[0].unitPrice',
    ]);
    expect((await server.get('/returns/exchanges?status=lost')).status).toBe(422);
  });
});
