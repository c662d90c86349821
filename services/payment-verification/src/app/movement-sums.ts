import { tableOf, type Sql } from '@cartage/views';
import type { Recomputed } from '../domain/books/explanation';
import { paymentMovement } from './views/payment-movement';

/** What the list of movements shows of each of these orders, by kind; what turned out not to be so is taken off. */
export const movementSums = async (sql: Sql, orderIds: readonly string[]): Promise<ReadonlyMap<string, Partial<Recomputed>>> => {
  const text = `select json_build_object('orderId', order_id, 'sums', json_object_agg(kind, amount)) as row
    from (
      select order_id, case kind when 'cod-short' then 'collected' when 'refund-returned' then 'refunded' else kind end as kind,
        sum(case when kind in ('cod-short', 'refund-returned') then 0 - amount else amount end) as amount
      from ${tableOf(paymentMovement)} where order_id = any($1::uuid[]) group by 1, 2
    ) sums
    group by order_id`;
  const { rows } = await sql.query<{ row: { orderId: string; sums: Partial<Recomputed> } }>(text, [orderIds]);
  return new Map(rows.map(({ row }) => [row.orderId, row.sums]));
};
