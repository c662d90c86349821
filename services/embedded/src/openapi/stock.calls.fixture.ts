import type { Calls } from './calls.fixture';

/** What channels may sell. */
export const channelStockCalls = async ({ put, get, post, itemsOf }: Calls): Promise<void> => {
  await put('/inventory/channels/outlet/locations', { locations: ['LDN'] });
  await put('/inventory/channels/outlet/locations', { locations: ['NOWHERE'] });
  await put('/inventory/channels/outlet/safety-stock', { safetyStock: 1 });
  await put('/inventory/channels/outlet/safety-stock/MUG', { safetyStock: 2, location: 'LDN' });
  expect(await itemsOf('/inventory/channels')).not.toEqual([]);
  expect(await itemsOf('/inventory/channels/outlet/safety-stock')).not.toEqual([]);
  await get('/inventory/channel-availability?sku=MUG&channel=outlet');
  await get('/inventory/availability/changes?channel=outlet&changedSince=2026-01-01T00:00:00Z&limit=5');
  await post('/inventory/availability/check', { channel: 'outlet', lines: [{ sku: 'MUG', quantity: 2 }] });
};

/** What a person should look at. */
export const alertCalls = async ({ put, once, itemsOf }: Calls): Promise<void> => {
  await put('/inventory/items/MUG/reorder-point/LDN', { reorderPoint: 5, orderUpTo: 20_000_000 });
  await put('/inventory/items/MUG/reorder-point/LDN', { reorderPoint: 5, orderUpTo: 5 });
  await put('/inventory/items/MUG/reorder-point/LDN', {
    reorderPoint: 5,
    orderUpTo: 9,
    learned: { serviceLevel: 95, reviewDays: 7, leadDays: 14, decides: false },
  });
  await once('/inventory/items/MUG/forecast/LDN', { sku: 'MUG', location: 'LDN' });
  await once('/inventory/models/demand', { name: 'demand' });
  await put('/inventory/items/MUG/reorder-point/NOWHERE', { reorderPoint: 5, orderUpTo: 9 });
  await put('/inventory/items/MUG/alert-threshold', { atpBelow: 3, channel: 'outlet' });
  await itemsOf('/inventory/alerts?standing=true&sku=MUG');
  await itemsOf('/inventory/reorder-suggestions?location=LDN');
};

/** Why stock is what it is. */
export const explanationCalls = async ({ get, post, itemsOf }: Calls): Promise<void> => {
  const [movement] = await itemsOf('/inventory/items/MUG/movements');
  const position = String(movement?.['position']);
  await get('/inventory/items/MUG/explanation?location=LDN');
  await get(`/inventory/items/MUG/explanation?asOf=${position}`);
  await get(`/inventory/items/MUG/explanation/diff?from=${position}`);
  await get('/inventory/items/MUG/explanation?asOf=yesterday');
  await get('/inventory/items/MUG/claims');
  await get('/inventory/verify?sku=MUG');
  await post('/inventory/verify/repairs', { sku: 'MUG' });
  await post('/inventory/verify/repairs', { sku: 'NEVER-SEEN' });
};

/** Stock that is kept for a cart. */
export const cartCalls = async ({ get, post, itemsOf }: Calls): Promise<void> => {
  const { reservationId } = await post('/inventory/reservations', { lines: [{ sku: 'MUG', quantity: 1 }], ttlSeconds: 60 });
  await post(`/inventory/reservations/${String(reservationId)}/extend`, { ttlSeconds: 120 });
  await itemsOf('/inventory/reservations?sku=MUG');
  await post(`/inventory/reservations/${String(reservationId)}/release`);
  await get(`/inventory/reservations/${String(reservationId)}`);
  await post('/inventory/reservations', { lines: [{ sku: 'MUG', quantity: 90_000_000 }] });
};

/** Goods that came back and are not fit to be sold. */
export const setAsideCalls = async ({ once, post }: Calls, sku: string): Promise<void> => {
  await once(`/inventory/availability?sku=${sku}&location=LDN`, { items: [{ locations: [{ unavailable: 1 }] }] });
  const disposal = { location: 'LDN', sku, quantity: 1, outcome: 'liquidated', reason: 'broken-box' };
  await post('/inventory/disposals', { ...disposal, proceeds: { amount: 500, currency: 'GBP' } });
  expect(await post('/inventory/disposals', disposal)).toMatchObject({ code: 'STOCK_INSUFFICIENT' });
};
