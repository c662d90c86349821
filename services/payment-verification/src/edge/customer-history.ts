import { coalescing, type Settled } from '@cartage/eventsourcing';
import type { Sql } from '@cartage/views';
import { noPast, pastOrderOf, type CustomerHistory, type PastOrder } from '../app/customer-history';
import type { CustomerFacts } from '../domain/verification';

/** Rows in one order: batches with customers in common wait for each other instead of locking each other out. */
const inOrder = (orders: readonly PastOrder[]): readonly PastOrder[] =>
  orders.toSorted((a, b) => (a.customerId + a.orderId < b.customerId + b.orderId ? -1 : 1));

const recordset = `json_to_recordset($1) as asked ("customerId" text, "orderId" uuid, country text, "placedAt" timestamptz)`;

const remember = `
  insert into customer_order (customer_id, order_id, country, placed_at)
  select "customerId", "orderId", country, "placedAt" from ${recordset}
  on conflict do nothing`;

/** Another order of the customer, not later than this one. */
const earlier = `select 1 from customer_order past
  where past.customer_id = asked."customerId" and past.order_id <> asked."orderId" and past.placed_at <= asked."placedAt"`;

/** More than a hundred within an hour are as suspicious as a hundred, and cheaper to count. */
const tell = `
  select json_build_object(
    'orderId', asked."orderId",
    'returning', exists (${earlier}),
    'countryKnown', exists (${earlier} and past.country = asked.country),
    'ordersWithinHour', (select count(*) from (${earlier} and past.placed_at > asked."placedAt" - interval '1 hour' limit 100) recent)
  ) as facts
  from ${recordset}`;

type Told = CustomerFacts & { readonly orderId: string };

/** Two statements a batch: all are remembered before any is told, so that orders of one customer in one batch know of each other. */
const tellAll =
  (sql: Sql) =>
  async (orders: readonly PastOrder[]): Promise<readonly Settled<CustomerFacts>[]> => {
    const asked = JSON.stringify(inOrder(orders));
    await sql.query(remember, [asked]);
    const { rows } = await sql.query<{ facts: Told }>(tell, [asked]);
    const facts = new Map(rows.map(({ facts: { orderId, ...known } }) => [orderId, known]));
    return orders.map(({ orderId }) => ({ ok: true, value: facts.get(orderId) ?? noPast }));
  };

/** Customers’ pasts in the table `customer_order`. */
export const customerHistory = (sql: Sql): CustomerHistory => {
  const ask = coalescing(tellAll(sql));
  return {
    remember: async (order) => {
      const past = pastOrderOf(order);
      return past ? ask(past) : noPast;
    },
  };
};
