import { dayOf, monthOf, shareOf } from './phrases';
import { amount, count, currency, day, lone, month, number, question, word, type Question } from './question';

const sold = `fact_order o where o.customer_key is not null and o.placed_at is not null and o.replaces_order_id is null`;

/** What goes into an exchange has gone back, and comes in again with the order that it pays for: money counts of all orders. */
const ofSales = 'filter (where o.replaces_order_id is null)';

const customers = question({
  name: 'customer_value',
  asks: 'What is each customer worth?',
  reading:
    'One row for each customer, under a pseudonym, and currency. Guests have no row. Money is what came in and what went back, whichever way it was paid, also of orders that exchange goods of another or send them again; as orders these are not counted.',
  columns: {
    customer: word('Pseudonym: dim_customer has its row. Never null.'),
    currency,
    first_order_on: day('The UTC day of the first order in this currency.'),
    last_order_on: day('The UTC day of the last one.'),
    orders: count('Orders.'),
    cancelled_orders: count('Orders of them that ended unshipped.'),
    returns: count('Returns and claims that these orders had.'),
    total: amount('What the orders come to, before anything is cancelled.'),
    paid: amount('What was charged, or collected at the door.'),
    given_back: amount('What was refunded, or charged back and lost.'),
    value: amount('paid less given_back.'),
  },
  key: ['customer', 'currency'],
  sql: `
    select c.pseudonym as customer, o.currency, min(${dayOf('o.placed_at')}) ${ofSales} as first_order_on, max(${dayOf('o.placed_at')}) ${ofSales} as last_order_on,
      count(*) ${ofSales} as orders, count(o.cancelled_at) ${ofSales} as cancelled_orders, sum(r.returns) ${ofSales} as returns, sum(o.total) ${ofSales} as total,
      sum(m.paid) as paid, sum(m.given_back) as given_back, sum(m.paid) - sum(m.given_back) as value
    from fact_order o join dim_customer c using (customer_key)
    cross join lateral (select count(*) as returns from fact_return where order_id = o.order_id) r
    cross join lateral (select
        coalesce(sum(case kind when 'captured' then amount when 'cod-collected' then amount when 'cod-short' then -amount end), 0) as paid,
        coalesce(sum(case kind when 'refunded' then amount when 'chargeback-lost' then amount when 'credit-returned' then -amount end), 0) as given_back
      from fact_payment where order_id = o.order_id and currency = o.currency) m
    where o.placed_at is not null group by c.pseudonym, o.currency having count(*) ${ofSales} > 0`,
});

const cohorts = question({
  name: 'cohorts',
  asks: 'Do customers come back, month after month?',
  reading: 'A cohort are the customers whose first order was placed in a UTC month. Guests are in none.',
  columns: {
    cohort: { ...month, about: 'The month of the first order: its first day; months are UTC. Never null.' },
    month_number: count('Months since then: 0 is the month of the first order.'),
    currency,
    customers: lone('Customers in the cohort, in all currencies.'),
    active: lone('Customers of them who placed an order in that month.'),
    active_share: number('active ÷ customers, from 0 to 1.'),
    orders: count('Orders that they placed in it.'),
    total: amount('What those come to, before anything is cancelled.'),
  },
  key: ['cohort', 'month_number', 'currency'],
  time: { column: 'cohort', unit: 'month' },
  sql: `
    with firsts as (select o.customer_key, ${monthOf('min(o.placed_at)')} as cohort from ${sold} group by o.customer_key),
    sizes as (select cohort, count(*) as customers from firsts group by cohort)
    select *, ${shareOf('active', 'customers')} as active_share from (
      select f.cohort, (extract(year from age(${monthOf('o.placed_at')}, f.cohort)) * 12 + extract(month from age(${monthOf('o.placed_at')}, f.cohort))) as month_number,
        o.currency, s.customers, count(distinct o.customer_key) as active, count(*) as orders, sum(o.total) as total
      from (select * from ${sold}) o join firsts f using (customer_key) join sizes s using (cohort) group by 1, 2, 3, 4) as months`,
});

export const customerQuestions: readonly Question[] = [customers, cohorts];
