import type { Calls } from './calls.fixture';

/** How fresh the numbers are, what they answer, and rates of exchange. */
export const reportingCalls = async ({ get, ask, itemsOf }: Calls): Promise<void> => {
  const { tables } = await get('/reporting/freshness');
  expect(tables).toEqual(expect.arrayContaining([expect.objectContaining({ table: 'fact_order', topic: 'order.events' })]));
  for (const { name } of await itemsOf('/reporting/questions')) await get(`/reporting/questions/${String(name)}`);
  await get('/reporting/questions/sales/rows.csv?limit=1');
  const rates = 'Date,USD,GBP\n2026-11-27,1.05,0.83\nyesterday,1,1\n';
  expect(await ask('POST', '/reporting/rates/import?source=ECB', rates, { 'content-type': 'text/csv' })).toMatchObject({
    changed: 2,
    rejected: 1,
  });
};
