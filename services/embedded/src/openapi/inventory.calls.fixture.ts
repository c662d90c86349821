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
