import { randomUUID } from 'node:crypto';
import { paymentService, type Body, type PaymentService } from '../payment-service.fixture';

let service: PaymentService;
beforeAll(async () => {
  service = await paymentService({ SETTLEMENT_SECONDS: '1' });
  const columns = { kind: 'Type', reference: 'Id', orderNumber: 'Order', gross: 'Gross', fee: 'Fee', settledAt: 'Day' };
  const mapping = { columns, currency: 'GBP', dateFormat: 'dd/MM/yyyy', delimiter: ';' };
  const shop = { overdueDays: 3, providers: ['simulated'], mapping };
  expect(await service.put('/settlement-sources/shop', shop)).toMatchObject({ status: 200, body: { settlementSource: 'shop' } });
  const courier = {
    columns: { trackingNumber: 'AWB', gross: 'COD', settledAt: 'Day' },
    kind: 'cod-remittance',
    currency: 'GBP',
    signs: 'unsigned',
  };
  expect((await service.put('/settlement-sources/courier', { overdueDays: 10, carriers: ['simulated'], mapping: courier })).status).toBe(
    200,
  );
});
afterAll(() => service.close());

const header = 'Type;Id;Order;Gross;Fee;Day';
const send = (rows: readonly string[], query = '') =>
  service.post(`/settlements?settlementSource=shop${query}`, `${[header, ...rows].join('\n')}\n`);
const courierFile = (rows: readonly string[]) => service.post('/settlements?settlementSource=courier', `AWB,COD,Day\n${rows.join('\n')}\n`);
const linesOf = async (query: string): Promise<readonly Body[]> => (await service.get(`/settlements/lines?${query}`)).body.items ?? [];
/** Once the views show it. */
const lines = (query: string, expected: readonly object[]) =>
  service.eventually(async () => {
    const found = await linesOf(query);
    expect(found).toMatchObject(expected);
    expect(found).toHaveLength(expected.length);
    return found;
  });

type Balances = Readonly<Record<string, number>>;

/** That the books hold this of an order, at least up to a position. */
const hold = async (orderId: string, expected: Balances, position?: string | null): Promise<void> => {
  const { body } = await service.get(`/journal?limit=200${position ? `&minPosition=${position}` : ''}`);
  const booked = (body.items ?? [])
    .filter((entry) => entry['orderId'] === orderId)
    .flatMap((entry) => entry['lines'] as readonly { role: string; debit: number; credit: number }[]);
  const balance = (role: string) => booked.filter((each) => each.role === role).reduce((sum, each) => sum + each.debit - each.credit, 0);
  expect(Object.fromEntries(Object.keys(expected).map((role) => [role, balance(role)]))).toEqual(expected);
};

/** The same, once they show it. */
const balances = (orderId: string, expected: Balances): Promise<void> => service.eventually(() => hold(orderId, expected));

const captured = async (total = 4000, changes: Parameters<PaymentService['place']>[2] = {}) => {
  const orderId = await service.place({ method: 'card' }, total, changes);
  await service.until(orderId, { status: 'authorized' });
  await service.dispatch(orderId);
  const reference = await service.eventually(async () => {
    const { body } = await service.get(`/${orderId}/movements?limit=200`);
    const found = body.items?.find(({ kind }) => kind === 'captured');
    expect(found).toBeDefined();
    return String(found?.['reference']);
  });
  return { orderId, reference };
};

