import type { Calls } from './calls.fixture';

/** Why stock is what it is. */
export const explanationCalls = async ({ get, itemsOf }: Calls): Promise<void> => {
  const [movement] = await itemsOf('/inventory/items/MUG/movements');
  const position = String(movement?.['position']);
  await get('/inventory/items/MUG/explanation?location=LDN');
  await get(`/inventory/items/MUG/explanation?asOf=${position}`);
  await get(`/inventory/items/MUG/explanation/diff?from=${position}`);
  await get('/inventory/items/MUG/explanation?asOf=yesterday');
  await get('/inventory/items/MUG/claims');
};
