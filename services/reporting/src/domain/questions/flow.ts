import { dayOf, percentile, placed, shareOf } from './phrases';
import { amount, channel, count, country, currency, day, lone, month, number, question, word, type Question } from './question';

const straightThrough = question({
  name: 'straight_through',
  asks: 'How many orders go through without anybody touching them?',
  reading:
    'By the UTC day on which they were placed; orders that were imported did not go through here. An order that anything below holds for is not straight through; several may hold for one order.',
  columns: {
    date: day('The UTC day on which they were placed. Never null.'),
    channel,
    orders: count('Orders.'),
    straight_through: count('Orders of them that nothing below holds for.'),
    straight_through_share: number('straight_through ÷ orders, from 0 to 1.'),
    held: count('They, or parts of them, were held.'),
    reviewed: count('A person had to look at a payment.'),
    declined: count('A payment was declined.'),
    edited: count('They were edited.'),
    short: count('Stock was short.'),
    rerouted: count('A location would not ship, or found units missing, or lines were brokered again.'),
    label_refused: count('A carrier refused a label.'),
    cancelled: count('Units of them were cancelled.'),
  },
  key: ['date', 'channel'],
  time: { column: 'date', unit: 'day' },
  sql: `
    select *, ${shareOf('straight_through', 'orders')} as straight_through_share from (
      select date, channel, count(*) as orders,
        count(*) filter (where not (held or reviewed or declined or edited or short or rerouted or label_refused or cancelled)) as straight_through,
        count(*) filter (where held) as held, count(*) filter (where reviewed) as reviewed, count(*) filter (where declined) as declined,
        count(*) filter (where edited) as edited, count(*) filter (where short) as short, count(*) filter (where rerouted) as rerouted,
        count(*) filter (where label_refused) as label_refused, count(*) filter (where cancelled) as cancelled
      from (
        select d.date, ch.channel, o.holds > 0 as held, o.reviews > 0 as reviewed, o.declines > 0 as declined, o.edits > 0 as edited,
          o.short_at is not null as short,
          exists (select 1 from fact_routing_decision r where r.order_id = o.order_id
            and (r.attempt > 1 or r.rejected_at is not null or r.short_at is not null)) as rerouted,
          exists (select 1 from fact_shipment s where s.order_id = o.order_id and s.label_failures > 0) as label_refused,
          exists (select 1 from fact_order_line l where l.order_id = o.order_id and l.cancelled_units > 0) as cancelled
        from ${placed} where not o.imported) as touched
      group by date, channel) as days`,
});

const steps = [
  ['placed to reserved', 'placed_at', 'reserved_at'],
  ['placed to authorised', 'placed_at', 'authorised_at'],
  ['placed to confirmed', 'placed_at', 'confirmed_at'],
  ['confirmed to brokered', 'confirmed_at', 'brokered_at'],
  ['brokered to packed', 'brokered_at', 'packed_at'],
  ['packed to dispatched', 'packed_at', 'dispatched_at'],
  ['dispatched to delivered', 'dispatched_at', 'delivered_at'],
  ['placed to delivered', 'placed_at', 'delivered_at'],
  ['placed to completed', 'placed_at', 'completed_at'],
] as const;

const stepRows = steps.map(([step, from, to], i) => `(${i + 1}, '${step}', o.${from}, o.${to})`).join(', ');

const cycleTimes = question({
  name: 'cycle_times',
  asks: 'How long does each step of an order take?',
  reading:
    'By the UTC month in which orders were placed; orders that were imported did not go through here. Of each order the first time that it came to a step counts, and the last delivery.',
  columns: {
    month,
    channel,
    step_number: lone('Orders the steps.'),
    step: word(`${steps.map(([step]) => step).join(', ')}. Never null.`),
    orders: lone('Orders that came through this step.'),
    hours_p50: number('Half of them took at most so many hours.'),
    hours_p90: number('9 of 10 of them.'),
    hours_mean: number('All of them together ÷ orders.'),
  },
  key: ['month', 'channel', 'step_number'],
  time: { column: 'month', unit: 'month' },
  sql: `
    select month, channel, step_number, step, count(*) as orders, ${percentile(0.5, 'hours')} as hours_p50, ${percentile(0.9, 'hours')} as hours_p90,
      round(avg(hours), 2) as hours_mean
    from (
      select date_trunc('month', d.date)::date as month, ch.channel, each.step_number, each.step,
        greatest(0, extract(epoch from each.done_at - each.begun_at) / 3600) as hours
      from ${placed} cross join lateral (values ${stepRows}) as each(step_number, step, begun_at, done_at)
      where not o.imported and each.begun_at is not null and each.done_at is not null) as taken
    group by month, channel, step_number, step`,
});

