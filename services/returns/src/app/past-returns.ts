import type { EventStore, StoredEvent } from '@cartage/eventsourcing';
import { tableOf, type Sql } from '@cartage/views';
import type { ReturnEvent } from '../domain/events';
import { returnStream } from '../domain/return';
import type { PastReturns } from './policies';
import { returnSummary } from './views/return-summary';

const BATCH = 200;

interface Row {
  readonly return_id: string;
  readonly order_id: string;
  readonly requested_at: Date;
}

const SLICE = `select return_id, order_id, requested_at from ${tableOf(returnSummary)}
  where ($1::timestamptz is null or requested_at >= $1) and ($2::timestamptz is null or requested_at < $2)
    and ($3::timestamptz is null or (requested_at, return_id) < ($3, $4::uuid))
  order by requested_at desc, return_id desc limit $5`;

const byOrder = (rows: readonly Row[]): ReadonlyMap<string, readonly string[]> => {
  const orders = new Map<string, string[]>();
  for (const { order_id, return_id } of rows) {
    const known = orders.get(order_id) ?? [];
    known.push(return_id);
    orders.set(order_id, known);
  }
  return orders;
};

/** The list tells which, the log tells what was known of each. */
export const pastReturns = ({ sql, store }: { readonly sql: Sql; readonly store: Pick<EventStore, 'readMany'> }): PastReturns =>
  async function* ({ from, to, limit }) {
    let left = limit;
    let after: readonly [Date, string] | undefined;
    while (left > 0) {
      const { rows } = await sql.query<Row>(SLICE, [from, to, after?.[0], after?.[1], Math.min(BATCH, left)]);
      const last = rows.at(-1);
      if (!last) return;
      const orders = [...byOrder(rows)];
      const streams = await store.readMany(orders.map(([orderId]) => returnStream(orderId)));
      yield orders.map(([, returnIds], i) => ({ returnIds, events: (streams[i]?.events ?? []) as readonly StoredEvent<ReturnEvent>[] }));
      after = [last.requested_at, last.return_id];
      left -= rows.length;
    }
  };
