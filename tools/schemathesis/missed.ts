import { Client } from 'pg';

const INSERT = `
  insert into finding (finding_id, kind, rule, expected, whose, key, order_id, about, since, found_at)
  values (gen_random_uuid(), 'missing', 'dispatch-is-issued', 'What left has left the books of its location.', 'services', $1::text, ($1::text)::uuid, $2, now(), now())`;

/** As if the audit had missed some facts of an order: nothing that its seed does breaks a rule. */
export const missFacts = async (databaseUrl: string, orderId: string, count: number): Promise<void> => {
  const postgres = new Client({ connectionString: databaseUrl, options: '-c search_path=audit' });
  await postgres.connect();
  try {
    for (let n = 1; n <= count; n += 1) await postgres.query(INSERT, [orderId, `shipment ${n}`]);
  } finally {
    await postgres.end();
  }
};
