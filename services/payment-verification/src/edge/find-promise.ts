import { tableOf, type Sql } from '@cartage/views';
import type { FindPromise } from '../app/notices';
import { paymentMovement } from '../app/views/payment-movement';

const text = `select json_build_object('orderId', order_id, 'authorizationId', source) as row
  from ${tableOf(paymentMovement)} where kind in ('pending', 'authorized') and reference = $1 order by moved_at desc limit 1`;

/** Promises as the list of movements shows them. Whether it is that provider’s is for the payment itself to say. */
export const findPromise =
  (sql: Sql): FindPromise =>
  async (reference) =>
    (await sql.query<{ row: Awaited<ReturnType<FindPromise>> }>(text, [reference])).rows[0]?.row;
