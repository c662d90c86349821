import { daysBetween, monthOf, percentile, shareOf } from './phrases';
import { amount, channel, count, country, day, location, month, number, question, word, type Question } from './question';

const carrier = word('Name of the carrier. Null: it has no label of ours.');
const service = word('The delivery service, as the carrier names it. Null: it has no label of ours.');

/** What was dispatched, with what was promised of its ship group and by whom it went. */
const dispatched = `
      select ${monthOf('s.dispatched_at')} as month, w.location, coalesce(g.country, o.country) as country, c.carrier, c.service, s.*,
        s.delivered_at is not null and s.delivered_parcels >= s.parcels as delivered, coalesce(g.sold_deliver_by, g.deliver_by) as promised_by,
        ${daysBetween('s.dispatched_at', 's.delivered_at')} as transit_days
      from fact_shipment s join dim_location w using (location_key)
      left join fact_order o using (order_id) left join dim_carrier_service c using (carrier_service_key)
      left join fact_routing_decision r using (fulfillment_id)
      left join fact_promise g on g.order_id = s.order_id and g.ship_group_id = r.ship_group_id
      where s.dispatched_at is not null`;

const lane = { month: { ...month, about: 'Of the dispatch: its first day; months are UTC. Never null.' }, location, country };

const promiseAccuracy = question({
  name: 'promise_accuracy',
  asks: 'Do deliveries come when they were promised, by lane?',
  reading:
    'A lane is from where, to which country, by whom, how. The promise is that which was sold; where the sale said nothing, the last one. A shipment is delivered when all of its parcels are.',
  columns: {
    ...lane,
    carrier,
    service,
    shipments: count('Shipments that the carrier got.'),
    promised: count('Shipments of them that something was promised of.'),
    on_time: count('Delivered until the promise.'),
    late: count('Delivered after it.'),
    overdue: count('Not delivered, and the promise is over.'),
    on_time_share: number('on_time ÷ (on_time + late + overdue), from 0 to 1. Null: nothing was due yet.'),
    days_late_p50: number('Half of those delivered came at most so many days after the promise; below zero, before it. Null: none was.'),
    days_late_p90: number('9 of 10 of them. Null: none was.'),
  },
  key: ['month', 'location', 'country', 'carrier', 'service'],
  time: { column: 'month', unit: 'month' },
  sql: `
    select *, ${shareOf('on_time', '(on_time + late + overdue)')} as on_time_share from (
      select month, location, country, carrier, service, count(*) as shipments, count(promised_by) as promised,
        count(*) filter (where delivered and delivered_at <= promised_by) as on_time,
        count(*) filter (where delivered and delivered_at > promised_by) as late,
        count(*) filter (where not delivered and promised_by < now()) as overdue,
        ${percentile(0.5, `case when delivered then ${daysBetween('promised_by', 'delivered_at')} end`)} as days_late_p50,
        ${percentile(0.9, `case when delivered then ${daysBetween('promised_by', 'delivered_at')} end`)} as days_late_p90
      from (${dispatched}) as dispatched group by month, location, country, carrier, service) as lanes`,
});

const carrierScorecard = question({
  name: 'carrier_scorecard',
  asks: 'How do carriers do with the parcels that they get, and for how much?',
  reading:
    'By month of dispatch, lane and the currency in which labels were charged. What is on its way still moves the figures of its month. What carriers billed otherwise is told by GET /shipping/reports/carriers.',
  columns: {
    ...lane,
    carrier,
    service,
    currency: word('ISO 4217, of every amount of the row. Null: no label was charged to us.'),
    shipments: count('Shipments that the carrier got.'),
    parcels: count('Parcels in them.'),
    delivered_parcels: count('Parcels that the customer has.'),
    first_attempt_share: number('Shipments delivered without a failed attempt ÷ those delivered, from 0 to 1. Null: none was delivered.'),
    failed_attempts: count('How often nobody took a parcel.'),
    exceptions: count('Faults that the carrier told of.'),
    sent_back: count('Shipments of which a parcel turned back.'),
    lost: count('Shipments of which a parcel was given up.'),
    transit_days_p50: number('From dispatch to delivery, days: half of those delivered took at most so long. Null: none was delivered.'),
    transit_days_p90: number('9 of 10 of them. Null: none was delivered.'),
    label_cost: amount('What the carrier charges us for the labels, without those that were voided.'),
    cost_per_parcel: number('label_cost ÷ parcels. Minor units of currency. Null: no label was charged to us.'),
  },
  key: ['month', 'location', 'country', 'carrier', 'service', 'currency'],
  time: { column: 'month', unit: 'month' },
  sql: `
    select *, case when currency is not null then round(label_cost::numeric / nullif(parcels, 0), 2) end as cost_per_parcel from (
      select month, location, country, carrier, service, label_currency as currency, count(*) as shipments, coalesce(sum(parcels), 0) as parcels,
        sum(delivered_parcels) as delivered_parcels,
        ${shareOf('count(*) filter (where delivered and attempts_failed = 0)', 'count(*) filter (where delivered)')} as first_attempt_share,
        sum(attempts_failed) as failed_attempts, sum(exceptions) as exceptions, count(sent_back_at) as sent_back, count(lost_at) as lost,
        ${percentile(0.5, 'case when delivered then transit_days end')} as transit_days_p50,
        ${percentile(0.9, 'case when delivered then transit_days end')} as transit_days_p90, sum(label_cost) as label_cost
      from (${dispatched}) as dispatched group by month, location, country, carrier, service, label_currency) as lanes`,
});

