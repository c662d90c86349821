import type { Position } from '@cartage/eventsourcing';
import { tableOf, type AnyView, type Sql } from '@cartage/views';
import type { ContactAsked, ContactIndex } from './contact-index';
import { listedColumns, listedOrder, type ListedOrder, type ListedRow } from './order-list';
import { orderLine } from './views/order-line';
import { orderSummary } from './views/order-summary';

export interface CustomerAsked extends ContactAsked {
  readonly customerId?: string | undefined;
}

/** What a customer bought and gave back, over all channels and however they signed in. Amounts are minor units, one sum for each currency. */
export interface Customer {
  readonly customerIds: readonly string[];
  readonly channels: readonly { readonly channel: string; readonly orders: number }[];
  readonly value: readonly CustomerValue[];
  readonly units: { readonly ordered: number; readonly delivered: number; readonly returned: number; readonly cancelled: number };
  readonly risk: CustomerRisk;
  readonly firstOrderAt: string | null;
  readonly lastOrderAt: string | null;
  /** The newest of their orders. */
  readonly orders: readonly ListedOrder[];
  /** How many there are. */
  readonly orderCount: number;
}

export interface CustomerValue {
  readonly currency: string;
  readonly orders: number;
  /** Of orders that were not cancelled, as they were placed. */
  readonly amount: number;
  readonly cancelledAmount: number;
}

/** What speaks for care; counts of orders. */
export interface CustomerRisk {
  readonly cancelled: number;
  readonly paymentDeclined: number;
  readonly verificationRejected: number;
  readonly onHold: number;
  /** Returned of what was delivered, in per cent. */
  readonly returnedPercent: number;
}

export type FindCustomer = (asked: CustomerAsked) => Promise<Customer>;

export interface CustomersNeeds {
  readonly sql: Sql;
  readonly contacts: ContactIndex;
  readonly viewReached: (view: AnyView, position: Position) => Promise<void>;
  readonly head: () => Promise<Position>;
}

const MOST = 10_000;
const SHOWN = 50;

/**
 * The orders of the contact or id that was asked for; then, once, those of the ids and contacts that these were placed with: a guest's order joins the account
 * with the same address. Not further: a shared phone number would join strangers one after the other.
 */
const THEIRS = `
  with found as (
    select order_id from customer_contact where hash = any ($1::text[])
    union select order_id from ${tableOf(orderSummary)} where customer_id = $2 limit ${MOST}
  ), theirs as (
    select order_id from found
    union select o.order_id from ${tableOf(orderSummary)} o
      where o.customer_id in (select s.customer_id from ${tableOf(orderSummary)} s join found using (order_id) where s.customer_id is not null)
    union select c.order_id from customer_contact c
      where c.hash in (select k.hash from customer_contact k join found using (order_id))
    limit ${MOST}
  )`;

const ORDERS = `${THEIRS} select ${listedColumns}, s.cancel_reason from ${tableOf(orderSummary)} s join theirs using (order_id)
  order by s.placed_at desc, s.order_id desc`;

const UNITS = `${THEIRS} select coalesce(sum(quantity), 0)::float8 as ordered, coalesce(sum(delivered), 0)::float8 as delivered,
  coalesce(sum(returned), 0)::float8 as returned, coalesce(sum(cancelled), 0)::float8 as cancelled
  from ${tableOf(orderLine)} join theirs using (order_id)`;

type Row = ListedRow & { readonly cancel_reason: string | null };

const counted = (rows: readonly Row[], is: (row: Row) => boolean): number => rows.reduce((n, row) => (is(row) ? n + 1 : n), 0);
const distinct = <Value>(values: readonly (Value | null)[]): readonly Value[] => [...new Set(values.filter((value) => value !== null))];

const valueOf = (rows: readonly Row[]): readonly CustomerValue[] =>
  distinct(rows.map(({ currency }) => currency)).map((currency) => {
    const own = rows.filter((row) => row.currency === currency);
    const sum = (cancelled: boolean): number =>
      own.reduce((total, row) => ((row.status === 'cancelled') === cancelled ? total + Number(row.total_amount) : total), 0);
    return { currency, orders: own.length, amount: sum(false), cancelledAmount: sum(true) };
  });

const riskOf = (rows: readonly Row[], { delivered, returned }: Customer['units']): CustomerRisk => ({
  cancelled: counted(rows, ({ status }) => status === 'cancelled'),
  paymentDeclined: counted(rows, ({ cancel_reason }) => cancel_reason === 'payment-declined'),
  verificationRejected: counted(rows, ({ cancel_reason }) => cancel_reason === 'verification-rejected'),
  onHold: counted(rows, ({ status }) => status === 'on-hold'),
  returnedPercent: delivered === 0 ? 0 : Math.round((returned * 100) / delivered),
});

const customerOf = (rows: readonly Row[], units: Customer['units']): Customer => ({
  customerIds: distinct(rows.map((row) => row.customer_id)),
  channels: distinct(rows.map(({ channel }) => channel)).map((channel) => ({
    channel,
    orders: counted(rows, (row) => row.channel === channel),
  })),
  value: valueOf(rows),
  units,
  risk: riskOf(rows, units),
  firstOrderAt: rows.at(-1)?.placed_at.toISOString() ?? null,
  lastOrderAt: rows[0]?.placed_at.toISOString() ?? null,
  orders: rows.slice(0, SHOWN).map(listedOrder),
  orderCount: rows.length,
});

const none: Customer['units'] = { ordered: 0, delivered: 0, returned: 0, cancelled: 0 };

export const findingCustomers =
  ({ sql, contacts, viewReached, head }: CustomersNeeds): FindCustomer =>
  async (asked) => {
    const hashes = await contacts.find(asked);
    const position = await head();
    await Promise.all([orderSummary, orderLine].map((view) => viewReached(view, position)));
    const values = [hashes, asked.customerId ?? null];
    const [orders, units] = await Promise.all([sql.query<Row>(ORDERS, values), sql.query<Customer['units']>(UNITS, values)]);
    return customerOf(orders.rows, units.rows[0] ?? none);
  };
