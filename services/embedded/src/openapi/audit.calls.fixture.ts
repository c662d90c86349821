import { eventually } from '@cartage/testkit';
import { Pool } from 'pg';
import type { Calls } from './calls.fixture';

const FINDING = '5f0e51f8-20cc-5d55-9b0c-7a3f5f3f1c77';

/** As if something of an order had been missed: nothing that is done here breaks a rule. */
const missed = async (databaseUrl: string, orderId: unknown): Promise<void> => {
  const pool = new Pool({ connectionString: databaseUrl, options: '-c search_path=audit' });
  await pool.query(
    `insert into finding (finding_id, kind, rule, expected, whose, key, order_id, about, since, found_at)
     values ($1, 'missing', 'dispatch-is-issued', 'What left has left the books of its location.', 'services', $2::text, ($2::text)::uuid, 'a shipment', now(), now())`,
    [FINDING, orderId],
  );
  await pool.end();
};

/** What is expected of an order, and what was found. */
export const auditCalls = async ({ get, post, itemsOf }: Calls, databaseUrl: string): Promise<void> => {
  const [order] = await itemsOf('/orders');
  const orderId = String(order?.['orderId']);
  await eventually(async () => expect(await get(`/audit/orders/${orderId}`)).toMatchObject({ orderId, forgotten: false }), {
    withinMs: 15_000,
  });
  await missed(databaseUrl, orderId);
  expect(await itemsOf(`/audit/findings?open=true&kind=missing&rule=dispatch-is-issued&orderId=${orderId}`)).toHaveLength(1);
  const finding = `/audit/findings/${FINDING}`;
  expect(await get(finding)).toMatchObject({ late: false, closedAt: null });
  expect(await post(`${finding}/close`, { reason: 'A test.' })).toMatchObject({ reason: 'A test.', closedBy: expect.any(String) });
  expect(await post(`${finding}/close`, { reason: 'Another.' })).toMatchObject({ code: 'FINDING_CLOSED' });
  expect(await get('/audit/findings/0199a3c4-7b1e-7c3d-9f2a-000000000001')).toMatchObject({ code: 'FINDING_UNKNOWN' });
};
