import { count, instant, location, lone, month, number, question, sku, type Question } from './question';

/** So many days of the past tell how fast stock goes. */
const PACE_DAYS = 28;

const turnover = question({
  name: 'stock_turnover',
  asks: 'How often was stock turned over in each month, by SKU and location?',
  reading: 'Months in which something moved. What is there stands for what can be sold there; what was set aside is not in it.',
  columns: {
    month,
    sku,
    location,
    opening_units: lone('Units that were there when the month began.'),
    received_units: count('Units that came from suppliers.'),
    issued_units: count('Units that left for orders.'),
    restocked_units: count('Units that came back from customers and can be sold again.'),
    other_units: count('Change by anything else: counts, transfers, refurbished goods. Below zero it became less.'),
    closing_units: lone('Units that were there when the month ended; of this month, until now.'),
    turns: number('issued_units ÷ the mean of opening and closing units. Null: there was nothing, before and after.'),
  },
  key: ['month', 'sku', 'location'],
  time: { column: 'month', unit: 'month' },
  sql: `
    with moved as (
      select date_trunc('month', d.date)::date as month, m.product_key, m.location_key, sum(m.units) as change,
        coalesce(sum(m.units) filter (where m.kind = 'received'), 0) as received_units,
        coalesce(-sum(m.units) filter (where m.kind = 'issued'), 0) as issued_units,
        coalesce(sum(m.units) filter (where m.kind = 'restocked'), 0) as restocked_units,
        coalesce(sum(m.units) filter (where m.kind not in ('received', 'issued', 'restocked')), 0) as other_units
      from fact_stock_movement m join dim_date d on d.date_key = m.happened_date_key
      group by date_trunc('month', d.date)::date, m.product_key, m.location_key),
    standing as (
      select *, sum(change) over (partition by product_key, location_key order by month) as closing_units from moved)
    select s.*, p.sku, w.location, closing_units - change as opening_units,
      round(issued_units / nullif((closing_units - change + closing_units) / 2.0, 0), 4) as turns
    from standing s join dim_product p using (product_key) join dim_location w using (location_key)`,
});

const daysOfSupply = question({
  name: 'days_of_supply',
  asks: 'For how many days does the stock of each SKU at each location last?',
  reading: `As things are now, at the pace of the last ${PACE_DAYS} days.`,
  columns: {
    sku,
    location,
    on_hand: count('Units that are there and can be sold.'),
    allocated: count('Units of them that are claimed by orders.'),
    available: count('on_hand less allocated and less safety stock; below zero, more is claimed than is there.'),
    issued_units: count(`Units that left for orders in the last ${PACE_DAYS} days.`),
    units_per_day: number(`issued_units ÷ ${PACE_DAYS}.`),
    days: number('on_hand ÷ units_per_day. Null: nothing left in that time; it lasts for ever, or is not sold.'),
  },
  key: ['sku', 'location'],
  sql: `
    select p.sku, w.location, s.on_hand, s.allocated, s.available, coalesce(m.issued, 0) as issued_units,
      round(coalesce(m.issued, 0) / ${PACE_DAYS}.0, 4) as units_per_day, round(s.on_hand * ${PACE_DAYS}.0 / nullif(m.issued, 0), 1) as days
    from fact_stock_level s join dim_product p using (product_key) join dim_location w using (location_key)
    left join (select product_key, location_key, -sum(units) as issued from fact_stock_movement
      where kind = 'issued' and happened_at > now() - interval '${PACE_DAYS} days' group by product_key, location_key) m using (product_key, location_key)`,
});

const ageing = question({
  name: 'stock_ageing',
  asks: 'How old is the stock of each SKU at each location?',
  reading:
    'As things are now. What came first is taken to leave first, so what is there is what came last. Units that a transfer or a customer brought are as old as their coming here.',
  columns: {
    sku,
    location,
    from_days: lone('They came at least so many days ago. Null: it is not known when; nothing tells of their coming.'),
    to_days: lone('And at most so many days ago. Null: there is no end to it, or it is not known when they came.'),
    units: count('Units that are there and can be sold.'),
    oldest_at: instant('When the oldest of them came, UTC. Null: it is not known.'),
  },
  key: ['sku', 'location', 'from_days'],
  sql: `
    with come as (
      select product_key, location_key, happened_at, units,
        sum(units) over (partition by product_key, location_key order by happened_at desc, event_id desc, position desc) - units as later
      from fact_stock_movement where units > 0),
    there as (
      select s.product_key, s.location_key, c.happened_at, least(c.units, s.on_hand - c.later) as units
      from fact_stock_level s join come c using (product_key, location_key) where s.on_hand > c.later
      union all
      select s.product_key, s.location_key, null, s.on_hand - coalesce(sum(c.units), 0)
      from fact_stock_level s left join come c using (product_key, location_key)
      group by s.product_key, s.location_key, s.on_hand having s.on_hand > coalesce(sum(c.units), 0))
    select p.sku, w.location, age.from_days, age.to_days, sum(t.units) as units, min(t.happened_at) as oldest_at
    from there t join dim_product p using (product_key) join dim_location w using (location_key)
    left join (values (0, 30), (31, 60), (61, 90), (91, 180), (181, null)) as age(from_days, to_days)
      on t.happened_at is not null and greatest(0, floor(extract(epoch from now() - t.happened_at) / 86400)) between age.from_days and coalesce(age.to_days, 1000000)
    group by p.sku, w.location, age.from_days, age.to_days`,
});

export const stockQuestions: readonly Question[] = [turnover, daysOfSupply, ageing];
