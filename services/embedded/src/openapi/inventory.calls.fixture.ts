import type { Calls } from './calls.fixture';

/** Products and their prices. */
export const catalogueCalls = async ({ ask, put, get, once, itemsOf }: Calls): Promise<void> => {
  await put('/inventory/items/MUG', { title: 'Mug', category: 'kitchen', weightGrams: 300 });
  await get('/inventory/items/MUG');
  await once('/inventory/items?category=kitchen', { items: [{ sku: 'MUG' }] });
  await ask('POST', '/inventory/items/import', '{"sku":"BOWL","title":"Bowl"}\n', { 'content-type': 'application/x-ndjson' });
  const prices = [{ sku: 'MUG', unitPrice: 1_000 }];
  await put('/inventory/price-lists/web-gb', {
    currency: 'GBP',
    taxIncluded: true,
    channel: 'web',
    validFrom: '2026-01-01T00:00:00Z',
    prices,
  });
  await get('/inventory/price-lists/web-gb');
  await itemsOf('/inventory/price-lists');
  await get('/inventory/verify');
  await get('/inventory/prices?sku=MUG&channel=web&currency=GBP');
};

/** What goes from one location to another. */
export const transferCalls = async ({ get, put, post, itemsOf }: Calls): Promise<void> => {
  await put('/inventory/locations/PAR', { name: 'Paris', kind: 'warehouse', country: 'FR', latitude: 48.9, longitude: 2.3, active: true });
  await post('/inventory/receipts', { location: 'LDN', lines: [{ sku: 'TRAY', quantity: 9 }] });
  const plan = { from: 'LDN', to: 'PAR', lines: [{ sku: 'TRAY', quantity: 5 }] };
  const planned = async (): Promise<string> => `/inventory/transfers/${String((await post('/inventory/transfers', plan))['transferId'])}`;
  const [transfer, other] = [await planned(), await planned()];
  await post(`${transfer}/dispatch`, { lines: [{ lineId: '1', quantity: 4 }], expectedAt: '2027-01-09T00:00:00Z' });
  await post(`${transfer}/reschedule`, { expectedAt: '2027-01-12T00:00:00Z', reason: 'carrier-late' });
  const receipt = { lines: [{ lineId: '1', quantity: 3 }], lost: [{ lineId: '1', quantity: 1, cause: 'damage' }] };
  expect(await post(`${transfer}/receipts`, receipt)).toMatchObject({ status: 'closed' });
  await post(`${other}/cancel`, { reason: 'not-needed' });
  expect(await post(`${other}/dispatch`, {})).toMatchObject({ code: 'TRANSFER_STATUS' });
  expect(await get(transfer)).toMatchObject({ lines: [{ received: 3, lost: 1 }] });
  expect(await itemsOf('/inventory/transfers?status=closed&location=PAR')).toHaveLength(1);
};

/** What is on order, and what comes of it. */
export const supplyCalls = async ({ ask, put, get, post, itemsOf }: Calls): Promise<void> => {
  const line = { lineId: '1', sku: 'MUG', location: 'LDN', quantity: 20, expectedAt: '2027-01-09T00:00:00Z' };
  await put('/inventory/purchase-orders/PO-1', { supplier: 'ACME', lines: [line, { ...line, lineId: '2', sku: 'BOWL' }] });
  await get('/inventory/purchase-orders/PO-1');
  await post('/inventory/purchase-orders/PO-1/receipts', { lines: [{ lineId: '1', quantity: 5 }] });
  await post('/inventory/purchase-orders/PO-1/close', { lineIds: ['2'], reason: 'supplier-out-of-stock' });
  await itemsOf('/inventory/purchase-orders?supplier=ACME&sku=MUG');
  await itemsOf('/inventory/supply?sku=MUG&overdue=false');
  const record = JSON.stringify({ purchaseOrder: 'PO-2', ...line });
  await ask('POST', '/inventory/purchase-orders/import', `${record}\n`, { 'content-type': 'application/x-ndjson' });
};

/** What stock costs, and what it is worth. */
export const costCalls = async ({ ask, put, get, post, once }: Calls): Promise<void> => {
  await post('/inventory/receipts', { location: 'LDN', lines: [{ sku: 'VASE', quantity: 4, cost: { amount: 1_000, currency: 'GBP' } }] });
  await put('/inventory/items/VASE/unit-cost', { amount: 300, currency: 'GBP', location: 'LDN' });
  const record = JSON.stringify({ sku: 'VASE', amount: 1_250, currency: 'GBP', per: 5 });
  await ask('POST', '/inventory/unit-costs/import', `${record}\n`, { 'content-type': 'application/x-ndjson' });
  await once('/inventory/stock-values?sku=VASE', { items: [{ location: 'LDN', units: 4, value: [{ currency: 'GBP', amount: 1_000 }] }] });
  await get('/inventory/stock-values/totals?location=LDN');
  await get('/inventory/stock-values/movements?sku=VASE');
};

