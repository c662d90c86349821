import { newId } from '@cartage/service-kit';
import { place } from './edge/inventory.fixture';
import { inventoryOverHttp, type InventoryOverHttp } from './over-http.fixture';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let inventory: InventoryOverHttp;

beforeAll(async () => {
  inventory = await inventoryOverHttp();
  for (const code of ['COST-1', 'COST-2']) await inventory.ask('PUT', `locations/${code}`, { ...place });
});
afterAll(() => inventory.close());

type Answered = Awaited<ReturnType<InventoryOverHttp['ask']>>;
const post = async (path: string, body: object): Promise<Answered> => {
  const answer = await inventory.ask('POST', path, body, { 'idempotency-key': newId() });
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer;
};
const gbp = (amount: number) => ({ amount, currency: 'GBP' });
const receive = (sku: string, quantity: number, cost?: object) =>
  post('receipts', { location: 'COST-1', lines: [{ sku, quantity, ...(cost ? { cost } : {}) }] });

/** What a SKU cost, once everything up to an answer is booked. */
const valuesOf = async (sku: string, after: Answered): Promise<readonly object[]> => {
  const { status, body } = await inventory.ask('GET', `stock-values?sku=${sku}&minPosition=${after.headers.get('cartage-position')}`);
  expect(status).toBe(200);
  return body['items'] as readonly object[];
};
const itemsOf = async (path: string): Promise<readonly object[]> => (await inventory.ask('GET', path)).body['items'] as readonly object[];

/** What the books are told of a SKU, as it is published. */
const toldOf = async (sku: string): Promise<readonly (readonly [kind: string, amount: number])[]> => {
  const { rows } = await inventory.sql.query<{ readonly kind: string; readonly amount: number }>(
    `select data ->> 'kind' as kind, (data ->> 'amount')::int as amount from events
     where type = 'StockValued' and data -> 'lines' -> 0 ->> 'sku' = $1 order by position`,
    [sku],
  );
  return rows.map(({ kind, amount }) => [kind, amount]);
};

it('what comes has a cost, what is lost takes its share, transfers carry it, and it is known as of any time', async () => {
  await receive('LAMP', 3, gbp(1_000));
  const first = await receive('LAMP', 1, gbp(201));
  expect(await valuesOf('LAMP', first)).toEqual([
    { sku: 'LAMP', location: 'COST-1', units: 4, unvalued: 0, value: [{ currency: 'GBP', amount: 1_201 }] },
  ]);
  await inventory.sql.query(`update stock_cost_entry set at = at - interval '2 days' where sku = 'LAMP'`);
  const transfer = await post('transfers', { from: 'COST-1', to: 'COST-2', lines: [{ sku: 'LAMP', quantity: 2 }] });
  const path = `transfers/${String(transfer.body['transferId'])}`;
  const sent = await post(`${path}/dispatch`, {});
  expect(await valuesOf('LAMP', sent)).toMatchObject([
    { location: null, units: 2, value: [{ currency: 'GBP', amount: 601 }] },
    { location: 'COST-1', units: 2, value: [{ currency: 'GBP', amount: 600 }] },
  ]);
  const lost = await post('adjustments', { location: 'COST-1', sku: 'LAMP', quantity: -1, cause: 'damage' });
  expect(await valuesOf('LAMP', lost)).toMatchObject([{ location: null }, { units: 1, value: [{ currency: 'GBP', amount: 300 }] }]);
  const yesterday = new Date(Date.now() - 86_400_000).toISOString();
  expect(await itemsOf(`stock-values?sku=LAMP&asOf=${yesterday}`)).toEqual([
    { sku: 'LAMP', location: 'COST-1', units: 4, unvalued: 0, value: [{ currency: 'GBP', amount: 1_201 }] },
  ]);
  expect(await itemsOf(`stock-values/totals?asOf=${yesterday}`)).toEqual([
    { location: 'COST-1', units: 4, unvalued: 0, value: [{ currency: 'GBP', amount: 1_201 }] },
  ]);
  expect(await itemsOf('stock-values/totals?location=COST-1')).toMatchObject([{ units: 1, value: [{ currency: 'GBP', amount: 300 }] }]);
  expect(await itemsOf('stock-values/movements?sku=LAMP')).toEqual([
    { kind: 'adjusted', cause: 'damage', units: -1, unvalued: 0, value: [{ currency: 'GBP', amount: -300 }] },
    { kind: 'received', cause: null, units: 4, unvalued: 0, value: [{ currency: 'GBP', amount: 1_201 }] },
    { kind: 'transferred', cause: null, units: 0, unvalued: 0, value: [] },
  ]);
  expect(await toldOf('LAMP')).toEqual([
    ['received', 1_000],
    ['received', 201],
    ['transferred', 0],
    ['adjusted', -300],
  ]);
  // Whoever follows the log from its beginning again tells nobody anything twice.
  await inventory.sql.query(
    `begin; truncate stock_cost, stock_cost_basis, stock_cost_entry; update stock_cost_place set position = ''; commit`,
  );
  expect(await valuesOf('LAMP', await receive('LAMP', 1, gbp(5)))).toMatchObject([
    { location: null, units: 2, value: [{ currency: 'GBP', amount: 601 }] },
    { location: 'COST-1', units: 2, value: [{ currency: 'GBP', amount: 305 }] },
  ]);
  expect((await toldOf('LAMP')).map(([kind]) => kind)).toEqual(['received', 'received', 'transferred', 'adjusted', 'received']);
});

