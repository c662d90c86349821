import { monthOf } from './phrases';
import { amount, channel, count, country, month, question, word, type Question } from './question';

const costs = question({
  name: 'routing_costs',
  asks: 'What does it cost to ship from where orders were routed to, and what would it have cost from elsewhere?',
  reading:
    'Decisions with an estimate, by the UTC month in which they were made. They are compared with shipping all of it from one other location; decisions for which there was none are not compared. What labels were sold for is in carrier_scorecard.',
  columns: {
    month,
    channel,
    country,
    currency: word('ISO 4217, of every amount of the row: that of the rules of routing. Never null.'),
    decisions: count('Decisions with an estimate.'),
    split_decisions: count('Decisions of them that several locations ship.'),
    cost: amount('What the decisions were estimated to cost.'),
    compared: count('Decisions for which some location alone had all of it.'),
    compared_cost: amount('What these were estimated to cost.'),
    cheapest_cost: amount('What they would have cost from whichever location alone was cheapest.'),
    above_cheapest: amount('compared_cost less cheapest_cost; below zero, splitting was cheaper.'),
    with_other: count('Decisions for which a location alone had all of it that ships nothing of it.'),
    with_other_cost: amount('What these were estimated to cost.'),
    other_cost: amount('What they would have cost from the cheapest of those locations.'),
    saved: amount('other_cost less with_other_cost; below zero, the others were cheaper.'),
  },
  key: ['month', 'channel', 'country', 'currency'],
  time: { column: 'month', unit: 'month' },
  sql: `
    with decision as (
      select decision_id, order_id, ship_group_id, cost_currency as currency, min(brokered_at) as brokered_at, count(*) as parts, sum(cost) as cost,
        min(cheapest_alone) as cheapest, min(cheapest_other) as other
      from fact_routing_decision where cost is not null and decision_id is not null group by decision_id, order_id, ship_group_id, cost_currency)
    select *, compared_cost - cheapest_cost as above_cheapest, other_cost - with_other_cost as saved from (
      select ${monthOf('r.brokered_at')} as month, ch.channel, coalesce(g.country, o.country) as country, r.currency, count(*) as decisions,
        count(*) filter (where r.parts > 1) as split_decisions, sum(r.cost) as cost, count(r.cheapest) as compared,
        coalesce(sum(r.cost) filter (where r.cheapest is not null), 0) as compared_cost, coalesce(sum(r.cheapest), 0) as cheapest_cost,
        count(r.other) as with_other, coalesce(sum(r.cost) filter (where r.other is not null), 0) as with_other_cost, coalesce(sum(r.other), 0) as other_cost
      from decision r join fact_order o using (order_id) join dim_channel ch using (channel_key)
      left join fact_promise g on g.order_id = r.order_id and g.ship_group_id = r.ship_group_id
      group by ${monthOf('r.brokered_at')}, ch.channel, coalesce(g.country, o.country), r.currency) as months`,
});

export const routingQuestions: readonly Question[] = [costs];
