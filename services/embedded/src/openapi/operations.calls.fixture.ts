import { postgresDeadLetters } from '@cartage/messaging';
import { Pool } from 'pg';
import type { Calls } from './calls.fixture';

/** What could not be taken, sent again and dropped. */
export const deadLetterCalls = async ({ get, post, itemsOf }: Calls, databaseUrl: string): Promise<void> => {
  const pool = new Pool({ connectionString: databaseUrl, options: '-c search_path=orders' });
  const letters = postgresDeadLetters(pool);
  const record = { headers: { ce_id: 'e' }, value: Buffer.from([0, 255]) };
  for (const key of ['a', 'b']) {
    const letter = { group: 'order.suite', topic: 'order.events', key, eventId: `e-${key}`, type: 'OrderPlaced', record };
    await letters.bury(letter, { error: new Error('Cannot digest this.'), attempts: 8 });
  }
  await pool.end();
  const list = '/operations/order/dead-letters';
  const [first, second] = (await itemsOf(`${list}?group=order.suite&state=dead`)).map(({ id }) => `${list}/${String(id)}`);
  expect(await get(`${first}`)).toMatchObject({ value: 'AP8=', encoding: 'base64', headers: { ce_id: 'e' } });
  expect(await post(`${first}/send`)).toMatchObject({ state: 'retrying' });
  expect(await post(`${second}/drop`, { reason: 'A test.' })).toMatchObject({ state: 'dropped', reason: 'A test.' });
  expect(await post(`${second}/send`)).toMatchObject({ code: 'DEAD_LETTER_DROPPED' });
  expect(await post(`${second}/drop`, {})).toMatchObject({ code: 'REQUEST_INVALID' });
  expect(await get(`${list}/999`)).toMatchObject({ code: 'DEAD_LETTER_UNKNOWN' });
  expect(await get('/operations/nobody/dead-letters')).toMatchObject({ code: 'SERVICE_UNKNOWN' });
};

/** What services wait for, and how their views stand. */
export const standingCalls = async ({ get, post, itemsOf }: Calls): Promise<void> => {
  expect(await itemsOf('/operations/order/deadlines?state=overdue&name=Nothing&stream=order-1')).toEqual([]);
  expect(await itemsOf('/operations/inventory/deadlines?state=upcoming&stream=forecasts&limit=1')).toMatchObject([{ state: 'upcoming' }]);
  expect(await get('/operations/nobody/deadlines')).toMatchObject({ code: 'SERVICE_UNKNOWN' });
  const views = '/operations/order/views';
  expect((await itemsOf(views)).map(({ view }) => view)).toContain('order_summary');
  expect(await post(`${views}/order_summary/rebuild`, { compare: true })).toMatchObject({ view: 'order_summary' });
  expect(await post(`${views}/nothing/rebuild`)).toMatchObject({ code: 'VIEW_UNKNOWN' });
  expect(await get('/operations/nobody/views')).toMatchObject({ code: 'SERVICE_UNKNOWN' });
  const health = await get('/operations/order/health');
  expect(health).toMatchObject({ service: 'order', checks: { database: { ok: true }, views: { ok: true } }, parked: 0 });
  expect(Object.keys(health['checks'] as object).filter((part) => part.includes('.'))).toEqual([]);
  expect(await get('/operations/nobody/health')).toMatchObject({ code: 'SERVICE_UNKNOWN' });
};