describe('a settlement file', () => {
  it('is compared with what was captured; its rows that are wrong are listed, mended and sent again; sent twice it changes nothing', async () => {
    const { orderId, reference } = await captured();
    const rows = [
      `charge;${reference};;40.00;1.20;20/11/2026`,
      'fee;;;-2.00;;20/11/2026',
      'charge;x;;4,0;;20/11/2026',
      'payout;;;36.80;;21/11/2026',
    ];
    const first = await send(rows);
    expect(first).toMatchObject({ status: 200, body: { status: 'done', records: 4, imported: 3, rejected: 1, lastLine: 5 } });
    expect((await send(rows)).body).toEqual(first.body);
    const id = String(first.body['settlementId']);
    expect((await service.get(`/settlements/${id}/rejections`)).body.items).toMatchObject([
      { line: 4, field: 'Gross', code: 'AMOUNT_INVALID' },
    ]);

    const mended = await send([rows[0] ?? '', 'charge;nobody-knows;;4.00;;20/11/2026'], `&mends=${id}`);
    expect(mended.body).toMatchObject({ settlementId: id, imported: 1, unchanged: 1, rejected: 0 });
    await lines(`settlementId=${id}&orderId=${orderId}`, [
      { outcome: 'matched', gross: 4000, fee: 120, net: 3880, expected: 4000, open: false },
    ]);
    await service.eventually(async () =>
      expect((await service.get(`/settlements/${id}`)).body).toMatchObject({
        files: [{ fileId: id }, { fileId: mended.body['fileId'] }],
        totals: [{ currency: 'GBP', lines: 3, net: 4080, payout: 3680, unexplained: 400, matched: 3680, mismatched: 400 }],
      }),
    );
    const listed = (await service.get('/settlements?limit=200')).body.items?.map(({ fileId }) => fileId);
    expect(listed).toEqual(expect.arrayContaining([id, mended.body['fileId']]));
  });

  it('has lines that come before what they speak of: they wait, and are matched when it moves', async () => {
    const externalOrderId = `W-${randomUUID()}`;
    const orderId = await service.place({ method: 'card' }, 4000, { externalOrderId });
    await service.until(orderId, { status: 'authorized' });
    const reference = `later-${randomUUID()}`;
    const { body } = await send([`charge;${reference};${externalOrderId};40.00;0;20/11/2026`, `charge;;${orderId};1.00;0;22/11/2026`]);
    const settlementId = `settlementId=${String(body['settlementId'])}`;
    await lines(settlementId, [
      { outcome: 'unmatched', open: true },
      { outcome: 'unmatched', open: true },
    ]);
    await service.dispatch(orderId);
    await lines(settlementId, [
      { orderId, outcome: 'double' },
      { orderId, outcome: 'matched' },
    ]);
  });

  it('of balance transactions of Stripe needs no mapping', async () => {
    const { orderId, reference } = await captured();
    const transaction = {
      id: `txn_${randomUUID()}`,
      type: 'charge',
      amount: 4000,
      fee: 80,
      net: 3920,
      currency: 'gbp',
      created: 1795132800,
      source: reference,
    };
    const headers = { 'content-type': 'application/x-ndjson' };
    const sent = await service.post('/settlements?settlementSource=stripe', `${JSON.stringify(transaction)}\n`, headers);
    expect(sent).toMatchObject({ status: 200, body: { imported: 1, rejected: 0 } });
    await lines(`orderId=${orderId}`, [{ outcome: 'matched', fee: 80 }]);
  });

  it('is taken from known sources only, and mends what is there', async () => {
    expect(await service.post('/settlements?settlementSource=nobody', 'a\n')).toMatchObject({
      status: 404,
      body: { code: 'SETTLEMENT_SOURCE_UNKNOWN' },
    });
    expect(await send([], `&mends=${randomUUID()}`)).toMatchObject({ status: 404, body: { code: 'SETTLEMENT_UNKNOWN' } });
    expect(await service.put('/settlement-sources/odd', { overdueDays: 1, mapping: {} })).toMatchObject({
      status: 422,
      body: { code: 'MAPPING_INVALID', errors: [{ field: 'columns.settledAt' }, {}, {}, {}] },
    });
  });
});