/** What is counted on shelves, and how long it lies there. */
export const countCalls = async ({ get, put, post, itemsOf }: Calls): Promise<void> => {
  await put('/inventory/locations/CNT', {
    name: 'Counted',
    kind: 'warehouse',
    country: 'GB',
    latitude: 51.5,
    longitude: -0.1,
    active: true,
  });
  await post('/inventory/receipts', { location: 'CNT', lines: [{ sku: 'CUP', quantity: 9 }] });
  const opened = async (): Promise<string> => {
    const sheet = { location: 'CNT', lines: [{ sku: 'CUP', bin: 'A-1' }], tolerance: { units: 1 }, approveBeyond: { units: 0 } };
    return `/inventory/counts/${String((await post('/inventory/counts', sheet))['countId'])}`;
  };
  const [sheet, other] = [await opened(), await opened()];
  await post(`${sheet}/scans`, { counts: [{ sku: 'CUP', quantity: 8, countedBy: 'badge-17' }] });
  expect(await post(`${sheet}/lines/CUP/decision`, { decision: 'approve', by: 'manager-3' })).toMatchObject({
    sheet: { status: 'closed' },
    lines: [{ status: 'booked', difference: -1 }],
  });
  await post(`${other}/cancel`, { reason: 'not-needed' });
  expect(await get(sheet)).toMatchObject({ lines: { booked: 1 } });
  expect(await itemsOf(`${sheet}/lines?status=booked`)).toHaveLength(1);
  expect(await itemsOf('/inventory/counts?location=CNT&status=closed')).toHaveLength(1);
  expect(await itemsOf('/inventory/analysis/ages?location=CNT')).toMatchObject([{ sku: 'CUP', onHand: 8 }]);
  expect(await itemsOf('/inventory/analysis/turnover?location=CNT')).toMatchObject([{ sku: 'CUP', net: 0, daysOfSupply: null }]);
  expect(await get('/inventory/analysis/best-sellers?location=CNT')).toMatchObject({ items: [] });
};

/** What other systems say that they have. */
export const statementCalls = async ({ ask, get, put, post, itemsOf }: Calls): Promise<void> => {
  await put('/inventory/locations/CMP', {
    name: 'Compared',
    kind: 'warehouse',
    country: 'GB',
    latitude: 51.5,
    longitude: -0.1,
    active: true,
  });
  await post('/inventory/receipts', { location: 'CMP', lines: [{ sku: 'JUG', quantity: 9 }] });
  expect(await put('/inventory/drift-tolerances/kitchen%2Fjugs', { units: 3 })).toMatchObject({ tolerance: { units: 3, percent: 0 } });
  expect(await itemsOf('/inventory/drift-tolerances')).toMatchObject([{ category: 'kitchen/jugs' }]);
  const head = { source: 'wms-1', location: 'CMP', asOf: new Date().toISOString() };
  const statement = await post('/inventory/statements', { ...head, whole: true, lines: [{ sku: 'JUG', quantity: 7 }] });
  expect(statement).toMatchObject({ status: 'compared', differences: 1, units: 2 });
  await get(`/inventory/statements/${String(statement['statementId'])}`);
  expect(await itemsOf('/inventory/statements?source=wms-1&location=CMP')).toHaveLength(1);
  const [found] = await itemsOf('/inventory/differences?location=CMP&currency=GBP');
  expect(found).toMatchObject({ units: -2, status: 'open', value: null });
  const path = `/inventory/differences/${String(found?.['differenceId'])}`;
  await get(path);
  const settlement = { accept: 'theirs', reason: 'recounted', by: 'manager-3' };
  expect(await post(`${path}/settlement`, settlement)).toMatchObject({ status: 'theirs', reason: { actor: 'manager-3' } });
  expect(await post(`${path}/settlement`, { ...settlement, accept: 'ours' })).toMatchObject({ code: 'DIFFERENCE_SETTLED' });
  const query = `source=wms-1&location=CMP&asOf=${encodeURIComponent(new Date().toISOString())}&whole=true`;
  const file = 'sku,quantity\nJUG,7\nJUG,many\n';
  expect(await ask('POST', `/inventory/statements/import?${query}`, file, { 'content-type': 'text/csv' })).toMatchObject({
    ...{ records: 2, changed: 1, rejected: 1, errors: [{ line: 3, sku: 'JUG', field: 'quantity' }] },
    statement: { status: 'compared', differences: 0 },
  });
};
