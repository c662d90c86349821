import { tableOf, type Sql } from '@cartage/views';
import type { ChargedCapture, FindCapture } from '../app/chargebacks';
import { paymentMovement } from '../app/views/payment-movement';

const text = (by: string): string =>
  `select json_build_object('captureId', source, 'orderId', order_id, 'paymentId', payment_id, 'currency', currency, 'amount', amount) as row
   from ${tableOf(paymentMovement)} where kind = 'captured' and ${by} = $1 order by moved_at limit 1`;

/** Captures as the list of movements shows them. */
export const findCapture =
  (sql: Sql): FindCapture =>
  async (by) => {
    const [column, value] = 'captureId' in by ? ['source', by.captureId] : ['reference', by.reference];
    return (await sql.query<{ row: ChargedCapture }>(text(column), [value])).rows[0]?.row;
  };