const splits = question({
  name: 'splits',
  asks: 'In how many shipments and parcels does an order leave?',
  reading: 'Orders of which something has left, by the UTC month in which they were placed.',
  columns: {
    month,
    channel,
    country: { ...country, about: 'Where the first ship group of the order goes, ISO 3166-1 alpha-2. Null: nothing is sent.' },
    orders: count('Orders of which something has left.'),
    split_orders: count('Orders of them that left in more than one shipment.'),
    split_share: number('split_orders ÷ orders, from 0 to 1.'),
    shipments: count('Shipments that have left.'),
    parcels: count('Parcels in them.'),
    units: count('Units in them.'),
    grams: count('Their weight as packed, grams; shipments that nobody weighed count nothing.'),
    parcels_per_order: number('parcels ÷ orders.'),
  },
  key: ['month', 'channel', 'country'],
  time: { column: 'month', unit: 'month' },
  sql: `
    select *, ${shareOf('split_orders', 'orders')} as split_share, round(parcels::numeric / orders, 4) as parcels_per_order from (
      select date_trunc('month', d.date)::date as month, ch.channel, o.country, count(*) as orders, count(*) filter (where s.shipments > 1) as split_orders,
        sum(s.shipments) as shipments, sum(s.parcels) as parcels, sum(s.units) as units, sum(s.grams) as grams
      from ${placed} cross join lateral (select count(*) as shipments, coalesce(sum(parcels), 0) as parcels,
        coalesce(sum(dispatched_units), 0) as units, coalesce(sum(weight_grams), 0) as grams
        from fact_shipment where order_id = o.order_id and dispatched_at is not null) s
      where s.shipments > 0 group by date_trunc('month', d.date)::date, ch.channel, o.country) as months`,
});

/** Units of a line that are left before a cancellation of it. */
const leftBefore = `l.units - sum(c.units) over (partition by c.order_id, c.line_id order by c.cancelled_at, c.cancellation_id) + c.units`;
const worthLeft = (units: string): string => `round(total * least(greatest(${units}, 0), sold)::numeric / nullif(sold, 0))`;

const cancellations = question({
  name: 'cancellations',
  asks: 'Why are units cancelled, by whose decision, and what were they worth?',
  reading:
    'By the UTC day of the cancellation. Orders that were imported as cancelled are not in it: nobody here decided. All cancellations of a line together are worth what its total lost by them.',
  columns: {
    date: day('The UTC day on which they were cancelled. Never null.'),
    channel,
    reason: word('Code of the reason, such as payment-declined. Never null.'),
    decided_by: word('customer, operator, channel, carrier, provider, policy or system. Never null.'),
    currency,
    cancellations: count('Cancellations.'),
    orders: lone('Orders that they are of.'),
    units: count('Units that were cancelled.'),
    undelivered_units: count('Units of them that had left, and did not arrive.'),
    amount: amount('What customers would have paid for them, with discounts and tax, without charges for delivery.'),
  },
  key: ['date', 'channel', 'reason', 'decided_by', 'currency'],
  time: { column: 'date', unit: 'day' },
  sql: `
    select ${dayOf('cancelled_at')} as date, channel, reason, decided_by, currency, count(distinct cancellation_id) as cancellations,
      count(distinct order_id) as orders, sum(units) as units, coalesce(sum(units) filter (where undelivered), 0) as undelivered_units,
      coalesce(sum(${worthLeft('before')} - ${worthLeft('before - units')}), 0) as amount
    from (
      select c.*, ch.channel, o.currency, l.total, l.units as sold, ${leftBefore} as before
      from fact_cancellation_line c join fact_order o using (order_id) join dim_channel ch using (channel_key)
      left join fact_order_line l on l.order_id = c.order_id and l.line_id = c.line_id) as lines
    group by ${dayOf('cancelled_at')}, channel, reason, decided_by, currency`,
});

export const flowQuestions: readonly Question[] = [straightThrough, cycleTimes, splits, cancellations];
