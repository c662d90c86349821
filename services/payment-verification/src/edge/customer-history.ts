import { isKeepable } from '@cartage/contracts';
import { roundTrips, type Settled } from '@cartage/eventsourcing';
import type { Sql } from '@cartage/views';
import { noPast, type CustomerHistory } from '../app/customer-history';
import type { Terms } from '../domain/terms';
import type { CustomerFacts } from '../domain/verification';

/** An order as the past keeps it. */
interface PastOrder {
  readonly orderId: string;
  readonly customerId: string;
  readonly countries: readonly string[];
  readonly recordedAt: string;
}

/** Rows in one order: batches with customers in common wait for each other instead of locking each other out. */
const inOrder = (orders: readonly PastOrder[]): readonly PastOrder[] =>
  orders.toSorted((a, b) => (a.customerId + a.orderId < b.customerId + b.orderId ? -1 : 1));

const recordset = `json_to_recordset($1) as asked ("customerId" text, "orderId" uuid, countries text[], "recordedAt" timestamptz)`;

const remember = `
  insert into customer_order (customer_id, order_id, country, recorded_at)
  select "customerId", "orderId", unnest(countries), "recordedAt" from ${recordset}
  on conflict do nothing`;

/** Another order of the customer that was not recorded later than this one. */
const earlier = `from customer_order past
  where past.customer_id = asked."customerId" and past.order_id <> asked."orderId" and past.recorded_at <= asked."recordedAt"`;

/** More than a hundred within an hour are as suspicious as a hundred, and cheaper to count. */
const tell = `
  select json_build_object(
    'orderId', asked."orderId",
    'returning', exists (select ${earlier}),
    'countryKnown', not exists (
      select from unnest(asked.countries) as country where not exists (select ${earlier} and past.country = country.country)
    ),
    'ordersWithinHour', (
      select count(*) from (
        select distinct past.order_id ${earlier} and past.recorded_at > asked."recordedAt" - interval '1 hour' limit 100
      ) recent
    )
  ) as facts
  from ${recordset}`;

type FactsRow = CustomerFacts & { readonly orderId: string };

/** Two statements a batch: all are remembered before any is told, so that orders of one customer in one batch know of each other. */
const factsOfAll =
  (sql: Sql) =>
  async (orders: readonly PastOrder[]): Promise<readonly Settled<CustomerFacts>[]> => {
    const asked = JSON.stringify(inOrder(orders));
    await sql.query(remember, [asked]);
    const { rows } = await sql.query<{ facts: FactsRow }>(tell, [asked]);
    const facts = new Map(rows.map(({ facts: { orderId, ...known } }) => [orderId, known]));
    return orders.map(({ orderId }) => ({ ok: true, value: facts.get(orderId) ?? noPast }));
  };

/** Where an order went that has no destination: it was fetched, or is digital. */
const nowhere = '';

/** A guest has no past; nor has a name that no table can keep: it would fail the whole batch. */
const pastOrderOf = ({ orderId, customerId, destinations }: Terms, recordedAt: string): PastOrder | undefined => {
  if (customerId === undefined || !isKeepable(customerId)) return undefined;
  const countries = [...new Set(destinations.map(({ country }) => country))].toSorted();
  return { orderId, customerId, countries: countries.length > 0 ? countries : [nowhere], recordedAt };
};

/** Customers’ pasts in the table `customer_order`. */
export const customerHistory = (sql: Sql): CustomerHistory => {
  const ask = roundTrips(factsOfAll(sql));
  return {
    remember: async (order, recordedAt) => {
      const past = pastOrderOf(order, recordedAt);
      return past ? ask(past) : noPast;
    },
  };
};
