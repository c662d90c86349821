import { placed, worthOf } from './phrases';
import { amount, channel, count, country, currency, day, lone, month, question, sku, word, type Question } from './question';

const date = day('The UTC day on which they were placed. Never null.');

const salesOfDays = question({
  name: 'sales',
  asks: 'What was sold on each day, by channel and country?',
  reading:
    'Orders as they stand after edits and before cancellations. An order that sends goods of another again, or exchanges them, is no sale. Orders of before, which were imported, are.',
  columns: {
    date,
    channel,
    country: { ...country, about: 'Where the first ship group of the order goes, ISO 3166-1 alpha-2. Null: nothing is sent.' },
    currency,
    orders: count('Orders.'),
    guest_orders: count('Orders of them whose customer has no id.'),
    cancelled_orders: count('Orders of them that ended unshipped.'),
    units: count('Units that were sold.'),
    cancelled_units: count('Units of them that will not ship, or did not arrive.'),
    goods: amount('Quantity times price.'),
    discount: amount('Taken off the goods.'),
    shipping: amount('Charges for delivery.'),
    tax: amount('All taxes, in the prices or on top.'),
    total: amount('What customers pay, before anything is cancelled.'),
  },
  key: ['date', 'channel', 'country', 'currency'],
  time: { column: 'date', unit: 'day' },
  sql: `
    select d.date, ch.channel, o.country, o.currency, count(*) as orders, count(*) filter (where o.customer_key is null) as guest_orders,
      count(*) filter (where o.cancelled_at is not null) as cancelled_orders, sum(l.units) as units, sum(l.cancelled_units) as cancelled_units,
      sum(o.goods) as goods, sum(o.discount) as discount, sum(o.shipping) as shipping, sum(o.tax) as tax, sum(o.total) as total
    from ${placed}
    cross join lateral (select coalesce(sum(units), 0) as units, coalesce(sum(cancelled_units), 0) as cancelled_units
      from fact_order_line where order_id = o.order_id) l
    where o.replaces_order_id is null group by d.date, ch.channel, o.country, o.currency`,
});

const sold = {
  orders: lone('Orders that it is in.'),
  units: count('Units that were sold, before anything is cancelled.'),
  kept_units: count('Units of them that were not cancelled.'),
  returned_units: count('Units of them that came back from customers, until now.'),
  total: amount('What customers pay for them, with discounts and tax, without charges for delivery, before anything is cancelled.'),
  kept_total: amount('The same of the units that were not cancelled.'),
};

const soldSums = `count(distinct l.order_id) as orders, sum(l.units) as units, sum(greatest(l.units - l.cancelled_units, 0)) as kept_units,
      sum(l.returned_units) as returned_units, sum(l.total) as total, sum(${worthOf('l.units - l.cancelled_units')}) as kept_total`;

const soldLines = `${placed} join fact_order_line l using (order_id) join dim_product p using (product_key)`;

const salesOfSkus = question({
  name: 'sales_by_sku',
  asks: 'What was sold on each day, by channel, country and SKU?',
  reading: 'Lines of orders as they stand after edits. An order that sends goods of another again, or exchanges them, is no sale.',
  columns: {
    date,
    channel,
    country,
    sku,
    currency,
    ...sold,
    discount: amount('Taken off them.'),
    tax: amount('Taxes, in the prices or on top.'),
  },
  key: ['date', 'channel', 'country', 'sku', 'currency'],
  time: { column: 'date', unit: 'day' },
  sql: `
    select d.date, ch.channel, coalesce(g.country, o.country) as country, p.sku, o.currency, ${soldSums}, sum(l.discount) as discount, sum(l.tax) as tax
    from ${soldLines} left join fact_promise g on g.order_id = l.order_id and g.ship_group_id = l.ship_group_id
    where o.replaces_order_id is null and l.units > 0
    group by d.date, ch.channel, coalesce(g.country, o.country), p.sku, o.currency`,
});

const bestSellers = question({
  name: 'best_sellers',
  asks: 'Which SKUs sold best in each month, by channel?',
  reading: 'Ranked by the units that were not cancelled, within month, channel and currency.',
  columns: {
    month,
    channel,
    currency,
    rank: count('1 sold best. Of equals the first in the order of SKUs goes before.'),
    sku,
    title: word('What it is called now. Null: nobody has described it.'),
    ...sold,
  },
  key: ['month', 'channel', 'currency', 'rank'],
  time: { column: 'month', unit: 'month' },
  sql: `
    select *, row_number() over (partition by month, channel, currency order by kept_units desc, sku collate "C") as rank from (
      select date_trunc('month', d.date)::date as month, ch.channel, o.currency, p.sku, p.title, ${soldSums}
      from ${soldLines} where o.replaces_order_id is null and l.units > 0
      group by date_trunc('month', d.date)::date, ch.channel, o.currency, p.sku, p.title) as sold`,
});

export const salesQuestions: readonly Question[] = [salesOfDays, salesOfSkus, bestSellers];
