import { Refused, type Position } from '@cartage/eventsourcing';
import { tableOf, type AnyView, type Sql } from '@cartage/views';
import type { ContactIndex } from './contact-index';
import type { CustomerAsked } from './customers';
import { orderSummary } from './views/order-summary';

/** The orders and customer ids of one person. */
export interface FoundPerson {
  readonly orders: readonly string[];
  readonly customers: readonly string[];
  /** Orders that are neither completed nor cancelled. */
  readonly underWay: readonly string[];
}

export interface PersonSearchNeeds {
  readonly sql: Sql;
  readonly contacts: ContactIndex;
  readonly viewReached: (view: AnyView, position: Position) => Promise<void>;
  readonly head: () => Promise<Position>;
}

export type FindPerson = (asked: CustomerAsked) => Promise<FoundPerson>;

const MOST = 2_000;

/**
 * The orders of the contact or id that was asked for, and all of the account that these were placed with: one key seals all of an account. Not further: who shares a
 * phone number is somebody else.
 */
const THEIRS = `
  with found as (
    select order_id from customer_contact where hash = any ($1::text[])
    union select order_id from ${tableOf(orderSummary)} where customer_id = $2
  ), accounts as (
    select customer_id from ${tableOf(orderSummary)} join found using (order_id) where customer_id is not null group by 1
  )
  select s.order_id, s.customer_id, s.status from ${tableOf(orderSummary)} s
  where s.order_id in (select order_id from found) or s.customer_id in (select customer_id from accounts)
  order by s.order_id limit ${MOST + 1}`;

interface Row {
  readonly order_id: string;
  readonly customer_id: string | null;
  readonly status: string;
}

const ended: ReadonlySet<string> = new Set(['completed', 'cancelled']);

const ambiguous = (customers: readonly string[]): Refused =>
  new Refused('PERSON_AMBIGUOUS', `This contact is of several customers: ${customers.slice(0, 10).join(', ')}. Say whose by customerId.`);

const tooMany = (): Refused =>
  new Refused('PERSON_TOO_LARGE', `More than ${MOST} orders: that is no person. Give the orders of a business customer ids of their own.`);

export const findingPeople =
  ({ sql, contacts, viewReached, head }: PersonSearchNeeds): FindPerson =>
  async (asked) => {
    const { email, phone, country, customerId } = asked;
    const hashes = await contacts.find({ email, phone, country });
    await viewReached(orderSummary, await head());
    const { rows } = await sql.query<Row>(THEIRS, [hashes, customerId ?? null]);
    if (rows.length > MOST) throw tooMany();
    const named = rows.flatMap(({ customer_id: customer }) => (customer === null ? [] : [customer]));
    const customers = [...new Set([...named, ...(customerId === undefined ? [] : [customerId])])].toSorted();
    if (customers.length > 1) throw ambiguous(customers);
    return {
      customers,
      orders: rows.map(({ order_id: orderId }) => orderId),
      underWay: rows.filter(({ status }) => !ended.has(status)).map(({ order_id: orderId }) => orderId),
    };
  };
