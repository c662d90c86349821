import { daysBetween, monthOf, percentile } from './phrases';
import { amount, channel, count, currency, lone, month, number, question, word, type Question } from './question';

/** Money that came in, with how far its parcels and its settlement are: none by gift card, store credit or exchange, of which nothing is paid out. Of cash, what was found missing at the door is taken off. */
const came = `
      select p.*, ch.channel, s.dispatched_at, case when s.delivered_parcels >= s.parcels then s.delivered_at end as delivered_at,
        case when p.kind = 'captured' then p.amount else p.amount - case when row_number() over (
          partition by p.kind, p.order_id, p.shipment_id order by p.happened_at, p.event_id) = 1 then coalesce(short.amount, 0) else 0 end end as came, settled.settled_at
      from fact_payment p join fact_order o using (order_id) join dim_channel ch using (channel_key)
      left join fact_shipment s using (shipment_id)
      left join lateral (select sum(m.amount) as amount from fact_payment m
        where m.kind = 'cod-short' and m.order_id = p.order_id and m.shipment_id = p.shipment_id) short on true
      left join lateral (select min(f.settled_at) as settled_at from fact_settled_item i join fact_settlement f using (line_id, said_at)
        where f.agrees and i.item_id = case when p.kind = 'captured' then p.capture_id else p.shipment_id end
          and i.kind = case when p.kind = 'captured' then 'charge' else 'cod-remittance' end) settled on true
      where p.kind in ('captured', 'cod-collected') and p.balance_id is null`;

const cycle = question({
  name: 'cash_cycle',
  asks: 'How long does it take from the dispatch until money is paid out, and how much is still on its way?',
  reading:
    'Money that was charged or collected at the door, by the UTC month in which it was. It is settled when a settlement file that agrees holds it. What a person closed without a file is not known here. What gift cards, store credit and exchanges pay is no money that comes.',
  columns: {
    month,
    channel,
    currency,
    method: word('charged, or cash at the door. Never null.'),
    orders: lone('Orders that it is of.'),
    came: amount('What came in.'),
    settled: amount('Of it, what settlement files hold.'),
    locked: amount('came less settled.'),
    days_to_deliver: number('From dispatch to delivery: half of its shipments took at most so many days. Null: none was delivered.'),
    days_to_settle: number('From charge or collection to settlement: half of it took at most so many days. Null: none was settled.'),
    days_in_all: number(
      'From dispatch to settlement: half of it took at most so many days. Null: none was settled, or it is for no shipment.',
    ),
  },
  key: ['month', 'channel', 'currency', 'method'],
  time: { column: 'month', unit: 'month' },
  sql: `
    select ${monthOf('happened_at')} as month, channel, currency, case when kind = 'captured' then 'charged' else 'cash at the door' end as method,
      count(distinct order_id) as orders, sum(came) as came, coalesce(sum(came) filter (where settled_at is not null), 0) as settled,
      coalesce(sum(came) filter (where settled_at is null), 0) as locked, ${percentile(0.5, daysBetween('dispatched_at', 'delivered_at'))} as days_to_deliver,
      ${percentile(0.5, daysBetween('happened_at', 'settled_at'))} as days_to_settle, ${percentile(0.5, daysBetween('dispatched_at', 'settled_at'))} as days_in_all
    from (${came}) as money group by ${monthOf('happened_at')}, channel, currency, kind`,
});

const locked = question({
  name: 'locked_cash',
  asks: 'How much money is earned and cannot be used yet, and where is it?',
  reading:
    'As things are now: what was charged, or collected at the door, and stands in no settlement file that agrees; what gift cards, store credit and exchanges paid is not in it.',
  columns: {
    stage: word(
      'captured-shipped: charged, and its shipment is not delivered. captured-delivered: and it is. captured-other: charged for no shipment. collected: taken at the door. Never null.',
    ),
    channel,
    currency,
    weeks: count('Whole weeks since it was charged or collected; 12 is 12 and more.'),
    orders: lone('Orders that it is of.'),
    amount: amount('What is locked.'),
  },
  key: ['stage', 'channel', 'currency', 'weeks'],
  sql: `
    select stage, channel, currency, weeks, count(distinct order_id) as orders, sum(came) as amount from (
      select *, case when kind = 'cod-collected' then 'collected' when shipment_id is null then 'captured-other'
          when delivered_at is null then 'captured-shipped' else 'captured-delivered' end as stage,
        greatest(0, least(12, floor(extract(epoch from now() - happened_at) / 604800))) as weeks
      from (${came}) as money where settled_at is null) as locked
    group by stage, channel, currency, weeks`,
});

export const moneyQuestions: readonly Question[] = [cycle, locked];
