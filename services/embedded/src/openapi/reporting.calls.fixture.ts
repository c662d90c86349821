import type { Calls } from './calls.fixture';

/** How fresh the numbers are, and rates of exchange. */
export const reportingCalls = async ({ get, ask }: Calls): Promise<void> => {
  const { tables } = await get('/reporting/freshness');
  expect(tables).toEqual(expect.arrayContaining([expect.objectContaining({ table: 'fact_order', topic: 'order.events' })]));
  const rates = 'Date,USD,GBP\n2026-11-27,1.05,0.83\nyesterday,1,1\n';
  expect(await ask('POST', '/reporting/rates/import?source=ECB', rates, { 'content-type': 'text/csv' })).toMatchObject({
    changed: 2,
    rejected: 1,
  });
};