it('what is ordered costs what was agreed, in shares that add up; another cost holds where the receipt says it', async () => {
  const line = { lineId: '1', sku: 'VASE', location: 'COST-1', quantity: 3, cost: gbp(1_000) };
  expect((await inventory.ask('PUT', 'purchase-orders/PO-COST', { lines: [line] })).body).toMatchObject({ lines: [{ cost: gbp(1_000) }] });
  for (const units of [1, 1, 1]) await post('purchase-orders/PO-COST/receipts', { lines: [{ lineId: '1', quantity: units }] });
  const more = await post('purchase-orders/PO-COST/receipts', {
    lines: [{ lineId: '1', quantity: 1, cost: { amount: 400, currency: 'USD' } }],
  });
  expect(await valuesOf('VASE', more)).toMatchObject([
    {
      units: 4,
      unvalued: 0,
      value: [
        { currency: 'GBP', amount: 1_000 },
        { currency: 'USD', amount: 400 },
      ],
    },
  ]);
});

it('opening costs come from a file, line by line, and the same file under the same key changes nothing more', async () => {
  await receive('OPEN', 4);
  const made = await inventory.ask('PUT', 'items/OPEN-KIT', { title: 'A kit', kit: [{ sku: 'OPEN', quantity: 2 }] });
  expect(made.status).toBe(200);
  const text = 'sku,amount,currency,per\nOPEN,1250,GBP,100\nOPEN,12,XXZ,1\nOPEN-KIT,9,GBP,1\n';
  const key = newId();
  const send = () => inventory.send('unit-costs/import', { type: 'text/csv', text }, key);
  const errors = [
    { line: 3, field: 'currency' },
    { line: 4, field: 'sku', code: 'KIT_HAS_NO_STOCK' },
  ];
  expect((await send()).body).toMatchObject({ records: 3, changed: 1, unchanged: 0, rejected: 2, errors });
  expect((await send()).body).toMatchObject({ records: 3, changed: 0, unchanged: 1, rejected: 2 });
  const later = await receive('OPEN', 2);
  expect(await valuesOf('OPEN', later)).toMatchObject([{ units: 6, unvalued: 0, value: [{ currency: 'GBP', amount: 75 }] }]);
  const said = await inventory.ask('PUT', 'items/OPEN/unit-cost', { ...gbp(20), reason: 'recosted' });
  expect(said.body).toEqual({ sku: 'OPEN', location: null, amount: 20, currency: 'GBP', per: 1 });
  expect(await valuesOf('OPEN', said)).toMatchObject([{ value: [{ currency: 'GBP', amount: 120 }] }]);
});

it('a kit is received at no cost: nobody knows which part cost what of it', async () => {
  await inventory.ask('PUT', 'items/SET', { title: 'A set', kit: [{ sku: 'CUP', quantity: 2 }] });
  const body = { location: 'COST-1', lines: [{ sku: 'SET', quantity: 1, cost: gbp(500) }] };
  const refused = await inventory.ask('POST', 'receipts', body, { 'idempotency-key': newId() });
  expect(refused).toMatchObject({ status: 422, body: { code: 'KIT_HAS_NO_STOCK' } });
});

it('a difference to another system, or to a count, is worth what such units cost, else what they are sold for', async () => {
  const received = await receive('DIFF', 10, gbp(2_005));
  await valuesOf('DIFF', received);
  await receive('DIFF-PRICED', 10);
  const terms = { currency: 'GBP', taxIncluded: true, validFrom: '2026-01-01T00:00:00Z' };
  await inventory.ask('PUT', 'price-lists/cost-test', {
    ...terms,
    prices: ['DIFF', 'DIFF-PRICED'].map((sku) => ({ sku, unitPrice: 999 })),
  });
  const lines = ['DIFF', 'DIFF-PRICED'].map((sku) => ({ sku, quantity: 7 }));
  await post('statements', { source: 'wms', location: 'COST-1', asOf: new Date().toISOString(), lines });
  const differences = (currency: string, sku: string) => itemsOf(`differences?source=wms&sku=${sku}&currency=${currency}`);
  expect(await differences('GBP', 'DIFF')).toMatchObject([{ units: -3, value: { amount: -602, currency: 'GBP', by: 'cost' } }]);
  expect(await differences('GBP', 'DIFF-PRICED')).toMatchObject([{ units: -3, value: { amount: -2_997, currency: 'GBP', by: 'price' } }]);
  expect(await differences('USD', 'DIFF')).toMatchObject([{ value: null }]);

  const approveBeyond = { value: { amount: 700, currency: 'GBP' } };
  const sheet = await post('counts', {
    location: 'COST-1',
    lines: lines.map(({ sku }) => ({ sku })),
    tolerance: { units: 9 },
    approveBeyond,
  });
  const counted = await post(`counts/${String(sheet.body['countId'])}/scans`, { counts: lines });
  expect(counted.body['lines']).toMatchObject([
    { sku: 'DIFF', status: 'booked', value: { amount: -602, currency: 'GBP', by: 'cost' } },
    { sku: 'DIFF-PRICED', status: 'approval', value: { amount: -2_997, currency: 'GBP', by: 'price' } },
  ]);
});
