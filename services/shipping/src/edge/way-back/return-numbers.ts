import type { Sql } from '@cartage/views';
import type { ReturnNumbers } from '../../app/way-back/return-scans';

const first = async (sql: Sql, where: string, values: readonly unknown[]): Promise<string | undefined> =>
  (await sql.query<{ return_id: string }>(`select return_id from return_label where ${where}`, [...values])).rows[0]?.return_id;

export const returnNumbersIn = (sql: Sql): ReturnNumbers => ({
  add: async ({ carrier, trackingNumber, returnId, orderId, link }) => {
    const values = [carrier, trackingNumber, returnId, orderId, link];
    await sql.query(
      'insert into return_label (carrier, tracking_number, return_id, order_id, link) values ($1, $2, $3, $4, $5) on conflict do nothing',
      values,
    );
  },
  find: ({ carrier, trackingNumber }) => first(sql, 'carrier = $1 and tracking_number = $2', [carrier, trackingNumber]),
  behind: (link) => first(sql, 'link = $1', [link]),
});