describe('a line that does not agree', () => {
  it('is closed with a reason, and the books balance', async () => {
    const { orderId, reference } = await captured();
    await send([`charge;${reference};;39.00;1.00;20/11/2026`]);
    const [line] = await lines(`orderId=${orderId}&open=true`, [{ outcome: 'short', expected: 4000 }]);
    const path = `/settlements/lines/${String(line?.['settlementLineId'])}/resolution`;
    const key = { 'idempotency-key': randomUUID() };
    const sent = { resolution: 'write-off', reasonCode: 'bank-charges' };
    const closed = await service.post(path, sent, key);
    expect(closed).toMatchObject({ status: 200, body: { open: false, resolution: 'write-off', reason: 'bank-charges' } });
    expect((await service.post(path, sent, key)).headers.get('cartage-repeated')).toBe('true');
    expect(await service.post(path, { ...sent, resolution: 'claim' })).toMatchObject({ status: 409, body: { code: 'MISMATCH_RESOLVED' } });

    const booked = { bank: 3800, fees: 100, 'provider-clearing': 0, 'settlement-differences': 100 };
    await hold(orderId, booked, closed.headers.get('cartage-position'));
    await service.eventually(async () =>
      expect((await service.get(`/cash-cycle/${orderId}`)).body['steps']).toMatchObject([
        { captured: 4000, settled: 4000, settledAt: expect.any(String) as string },
      ]),
    );
  });

  it('is named where payments are verified, and is none where a line agrees', async () => {
    const { orderId, reference } = await captured();
    await send([`charge;${reference};;41.00;0;20/11/2026`]);
    await lines(`orderId=${orderId}`, [{ outcome: 'over' }]);
    await service.eventually(async () =>
      expect((await service.get('/verify?limit=200')).body['mismatches']).toEqual(
        expect.arrayContaining([expect.objectContaining({ orderId, outcome: 'over', gross: 4100, expected: 4000 })]),
      ),
    );
    expect(await service.post(`/settlements/lines/${randomUUID()}/resolution`, { resolution: 'claim', reasonCode: 'asked' })).toMatchObject(
      {
        status: 404,
        body: { code: 'SETTLEMENT_LINE_UNKNOWN' },
      },
    );
  });
});

describe('cash on delivery that was short', () => {
  it('stands among what waits for somebody until it ends, in the account, the books and the courier’s file', async () => {
    const orderId = await service.place({ method: 'cod' });
    await service.until(orderId, { status: 'cod-accepted' });
    const shipmentId = await service.dispatch(orderId);
    await service.deliver(orderId, shipmentId);
    await service.until(orderId, { money: { collected: 4000 } });
    const path = `/${orderId}/collections/${shipmentId}`;
    const short = await service.post(`${path}/short`, { collected: 3000, reasonCode: 'customer-had-less' });
    expect(short).toMatchObject({
      status: 200,
      body: { money: { collected: 3000 }, attention: [{ matter: 'cod-short', subject: shipmentId, amount: 1000 }] },
    });
    expect(await service.post(`${path}/short`, { collected: 3500, reasonCode: 'typo' })).toMatchObject({
      status: 422,
      body: { code: 'COD_NOT_SHORT', errors: [{ field: 'collected' }] },
    });
    const position = short.headers.get('cartage-position') ?? '';
    expect((await service.get(`?attention=cod-short&minPosition=${position}`)).body.items).toMatchObject([{ orderId }]);

    await service.post(`${path}/resolution`, { resolution: 'write-off', amount: 400, reasonCode: 'goodwill' });
    const claimed = await service.post(`${path}/resolution`, { resolution: 'claim', reasonCode: 'carrier-lost-it' });
    expect(claimed).toMatchObject({ status: 200, body: { money: { collected: 3600, discrepancies: [] }, attention: [] } });
    expect(await service.post(`${path}/resolution`, { resolution: 'claim', reasonCode: 'again' })).toMatchObject({
      status: 409,
      body: { code: 'NOTHING_SHORT' },
    });

    const at = claimed.headers.get('cartage-position') ?? '';
    await service.eventually(async () => {
      const waiting = (await service.get('/outstanding?carrier=simulated&limit=200')).body.items ?? [];
      const amounts = waiting.filter((each) => each['orderId'] === orderId).map(({ amount }) => Number(amount));
      expect(amounts.reduce((sum, each) => sum + each, 0)).toBe(3600);
    });
    expect(await service.get(`/verify?limit=200&minPosition=${at}`)).toMatchObject({ body: { drifts: [] } });
    await courierFile([`T-${shipmentId},36.00,2026-11-24`]);
    await lines(`orderId=${orderId}`, [{ outcome: 'matched', expected: 3600 }]);
    await service.until(orderId, { money: { collected: 3600, remitted: 3600 } });
    await balances(orderId, { bank: 3600, 'carrier-clearing': 0, 'settlement-differences': 400, receivable: -4000 });
  });
});

