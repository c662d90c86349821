import { newId } from '@cartage/service-kit';
import type { Pool } from 'pg';
import { ReturnsServer, type Answer } from './returns-server.fixture';

describe('returns over HTTP', () => {
  let server: ReturnsServer;
  let pool: Pool;

  beforeAll(async () => {
    server = await ReturnsServer.start();
    pool = server.pool;
  });
  afterAll(() => server.stop());

  const call = (method: string, path: string): Promise<Answer> => server.call(method, path);
  const post: ReturnsServer['post'] = (path, sent, headers) => server.post(path, sent, headers);
  const delivered: ReturnsServer['delivered'] = (deliveredAt) => server.delivered(deliveredAt);
  const asking = (orderId: string, quantity: number) => ({ orderId, lines: [{ lineId: '1', quantity, reason: 'too-small' }] });

  it('goes from request to grading at once, without waiting for any view', async () => {
    const asked = await post('/returns', asking(await delivered(), 2));
    expect([asked.status, asked.body]).toEqual([201, expect.objectContaining({ status: 'authorized', currency: 'GBP' })]);
    const path = `/returns/${String(asked.body['returnId'])}`;
    expect(asked.headers.get('location')).toBe(path);
    const received = await post(`${path}/receive`, { location: 'LDN-1', lines: [{ lineId: '1', quantity: 2 }] });
    expect([received.status, received.body['status']]).toEqual([200, 'received']);
    const graded = await post(`${path}/grade`, { lineId: '1', quantity: 1, grade: 'A' });
    expect(graded.body).toMatchObject({
      ...{ owed: 1_000, refunded: 0, lines: [{ asked: 2, received: 2, graded: 1 }] },
      receipts: [{ location: 'LDN-1', lines: [{ lineId: '1', quantity: 2, graded: 1 }] }],
      refunds: [{ status: 'due', amount: 1_000 }],
    });
  });

  it('answers a repeated request as the first time, and refuses its key for another', async () => {
    const orderId = await delivered();
    const key = { 'idempotency-key': newId() };
    const first = await post('/returns', asking(orderId, 1), key);
    const again = await post('/returns', asking(orderId, 1), key);
    expect([again.body, again.headers.get('cartage-repeated')]).toEqual([first.body, 'true']);
    expect((await post('/returns', asking(orderId, 2), key)).body).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', status: 422 });
  });

  it('says what can be sent back, and why the rest cannot', async () => {
    const orderId = await delivered();
    await post('/returns', asking(orderId, 3));
    expect((await call('GET', `/returns/orders/${orderId}/eligible-lines`)).body).toMatchObject({
      lines: [
        { lineId: '1', quantity: 0, reason: 'already-returned' },
        { lineId: '2', quantity: 0, reason: 'final-sale' },
      ],
    });
  });

  it('ends the window with a day, by the clocks of the destination', async () => {
    const { body } = await call('GET', `/returns/orders/${await delivered('2026-01-02T00:01:00.000Z')}/eligible-lines`);
    expect(body).toMatchObject({ lines: [{ quantity: 0, reason: 'window-passed', until: '2026-02-01T23:59:59.999Z' }, {}] });
  });

  it('shows the limits of each policy with their currency', async () => {
    const { body } = await call('GET', '/returns/policies/returns-2026-11');
    expect(body).toMatchObject({ policy: { terms: { windowDays: 30 }, reviewAbove: [{ currency: 'GBP', amount: 50_000 }] } });
  });

  it('names the field of what is wrong, and writes nothing', async () => {
    const orderId = await delivered();
    const { body: problem } = await post('/returns', asking(orderId, 4));
    expect(problem).toMatchObject({ code: 'LINE_NOT_ELIGIBLE', errors: [{ field: 'lines[0].quantity', code: 'QUANTITY_NOT_RETURNABLE' }] });
    expect((await post('/returns', { ...asking(orderId, 1), reason: 'x' })).body).toMatchObject({
      errors: [{ field: 'reason', code: 'UNKNOWN_FIELD' }],
    });
    expect((await post('/returns', { ...asking(orderId, 1), lines: [null] })).body).toMatchObject({ errors: [{ field: 'lines[0]' }] });
    expect((await post('/returns', asking(newId(), 1))).status).toBe(404);
    expect((await call('GET', '/returns/42')).body).toMatchObject({ code: 'ID_INVALID', errors: [{ field: 'returnId' }] });
    const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from events where stream = $1', [`return-${orderId}`]);
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('refuses to act upon an older version', async () => {
    const { body, headers } = await post('/returns', asking(await delivered(), 2));
    const receive = (etag: string) =>
      post(
        `/returns/${String(body['returnId'])}/receive`,
        { location: 'LDN-1', lines: [{ lineId: '1', quantity: 1 }] },
        { 'if-match': etag },
      );
    expect((await receive('"1"')).body).toMatchObject({ status: 412, code: 'VERSION_MISMATCH' });
    expect((await receive(headers.get('etag') ?? '')).status).toBe(200);
  });

  it('receives a parcel in parts at two docks, with what nobody announced, and books each where it is', async () => {
    const orderId = await delivered();
    const { body: asked } = await post('/returns', asking(orderId, 2));
    const path = `/returns/${String(asked['returnId'])}`;
    const docks = [
      post(`${path}/receive`, { location: 'LDN-1', lines: [{ lineId: '1', quantity: 1 }] }),
      post('/returns/receipts', {
        orderId,
        location: 'PAR-1',
        lines: [
          { sku: 'MUG', quantity: 1 },
          { sku: 'STRANGE', quantity: 1 },
        ],
      }),
    ];
    expect((await Promise.all(docks)).map(({ status }) => status)).toEqual([200, 201]);
    const graded = [
      await post(`${path}/grade`, { sku: 'MUG', quantity: 1, grade: 'A' }),
      await post(`${path}/grade`, { sku: 'MUG', quantity: 1, grade: 'A' }),
      await post(`${path}/grade`, { sku: 'STRANGE', quantity: 1, grade: 'B' }),
    ];
    expect(graded.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { rows } = await pool.query<{ data: Record<string, unknown> }>(
      `select data from events where stream = $1 and type = 'ItemGraded' order by version`,
      [`return-${orderId}`],
    );
    expect(rows.map(({ data }) => [data['sku'], data['location']]).toSorted()).toEqual([
      ['MUG', 'LDN-1'],
      ['MUG', 'PAR-1'],
      ['STRANGE', 'PAR-1'],
    ]);
    expect(graded.at(-1)?.body).toMatchObject({ owed: 2_000 });
  });

  it('refuses goods at a location that nobody knows, before anything is refunded, and a grade for what is missing', async () => {
    const orderId = await delivered();
    const { body: asked } = await post('/returns', asking(orderId, 1));
    const path = `/returns/${String(asked['returnId'])}`;
    const lines = [{ lineId: '1', quantity: 1 }];
    expect((await post(`${path}/receive`, { location: 'NOWHERE', lines })).body).toMatchObject({
      ...{ status: 422, code: 'LOCATION_UNKNOWN', errors: [{ field: 'location' }] },
    });
    expect((await call('GET', path)).body).toMatchObject({ status: 'authorized', receipts: [], owed: 0 });
    await post(`${path}/receive`, { location: 'LDN-1', lines });
    expect((await post(`${path}/grade`, { ...lines[0], grade: 'A', disposition: 'missing' })).body).toMatchObject({
      ...{ code: 'GRADE_OF_MISSING', errors: [{ field: 'grade' }] },
    });
    expect((await post(`${path}/grade`, { ...lines[0], disposition: 'missing' })).body).toMatchObject({
      ...{ status: 'authorized', owed: 0, lines: [{ received: 0 }] },
    });
  });

  it('lists returns newest first, by order and status, page by page', async () => {
    const orderId = await delivered();
    await post('/returns', asking(orderId, 1));
    const { headers } = await post('/returns', asking(orderId, 1));
    const list = `/returns?orderId=${orderId}&limit=1&minPosition=${headers.get('cartage-position') ?? ''}`;
    const first = await call('GET', list);
    const second = await call('GET', `${list}&cursor=${String(first.body['next'])}`);
    const ids = [first, second].flatMap(({ body }) =>
      (body['items'] as readonly { readonly returnId: string }[]).map(({ returnId }) => returnId),
    );
    expect([new Set(ids).size, second.body['next']]).toEqual([2, null]);
  });
});