const sla = question({
  name: 'sla',
  asks: 'Are deadlines met: handed over and delivered until when it was promised?',
  reading:
    'One deadline for each ship group that has one, as it was promised last, on the UTC day on which it ends. Met, missed, open and cancelled are all of them. Orders that were imported did not go through here.',
  columns: {
    date: day('The UTC day on which the deadline ends. Never null.'),
    channel,
    country,
    deadline: word('ship-by or deliver-by. Never null.'),
    promised: count('Ship groups with such a deadline.'),
    met: count('All units that were not cancelled had left, or were delivered, until then.'),
    missed: count('They had not.'),
    open: count('The deadline is still to come, and not all of it is done.'),
    at_risk: count('Of those that are open: it ends within 24 hours.'),
    cancelled: count('All units were cancelled.'),
    moved: count('Ship groups of them whose promise was moved at least once.'),
    met_share: number('met ÷ (met + missed), from 0 to 1. Null: nothing was due yet.'),
  },
  key: ['date', 'channel', 'country', 'deadline'],
  time: { column: 'date', unit: 'day' },
  sql: `
    with kept as (
      select g.*, o.channel_key, coalesce(s.dispatched_at, o.dispatched_at) as dispatched_at, coalesce(s.delivered_at, o.delivered_at) as delivered_at,
        l.units, l.all_dispatched, l.all_delivered
      from fact_promise g join fact_order o using (order_id)
      cross join lateral (select coalesce(sum(greatest(units - cancelled_units, 0)), 0) as units, bool_and(dispatched_units >= units - cancelled_units) as all_dispatched,
        bool_and(delivered_units >= units - cancelled_units) as all_delivered from fact_order_line where order_id = g.order_id and ship_group_id = g.ship_group_id) l
      cross join lateral (select max(f.dispatched_at) as dispatched_at, max(f.delivered_at) as delivered_at
        from fact_routing_decision r join fact_shipment f using (fulfillment_id)
        where r.order_id = g.order_id and r.ship_group_id = g.ship_group_id) s
      where o.imported is not true),
    due as (
      select k.channel_key, k.country, k.moves, each.*,
        case when k.units = 0 then 'cancelled' when each.done and each.done_at <= each.due_at then 'met'
          when each.done or each.due_at < now() then 'missed' else 'open' end as outcome
      from kept k cross join lateral (values
        ('ship-by', k.ship_by, k.all_dispatched, k.dispatched_at),
        ('deliver-by', k.deliver_by, k.all_delivered, k.delivered_at)) as each(deadline, due_at, done, done_at)
      where each.due_at is not null)
    select *, ${shareOf('met', '(met + missed)')} as met_share from (
      select (due_at at time zone 'UTC')::date as date, ch.channel, country, deadline, count(*) as promised,
        count(*) filter (where outcome = 'met') as met, count(*) filter (where outcome = 'missed') as missed,
        count(*) filter (where outcome = 'open') as open, count(*) filter (where outcome = 'open' and due_at < now() + interval '24 hours') as at_risk,
        count(*) filter (where outcome = 'cancelled') as cancelled, count(*) filter (where moves > 0) as moved
      from due join dim_channel ch using (channel_key)
      group by (due_at at time zone 'UTC')::date, ch.channel, country, deadline) as deadlines`,
});

export const deliveryQuestions: readonly Question[] = [promiseAccuracy, carrierScorecard, sla];
