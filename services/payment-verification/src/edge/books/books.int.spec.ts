import { randomUUID } from 'node:crypto';
import { paymentService, type PaymentService } from '../payment-service.fixture';

let service: PaymentService;
beforeAll(async () => {
  service = await paymentService();
});
afterAll(() => service.close());

const paid = async (total = 4000): Promise<string> => {
  const orderId = await service.place({ method: 'card' }, total);
  await service.until(orderId, { status: 'authorized' });
  await service.dispatch(orderId, 1);
  await service.dispatch(orderId, 2);
  await service.until(orderId, { money: { captured: total } });
  return orderId;
};

interface Entry {
  readonly kind: string;
  readonly orderId: string;
  readonly lines: readonly { readonly role: string; readonly debit: number; readonly credit: number; readonly account: string }[];
}
const entriesOf = async (orderId: string): Promise<readonly Entry[]> => {
  const { body } = await service.get('/journal?limit=200');
  return (body.items as unknown as readonly Entry[]).filter((entry) => entry.orderId === orderId);
};

/** The table that a view is in now. */
const tableNamed = async (view: string): Promise<string> => {
  const { rows } = await service.pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'payments' and tablename like $1`,
    [`${view.replaceAll('_', '\\_')}\\_%`],
  );
  return rows[0]?.name ?? '';
};

describe('money explained over HTTP', () => {
  it('names the event of each cent, its lines and its cause, chargebacks too', async () => {
    const orderId = await paid();
    await service.refundDue(orderId, 300);
    await service.until(orderId, { money: { refunded: 300 } });
    const { status, body } = await service.get(`/${orderId}/explanation`);
    expect([status, body]).toMatchObject([200, { orderId, currency: 'GBP', balance: 3700 }]);
    const entries = body['entries'] as readonly {
      effect: number;
      type: string;
      source: string;
      lines: readonly { amount: number }[];
      delivery: number;
      amount: number;
    }[];
    expect(entries.reduce((sum, { effect }) => sum + effect, 0)).toBe(3700);
    const captures = entries.filter(({ type }) => type === 'PaymentCaptured');
    for (const { lines, delivery, amount } of captures) expect(lines.reduce((sum, line) => sum + line.amount, delivery)).toBe(amount);

    const [first] = captures;
    await service.eventually(async () => {
      const answer = await service.post('/chargebacks', { captureId: first?.source, amount: 100, reasonCode: 'fraud' });
      expect(answer.status).toBe(201);
    });
    await service.eventually(async () => expect((await service.get(`/${orderId}/explanation`)).body).toMatchObject({ balance: 3600 }));
  });

  it('knows nothing of an order that there is not', async () =>
    expect(await service.get(`/${'0192f0c0-0000-7000-8000-00000000ffff'}/explanation`)).toMatchObject({
      status: 404,
      body: { code: 'PAYMENT_UNKNOWN' },
    }));
});

describe('the views against the log', () => {
  it('agree, and a row that somebody changed is named', async () => {
    const orderId = await paid();
    await service.eventually(async () => {
      const { body } = await service.get('/verify?limit=200');
      expect(body).toMatchObject({ drifts: [], behind: [], next: null });
      expect(Number(body['checked'])).toBeGreaterThan(0);
    });
    await service.pool.query(`update ${await tableNamed('payment_summary')} set captured = captured - 1 where order_id = $1`, [orderId]);
    expect((await service.get('/verify?limit=200')).body).toMatchObject({
      drifts: [{ orderId, view: 'payment_summary', field: 'captured', shown: 3999, recomputed: 4000 }],
    });
  });
});

describe('the journal over HTTP', () => {
  it('books what goods cost once, whoever tells it again, and names a row that somebody changed', async () => {
    const orderId = await service.place({ method: 'card' });
    await service.until(orderId, { status: 'authorized' });
    const [movementId, lostId] = [randomUUID(), randomUUID()];
    const sold = { movementId, kind: 'sold', orderId, amount: -700 };
    for (const each of [sold, sold, { movementId: lostId, kind: 'adjusted', cause: 'count', amount: -50 }]) await service.value(each);
    await service.value({ ...sold, currency: 'USD', amount: -20 });
    const entries = await service.eventually(async () => {
      const { body } = await service.get('/journal?limit=200');
      const found = (body.items ?? []).filter(({ source }) => source === movementId || source === lostId);
      expect(found).toHaveLength(3);
      return found;
    });
    const lines = (role: string, other: string, amount: number) => [
      { role, debit: 0, credit: amount },
      { role: other, debit: amount, credit: 0 },
    ];
    expect(entries).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'stock-sold', orderId, currency: 'GBP' }),
        expect.objectContaining({ kind: 'stock-sold', orderId, currency: 'USD' }),
        expect.objectContaining({ kind: 'stock-adjusted', orderId: null, currency: 'GBP' }),
      ]),
    );
    expect(entries.find(({ source }) => source === lostId)).toMatchObject({ lines: lines('inventory', 'shrinkage', 50) });
    expect(entries.find(({ currency }) => currency === 'USD')).toMatchObject({ lines: lines('inventory', 'cost-of-goods', 20) });
    const { body: csv } = await service.text('/journal.csv');
    expect(
      csv
        .toString()
        .split('\r\n')
        .filter((row) => row.includes(movementId)),
    ).toHaveLength(4);

    await service.pool.query(
      `update ${await tableNamed('stock_value_movement')} set amount = -699 where order_id = $1 and currency = 'GBP'`,
      [orderId],
    );
    const { body } = await service.get('/verify?limit=200');
    expect((body['drifts'] as readonly object[]).filter((drift) => 'currency' in drift)).toEqual([
      { orderId, view: 'stock_value_movement', field: 'costOfGoods', currency: 'GBP', shown: -699, recomputed: -700 },
    ]);
  });

  it('books what carriers bill, and what is disputed of it, until it is what was said last', async () => {
    const billId = randomUUID();
    const of = { currency: 'GBP', quoted: 1_200, agreed: 1_200, taxes: 0 };
    const found = [{ ...of, billed: 1_400, differences: 0, disputed: 200, creditDue: 0 }];
    await service.bill(billId, 1, found);
    await service.bill(billId, 3, [{ ...of, billed: 1_400, differences: 150, disputed: 0, creditDue: 50 }]);
    for (const late of [2, 1]) await service.bill(billId, late, found);
    await service.bill(billId, 4, [{ ...of, billed: 1_351, differences: 151, disputed: 0, creditDue: 0 }]);
    const balances = await service.eventually(async () => {
      const { body } = await service.get('/journal?limit=200');
      const entries = (body.items ?? []).filter(({ source }) => source === billId) as unknown as readonly Entry[];
      const sums = new Map<string, number>();
      for (const { role, debit, credit } of entries.flatMap(({ lines }) => lines)) sums.set(role, (sums.get(role) ?? 0) + debit - credit);
      expect(sums.get('carrier-payable')).toBe(-1_351);
      return Object.fromEntries(sums);
    });
    expect(balances).toEqual({ 'shipping-expense': 1_200, 'shipping-differences': 151, 'carrier-disputed': 0, 'carrier-payable': -1_351 });
  });

  it('books what was paid for goods that were disposed of, and recomputes what is of no payment, too: write-offs, proceeds, bills', async () => {
    const [movementId, disposalId, billId] = [randomUUID(), randomUUID(), randomUUID()];
    await service.value({ movementId, kind: 'disposed', cause: 'liquidated', amount: -700 });
    for (const _ of [1, 2]) await service.dispose(disposalId, 1_250);
    await service.bill(billId, 1, [
      { currency: 'GBP', quoted: 900, agreed: 900, taxes: 0, billed: 900, differences: 0, disputed: 0, creditDue: 0 },
    ]);
    const mine: readonly string[] = [movementId, disposalId, billId];
    const entries = await service.eventually(async () => {
      const { body } = await service.get('/journal?limit=200');
      const found = (body.items ?? []).filter(({ source }) => mine.includes(String(source)));
      expect(found).toHaveLength(3);
      return found;
    });
    expect(entries.find(({ source }) => source === disposalId)).toMatchObject({
      ...{ kind: 'disposal-proceeds', orderId: null, currency: 'GBP' },
      lines: [
        { role: 'bank', debit: 1_250, credit: 0 },
        { role: 'disposal-proceeds', debit: 0, credit: 1_250 },
      ],
    });

    /** What differs, and how much was compared, a page at a time. */
    const walked = async (limit: number) => {
      const [drifts, pages]: [Record<string, unknown>[], number[]] = [[], []];
      for (let cursor = ''; pages.length < 100;) {
        const { body } = await service.get(`/verify?limit=${limit}${cursor && `&cursor=${cursor}`}`);
        drifts.push(...(body['drifts'] as Record<string, unknown>[]).filter(({ source }) => mine.includes(String(source))));
        pages.push(Number(body['checked']));
        cursor = String(body['next'] ?? '');
        if (cursor === '') break;
      }
      return { drifts, checked: pages.reduce((sum, each) => sum + each, 0) };
    };
    const { checked, drifts } = await walked(200);
    expect(drifts).toEqual([]);
    const changed = [
      ['stock_value_movement', 'stock_movement_id', movementId],
      ['disposal_proceeds_movement', 'disposal_id', disposalId],
      ['carrier_bill_movement', 'bill_id', billId],
    ] as const;
    for (const [view, column, id] of changed)
      await service.pool.query(`update ${await tableNamed(view)} set amount = amount + 1 where ${column} = $1`, [id]);
    const drift = { orderId: null, currency: 'GBP' };
    expect(await walked(1)).toEqual({
      checked,
      drifts: [
        { ...drift, source: movementId, view: 'stock_value_movement', field: 'stock-disposed', shown: -699, recomputed: -700 },
        { ...drift, source: disposalId, view: 'disposal_proceeds_movement', field: 'disposal-proceeds', shown: 1_251, recomputed: 1_250 },
        { ...drift, source: billId, view: 'carrier_bill_movement', field: 'carrier-billed', shown: 901, recomputed: 900 },
      ],
    });
  });

  it('books each movement on two sides, page by page and as a file, on the accounts of the business', async () => {
    const orderId = await paid(9000);
    const entries = await service.eventually(async () => {
      const found = await entriesOf(orderId);
      expect(found.map(({ kind }) => kind)).toEqual(['captured', 'captured']);
      return found;
    });
    for (const { lines } of entries) expect(lines.reduce((sum, { debit, credit }) => sum + debit - credit, 0)).toBe(0);

    expect(await service.put('/journal/accounts/provider-clearing', { code: '1777', name: 'Card providers, "all"' })).toMatchObject({
      status: 200,
    });
    expect((await entriesOf(orderId))[0]?.lines[0]).toMatchObject({ account: '1777' });
    const { headers, body } = await service.text('/journal.csv');
    const rows = body.toString().trim().split('\r\n');
    expect(headers.get('content-type')).toContain('text/csv');
    expect(rows[0]).toBe('date,entry,kind,order,source,account,name,currency,debit,credit');
    const mine = rows.filter((row) => row.includes(orderId));
    expect(mine).toHaveLength(4);
    expect(mine[0]).toMatch(/,1777,"Card providers, ""all""",GBP,\d+\.\d\d,0\.00$/);

    const seen: unknown[] = [];
    let cursor = '';
    do {
      const page = await service.get(`/journal?limit=1${cursor && `&cursor=${cursor}`}`);
      seen.push(...(page.body.items ?? []).map(({ entryId }) => entryId));
      cursor = String(page.body['next'] ?? '');
    } while (cursor !== '');
    expect([new Set(seen).size, seen.length]).toEqual([(rows.length - 1) / 2, (rows.length - 1) / 2]);
    expect((await service.text('/journal.csv?to=2001-01-01T00:00:00Z')).body.toString().trim().split('\r\n')).toHaveLength(1);
  });

  it('has no account for what there is not', async () =>
    expect(await service.put('/journal/accounts/pocket', { code: '1', name: 'Pocket' })).toMatchObject({
      status: 404,
      body: { code: 'ACCOUNT_UNKNOWN' },
    }));
});
