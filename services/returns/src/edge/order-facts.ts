import { coalescing } from '@cartage/eventsourcing';
import type { Sql } from '@cartage/views';
import type { OrderFacts } from '../app/order-facts';
import { changedSale, deliveredOf, type Delivery, type Sale, type SaleChange } from '../domain/sale';

/** `event_id` tells a delivery from a repeat of it; an order is sold once. */
interface FactRow {
  readonly order_id: string;
  readonly event_id: string;
  readonly facts: Sale | SaleChange | Delivery;
}

interface FoundRow {
  readonly sale: Sale;
  readonly changes: readonly SaleChange[] | null;
  readonly deliveries: readonly Delivery[];
}

const insertSales = `insert into sale (order_id, facts) select order_id, facts::json from told on conflict do nothing`;

const insertDeliveries = `
  insert into delivery (order_id, event_id, facts) select order_id, event_id, facts::json from told on conflict do nothing`;

const insertChanges = `
  insert into sale_change (order_id, event_id, facts) select order_id, event_id, facts::json from told on conflict do nothing`;

/** As arrays, and the facts as texts: a function that takes JSON apart would refuse what the type `json` takes. */
const told = `with told as (select * from unnest($1::uuid[], $2::text[], $3::text[]) as given (order_id, event_id, facts)) `;

const selectFacts = `
  select sale.facts as sale, (select json_agg(facts) from sale_change where order_id = sale.order_id) as changes, (select coalesce(json_agg(facts order by event_id), '[]') from delivery where order_id = sale.order_id) as deliveries
  from sale where order_id = $1`;

/** One statement for all that come together. Rows in one order: two batches with rows in common wait for each other instead of locking each other out. */
const keeping = (sql: Sql, insert: string): ((row: FactRow) => Promise<void>) =>
  coalescing<FactRow, void>(async (rows) => {
    const sorted = rows.toSorted((a, b) => (a.order_id + a.event_id < b.order_id + b.event_id ? -1 : 1));
    const columns = [
      sorted.map((row) => row.order_id),
      sorted.map((row) => row.event_id),
      sorted.map(({ facts }) => JSON.stringify(facts)),
    ];
    await sql.query(told + insert, columns);
    return rows.map(() => ({ ok: true, value: undefined }));
  });

/** In the tables `sale`, `sale_change`, `delivery` and `return_order`. Their facts are of type `json`, which keeps any text: no name can fail a batch. */
export const orderFactsIn = (sql: Sql): OrderFacts => {
  const keepSale = keeping(sql, insertSales);
  const keepChange = keeping(sql, insertChanges);
  const keepDelivery = keeping(sql, insertDeliveries);
  return {
    keepSale: (sale) => keepSale({ order_id: sale.orderId, event_id: '', facts: sale }),
    keepChange: (eventId, change) => keepChange({ order_id: change.orderId, event_id: eventId, facts: change }),
    keepDelivery: (eventId, delivery) => keepDelivery({ order_id: delivery.orderId, event_id: eventId, facts: delivery }),
    of: async (orderId) => {
      const { rows } = await sql.query<FoundRow>(selectFacts, [orderId]);
      const [found] = rows;
      return (
        found && { sale: found.changes ? changedSale(found.sale, found.changes) : found.sale, delivered: deliveredOf(found.deliveries) }
      );
    },
    keepReturn: async (returnId, orderId) => {
      await sql.query('insert into return_order (return_id, order_id) values ($1, $2) on conflict do nothing', [returnId, orderId]);
    },
    orderOf: async (returnId) => {
      const { rows } = await sql.query<{ order_id: string }>('select order_id from return_order where return_id = $1', [returnId]);
      return rows[0]?.order_id;
    },
  };
};
