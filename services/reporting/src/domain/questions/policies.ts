import { shareOf } from './phrases';
import { count, instant, lone, number, question, word, type Question } from './question';

/** Of whoever needs a label. */
const labelled = `case when labels > 0 and label_failures = 0 then 'accepted' when labels > 0 or label_failures = 0 then 'held' else 'refused' end`;

/** Where the policy left nobody to ask, that was said only with the failure. */
const decidedForLabel = 'coalesce(label_requested_at, label_failed_at)';

/** What names the policy that it was decided under: when, and how it came out. An order that verification judged more than once counts as the strictest verdict says. */
const decisions = `
  select policy_key, policy_version, brokered_at as decided_at, order_id,
    case when rejected_at is not null then 'refused' when short_at is not null then 'held' else 'accepted' end as outcome
  from fact_routing_decision where policy_key is not null
  union all select policy_key, policy_version, min(happened_at), order_id,
    case when bool_or(verdict = 'reject') then 'refused' when bool_or(verdict = 'review') then 'held' else 'accepted' end
  from fact_payment where policy_key is not null group by policy_key, policy_version, order_id
  union all select policy_key, policy_version, ${decidedForLabel}, order_id, ${labelled} from fact_shipment where policy_key is not null
  union all select label_policy_key, label_policy_version, ${decidedForLabel}, order_id, ${labelled} from fact_return where label_policy_key is not null
  union all select policy_key, policy_version, happened_at, order_id, case stage when 'declined' then 'refused' else 'accepted' end
  from fact_return_line where policy_key is not null and stage in ('authorised', 'declined')
  union all select g.policy_key, g.policy_version, o.placed_at, g.order_id,
    case when g.ship_by_missed_at is not null or g.deliver_by_missed_at is not null then 'refused' when g.moves > 0 then 'held' else 'accepted' end
  from fact_promise g left join fact_order o using (order_id) where g.policy_key is not null
  union all select l.policy_key, l.policy_version, o.placed_at, l.order_id, case when l.units > l.cancelled_units then 'accepted' else 'refused' end
  from fact_order_line l left join fact_order o using (order_id) where l.policy_key is not null`;

const inForce = question({
  name: 'policies_in_force',
  asks: 'Which policy was in force when, and what was decided under it?',
  reading:
    'One row for each time that a version was in force. A decision counts under the version that it names, in the last of its times that had begun: a return is judged by the policy that its order was sold under, which another may have replaced since. What names a version that was never put in force, such as the settings, counts in the row without one. Routing: what locations were asked to ship (held: units were missing; refused: the location would not). Verification: orders (held: a person had to look). Carriers: shipments, and returns that a label was wanted for (held: no label yet, or a carrier refused one before; refused: every carrier did, or the policy left none to ask). Returns: lines of requests. Promise: ship groups (held: the promise was moved; refused: a date of it was missed). Prices: lines of orders, by the list and version that the price is from now (refused: all units were cancelled, or taken out). Of calendars and words nothing names what was decided.',
  columns: {
    kind: word('routing, verification, carriers, returns, promise, calendar, prices or template. Never null.'),
    policy: word('Which one: its kind, and its own name where there are several, such as promise/standard-gb. Never null.'),
    revision: lone('Counts how often one was put in force. 0: before the first was.'),
    version: word('The version, as what is decided under it names it. Null: none was put in force yet, the settings held.'),
    in_force_from: instant('UTC. Null: before the first was put in force.'),
    in_force_to: instant('That instant not included, UTC. Null: it still is.'),
    decisions: count('What was decided under it.'),
    orders: lone('Orders that it was about.'),
    accepted: count('Decisions that said yes, and stand.'),
    held: count('Decisions that somebody had to look at, or that did not stand as they were made.'),
    refused: count('Decisions that said no, or came to nothing.'),
    accepted_share: number('accepted ÷ decisions, from 0 to 1. Null: nothing was decided.'),
    held_share: number('held ÷ decisions, from 0 to 1. Null: nothing was decided.'),
    refused_share: number('refused ÷ decisions, from 0 to 1. Null: nothing was decided.'),
  },
  key: ['policy', 'revision'],
  sql: `
    with period as (
      select policy_key, kind, policy, version, active, coalesce(revision, 0) as revision, valid_from, valid_to, is_current,
        lag(valid_from) over w is null as is_first, lead(valid_from) over w as again_from
      from dim_policy_history window w as (partition by policy_key, version order by revision nulls first)),
    decision as (${decisions}),
    placed as (
      select d.policy_key, d.decided_at, d.order_id, d.outcome, known.version
      from decision d left join (select distinct policy_key, version from period where version is not null) known
        on known.policy_key = d.policy_key and known.version = d.policy_version),
    counted as (
      select p.policy_key, p.revision, count(*) as decisions, count(distinct d.order_id) as orders, count(*) filter (where d.outcome = 'accepted') as accepted,
        count(*) filter (where d.outcome = 'held') as held, count(*) filter (where d.outcome = 'refused') as refused
      from placed d join period p on p.policy_key = d.policy_key and coalesce(p.version, '') = coalesce(d.version, '')
        and (p.is_first or d.decided_at >= p.valid_from) and (p.again_from is null or coalesce(d.decided_at < p.again_from, p.is_first))
      group by p.policy_key, p.revision)
    select kind, policy, revision, version, nullif(valid_from, '0001-01-01T00:00:00Z') as in_force_from, case when is_current then null else valid_to end as in_force_to,
      decisions, orders, accepted, held, refused, ${shareOf('accepted', 'decisions')} as accepted_share, ${shareOf('held', 'decisions')} as held_share,
      ${shareOf('refused', 'decisions')} as refused_share
    from (select p.*, coalesce(c.decisions, 0) as decisions, coalesce(c.orders, 0) as orders, coalesce(c.accepted, 0) as accepted,
      coalesce(c.held, 0) as held, coalesce(c.refused, 0) as refused
      from period p left join counted c using (policy_key, revision)) as shown
    where (revision > 0 and active is distinct from false) or decisions > 0`,
});

export const policyQuestions: readonly Question[] = [inForce];
