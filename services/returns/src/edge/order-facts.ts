import { sharingRoundTrips } from '@cartage/eventsourcing';
import { textArray } from '@cartage/postgres';
import type { Sql } from '@cartage/views';
import type { OrderFacts, Replaced } from '../app/order-facts';
import { deliveredOf, type Delivery } from '../domain/delivery';
import { describedSale, type CatalogueItem, type Sale } from '../domain/sale';
import { changedSale, type SaleChange } from '../domain/sale-change';

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

interface ItemRow {
  readonly sku: string;
  readonly category: string | null;
  readonly returnable: boolean;
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

const keepItem = `
  insert into item (sku, category, returnable, revision) values ($1, $2, $3, $4)
  on conflict (sku) do update set category = excluded.category, returnable = excluded.returnable, revision = excluded.revision
  where item.revision < excluded.revision`;

const itemOf = ({ category, ...item }: ItemRow): CatalogueItem => ({ ...item, ...(category === null ? {} : { category }) });

const itemsOf = async (sql: Sql, { lines }: Sale): Promise<readonly CatalogueItem[]> => {
  const skus = lines.map(({ sku }) => sku);
  return (await sql.query<ItemRow>('select sku, category, returnable from item where sku = any($1)', [skus])).rows.map(itemOf);
};

/** Nothing before the order itself was heard of. */
const knownOrder = async (sql: Sql, orderId: string): ReturnType<OrderFacts['of']> => {
  const [found] = (await sql.query<FoundRow>(selectFacts, [orderId])).rows;
  if (!found) return undefined;
  const sale = found.changes ? changedSale(found.sale, found.changes) : found.sale;
  return { sale: describedSale(sale, await itemsOf(sql, sale), found.deliveries), delivered: deliveredOf(found.deliveries) };
};

/** One statement for all that come together. Rows in one order: two batches with rows in common wait for each other instead of locking each other out. */
const keeping = (sql: Sql, insert: string): ((row: FactRow) => Promise<void>) =>
  sharingRoundTrips(async (rows: readonly FactRow[]) => {
    const sorted = rows.toSorted((a, b) => (a.order_id + a.event_id < b.order_id + b.event_id ? -1 : 1));
    const columns = [
      sorted.map((row) => row.order_id),
      sorted.map((row) => row.event_id),
      textArray(sorted.map(({ facts }) => JSON.stringify(facts))),
    ];
    await sql.query(told + insert, columns);
  });

/** In the tables `sale`, `sale_change`, `delivery`, `item`, `location`, `return_order` and `replacement`. Facts of orders are of type `json`, which keeps any text: no name can fail a batch. */
export const orderFactsIn = (sql: Sql): OrderFacts => {
  const keepSale = keeping(sql, insertSales);
  const keepChange = keeping(sql, insertChanges);
  const keepDelivery = keeping(sql, insertDeliveries);
  return {
    keepSale: (sale) => keepSale({ order_id: sale.orderId, event_id: '', facts: sale }),
    keepChange: (eventId, change) => keepChange({ order_id: change.orderId, event_id: eventId, facts: change }),
    keepDelivery: (eventId, delivery) => keepDelivery({ order_id: delivery.orderId, event_id: eventId, facts: delivery }),
    keepItem: async ({ sku, category, returnable, revision }) => {
      await sql.query(keepItem, [sku, category, returnable, revision]);
    },
    keepLocation: async (location) => {
      await sql.query('insert into location (code) values ($1) on conflict do nothing', [location]);
    },
    of: (orderId) => knownOrder(sql, orderId),
    knowsLocation: async (location) => (await sql.query('select 1 from location where code = $1', [location])).rows.length > 0,
    knowsItem: async (sku) => (await sql.query('select 1 from item where sku = $1', [sku])).rows.length > 0,
    keepReturn: async (returnId, orderId) => {
      await sql.query('insert into return_order (return_id, order_id) values ($1, $2) on conflict do nothing', [returnId, orderId]);
    },
    keepReplacement: async (orderId, replaced) => {
      await sql.query('insert into replacement (order_id, replaces, claim_id) values ($1, $2, $3) on conflict do nothing', [
        orderId,
        replaced.orderId,
        replaced.claimId,
      ]);
    },
    replacedBy: async (orderId) => {
      const statement = 'select replaces as "orderId", claim_id as "claimId" from replacement where order_id = $1';
      return (await sql.query<Replaced>(statement, [orderId])).rows[0];
    },
    orderOf: async (returnId) => {
      const { rows } = await sql.query<{ order_id: string }>('select order_id from return_order where return_id = $1', [returnId]);
      return rows[0]?.order_id;
    },
  };
};
