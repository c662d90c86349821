import type { Calls } from './calls.fixture';

/** How fresh the numbers are, what they answer, and rates of exchange. */
export const reportingCalls = async ({ get, ask, itemsOf }: Calls): Promise<void> => {
  const { tables } = await get('/reporting/freshness');
  expect(tables).toEqual(expect.arrayContaining([expect.objectContaining({ table: 'fact_order', topic: 'order.events' })]));
  for (const { name } of await itemsOf('/reporting/questions')) await get(`/reporting/questions/${String(name)}`);
  await get('/reporting/questions/sales/rows.csv?limit=1');
  await get('/reporting/questions/sales/figures?measure=total&by=channel');
  const rates = 'Date,USD,GBP\n2026-11-27,1.05,0.83\nyesterday,1,1\n';
  expect(await ask('POST', '/reporting/rates/import?source=ECB', rates, { 'content-type': 'text/csv' })).toMatchObject({
    changed: 2,
    rejected: 1,
  });
};

/** Questions of one’s own: kept, run, with files, changed and removed. */
export const reportCalls = async ({ get, ask, put, post, once }: Calls): Promise<void> => {
  const sql = 'select date, weekday from dim_date where date = $1::date';
  const asked = {
    sql,
    parameters: [{ name: 'day', daysAgo: 1 }],
    formats: ['csv', 'parquet'],
    schedule: { cron: '0 6 * * *', timeZone: 'Europe/Berlin' },
  };
  expect(await put('/reporting/reports/yesterday', asked)).toMatchObject({ revision: 1, columns: [{ type: 'date' }, { type: 'integer' }] });
  expect(await put('/reporting/reports/yesterday', { sql: 'select colour from dim_date' })).toMatchObject({ code: 'SQL_INVALID' });
  expect(await get('/reporting/reports?limit=5')).toMatchObject({ items: [{ name: 'yesterday' }] });
  await get('/reporting/reports/yesterday');
  const { runId } = await post('/reporting/reports/yesterday/runs', { parameters: { day: '2026-11-27' } });
  await once(`/reporting/runs/${String(runId)}`, { state: 'done', rows: 1, values: ['2026-11-27'] });
  await get('/reporting/runs?report=yesterday&state=done');
  for (const format of ['csv', 'parquet']) await get(`/reporting/runs/${String(runId)}/files/${format}`);
  expect(await ask('DELETE', '/reporting/reports/yesterday')).toEqual({ name: 'yesterday' });
};