describe('cash on delivery', () => {
  it('is outstanding until the courier’s file hands it over, by its tracking number', async () => {
    const orderId = await service.place({ method: 'cod' });
    await service.until(orderId, { status: 'cod-accepted' });
    const shipmentId = await service.dispatch(orderId);
    await service.eventually(async () => {
      const { body } = await service.get('/cash-cycle');
      expect(body['items']).toEqual(expect.arrayContaining([expect.objectContaining({ stage: 'to-collect', channel: 'web' })]));
    });
    await service.deliver(orderId, shipmentId);
    await service.until(orderId, { money: { collected: 4000, remitted: 0 } });
    const waiting = () => service.get('/outstanding?carrier=simulated&limit=200');
    await service.eventually(async () =>
      expect((await waiting()).body.items).toMatchObject([
        { orderId, kind: 'collected', settlementSource: 'courier', amount: 4000, overdue: false },
      ]),
    );
    await service.eventually(async () =>
      expect((await service.get('/outstanding/ageing')).body['items']).toEqual(
        expect.arrayContaining([expect.objectContaining({ carrier: 'simulated', age: '0-7', count: 1, amount: 4000, overdue: 0 })]),
      ),
    );

    const file = await courierFile([`T-${shipmentId},40.00,2026-11-24`]);
    expect(file.body).toMatchObject({ imported: 1, rejected: 0 });
    await service.until(orderId, { money: { collected: 4000, remitted: 4000 } });
    await lines(`orderId=${orderId}`, [{ kind: 'cod-remittance', outcome: 'matched' }]);
    await service.eventually(async () => expect((await waiting()).body.items).toEqual([]));
    await service.eventually(async () =>
      expect((await service.get(`/cash-cycle/${orderId}`)).body['steps']).toMatchObject([
        { shipmentId, collected: 4000, remitted: 4000, settled: 4000, deliveredAt: expect.any(String) as string },
      ]),
    );
    await balances(orderId, { bank: 4000, 'carrier-clearing': 0 });
  });
});

describe('what a carrier owes for a parcel that it lost', () => {
  it('is a receivable until its file pays it, or nobody waits for it any more, and the books balance', async () => {
    const { orderId } = await captured();
    const shipmentId = randomUUID();
    await service.claim(orderId, shipmentId, { accepted: 4000 });
    await service.claim(orderId, shipmentId, { paid: 500 });
    const claims = async () => (await service.get('/carrier-claims?carrier=simulated&limit=200')).body.items ?? [];
    const standing = (expected: object) =>
      service.eventually(async () => expect((await claims()).find((each) => each['claimId'] === shipmentId)).toMatchObject(expected));
    await standing({ owed: 4000, settled: 500, open: 3500 });
    const outstanding = async () => (await service.get('/outstanding?carrier=simulated&limit=200')).body.items ?? [];
    await service.eventually(async () => {
      const owed = { orderId, kind: 'claimed', subject: shipmentId, settlementSource: 'courier', amount: 3500 };
      expect(await outstanding()).toEqual(expect.arrayContaining([expect.objectContaining(owed)]));
    });

    const mapping = { columns: { trackingNumber: 'AWB', gross: 'Paid', settledAt: 'Day' }, kind: 'carrier-claim', currency: 'GBP' };
    expect((await service.put('/settlement-sources/lost-desk', { overdueDays: 30, mapping })).status).toBe(200);
    await service.post('/settlements?settlementSource=lost-desk', `AWB,Paid,Day\nT-${shipmentId},30.00,2026-11-24\n`);
    await standing({ settled: 3500, open: 500 });
    await lines(`orderId=${orderId}`, [{ kind: 'carrier-claim', outcome: 'short', expected: 3500, open: true }]);
    const path = `/carrier-claims/${shipmentId}/write-off`;
    expect(await service.post(path, { amount: 501, reasonCode: 'typo' })).toMatchObject({ status: 422, body: { code: 'CLAIM_EXCEEDED' } });
    const done = await service.post(path, { reasonCode: 'not-worth-it' });
    expect(done).toMatchObject({ status: 200, body: { writtenOff: 500, open: 0 } });
    expect(await service.post(path, { reasonCode: 'again' })).toMatchObject({ status: 409, body: { code: 'NOTHING_OWED' } });
    await service.eventually(async () => expect((await outstanding()).filter(({ kind }) => kind === 'claimed')).toEqual([]));
    await lines(`orderId=${orderId}`, [{ outcome: 'matched', open: false }]);

    const booked = { bank: 3500, 'carrier-claims': 0, 'carrier-compensation': -4000, 'settlement-differences': 500 };
    await balances(orderId, booked);
  });
});
