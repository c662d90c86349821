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
