import { monthOf } from './phrases';
import { amount, channel, count, currency, location, lone, month, question, sku, word, type Question } from './question';

const reasons = question({
  name: 'return_reasons',
  asks: 'Why do customers send things back, by SKU and channel?',
  reading: 'What was asked for, by the UTC month in which it was. What a return came to without anybody asking has no reason.',
  columns: {
    month,
    channel,
    sku,
    reason: word('The customer’s code. Null: none was given.'),
    returns: lone('Returns that were asked for.'),
    units: count('Units that were asked for.'),
  },
  key: ['month', 'channel', 'sku', 'reason'],
  time: { column: 'month', unit: 'month' },
  sql: `
    select date_trunc('month', d.date)::date as month, ch.channel, p.sku, l.reason, count(distinct l.return_id) as returns, sum(l.units) as units
    from fact_return_line l join dim_date d on d.date_key = l.happened_date_key join dim_product p using (product_key)
    join fact_order o using (order_id) join dim_channel ch using (channel_key)
    where l.stage = 'requested' group by date_trunc('month', d.date)::date, ch.channel, p.sku, l.reason`,
});

const grades = question({
  name: 'return_grades',
  asks: 'In what condition do things come back, by SKU and location, and what becomes of them?',
  reading: 'What was graded, by the UTC month in which it was.',
  columns: {
    month,
    location: { ...location, about: 'Code of the location where it was received. Null: it was received nowhere.' },
    sku,
    grade: word('A, B, C or scrap. Null: it was missing.'),
    disposition: word('restock, refurbish, quarantine, liquidate, destroy or missing. Never null.'),
    currency: word('ISO 4217, of every amount of the row. Null: the order has no such line.'),
    units: count('Units.'),
    worth: amount('What customers had paid for such units, with discounts and tax: each line to the nearest minor unit.'),
  },
  key: ['month', 'location', 'sku', 'grade', 'disposition', 'currency'],
  time: { column: 'month', unit: 'month' },
  sql: `
    select date_trunc('month', d.date)::date as month, w.location, p.sku, r.grade, r.disposition, case when l.total is not null then o.currency end as currency,
      sum(r.units) as units, coalesce(sum(round(l.total * r.units::numeric / nullif(l.units, 0))), 0) as worth
    from fact_return_line r join dim_date d on d.date_key = r.happened_date_key join dim_product p using (product_key)
    left join dim_location w using (location_key) left join fact_order o using (order_id)
    left join fact_order_line l on l.order_id = r.order_id and l.line_id = r.line_id
    where r.stage = 'graded'
    group by date_trunc('month', d.date)::date, w.location, p.sku, r.grade, r.disposition, case when l.total is not null then o.currency end`,
});

const costs = question({
  name: 'return_costs',
  asks: 'What do returns cost?',
  reading:
    'By the UTC month in which a return was asked for, or began otherwise, and by currency: a return whose label was charged in another currency than its refund is in both rows. Refunds are what was owed; what was given back is in fact_payment.',
  columns: {
    month,
    channel,
    currency,
    returns: lone('Returns, and claims that money was owed for, that cost something in this currency.'),
    labels: count('Labels that were bought for the way back.'),
    label_cost: amount('What carriers charge us for them, without those that were voided.'),
    refunds: count('Sums that customers were owed.'),
    goods: amount('Of these, for the goods, without tax.'),
    tax: amount('Of these, tax.'),
    delivery: amount('Of these, for delivery, with tax.'),
    fees: amount('Kept back: already taken off the others.'),
    refunded: amount('goods + tax + delivery.'),
    cost: amount('refunded + label_cost.'),
  },
  key: ['month', 'channel', 'currency'],
  time: { column: 'month', unit: 'month' },
  sql: `
    with due as (
      select return_id, currency, count(*) as refunds, sum(goods) as goods, sum(tax) as tax, sum(delivery) as delivery, sum(fee) as fees,
        sum(amount) as refunded, min(due_at) as due_at from fact_refund_due group by return_id, currency),
    began as (
      select r.return_id, r.order_id, coalesce(r.requested_at, r.authorised_at, r.received_at,
        (select min(due_at) from due where due.return_id = r.return_id)) as began_at
      from fact_return r),
    spent as (
      select return_id, label_currency as currency, labels, label_cost, 0 as refunds, 0 as goods, 0 as tax, 0 as delivery, 0 as fees, 0 as refunded
      from fact_return where label_currency is not null
      union all select return_id, currency, 0, 0, refunds, goods, tax, delivery, fees, refunded from due)
    select ${monthOf('b.began_at')} as month, ch.channel, s.currency, count(distinct s.return_id) as returns, sum(s.labels) as labels,
      sum(s.label_cost) as label_cost, sum(s.refunds) as refunds, sum(s.goods) as goods, sum(s.tax) as tax, sum(s.delivery) as delivery,
      sum(s.fees) as fees, sum(s.refunded) as refunded, sum(s.refunded) + sum(s.label_cost) as cost
    from spent s join began b using (return_id) join fact_order o using (order_id) join dim_channel ch using (channel_key)
    group by ${monthOf('b.began_at')}, ch.channel, s.currency`,
});

export const returnQuestions: readonly Question[] = [reasons, grades, costs];
