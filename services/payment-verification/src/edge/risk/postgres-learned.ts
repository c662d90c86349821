import { keptModel, tableOf, type Sql } from '@cartage/views';
import type { RiskFactLog } from '../../app/risk/risk-shelf';
import type { RiskReportsNeeds, RiskSlice } from '../../app/risk/risk-reports';
import { riskOutcome } from '../../app/views/risk-outcome';
import { MATURE_DAYS, type RiskFact, type RiskLearned, type RiskOutcome } from '../../domain/risk-learner';
import type { RiskValues } from '../../domain/risk-features';

const TABLE = tableOf(riskOutcome);
const IN_TIME = `each.order_id = judged.order_id and each.recorded_at <= judged.recorded_at + interval '${MATURE_DAYS} days'`;
const TAKEN = `exists (select from ${TABLE} each where each.step = 'taken' and ${IN_TIME})`;
/** Of each chargeback, shipment or refund the last word holds. */
const WENT_WRONG = `
  select coalesce(json_agg(distinct last.outcome order by last.outcome), '[]'::json) from (
    select distinct on (each.outcome, each.subject) each.outcome, each.step from ${TABLE} each
    where each.step in ('wrong', 'undone') and ${IN_TIME} order by each.outcome, each.subject, each.position desc
  ) last where last.step = 'wrong'`;

/**
 * Orders that are old enough, by the newest that the view shows and not by a clock: whatever was recorded in time is then in the view, too. An hour more, for times in the log are not quite
 * in its order. Nobody is passed over: where one is too young, those after it wait.
 */
const AFTER = `
  with next as (select * from ${TABLE} where step = 'judged' and position > $1 order by position limit $2),
  shown as (select max(recorded_at) - interval '${MATURE_DAYS} days 1 hour' as until from ${TABLE} where step = 'judged'),
  young as (select min(position) as position from next, shown where recorded_at > shown.until)
  select judged.position, judged.recorded_at, judged.values, judged.foretold, ${TAKEN} as taken, (${WENT_WRONG}) as went_wrong
  from next judged, young where young.position is null or judged.position < young.position order by judged.position`;

interface Row {
  readonly position: string;
  readonly recorded_at: Date;
  readonly values: RiskValues;
  readonly foretold: number | null;
  readonly taken: boolean;
  readonly went_wrong: readonly RiskOutcome[];
}

const factOf = ({ position, recorded_at, values, foretold, taken, went_wrong }: Row): RiskFact => ({
  ...{ position, recordedAt: recorded_at.toISOString(), values, isTaken: taken, wentWrong: went_wrong },
  ...(foretold === null ? {} : { foretold }),
});

export const riskFactLog = (sql: Sql): RiskFactLog => ({
  after: async (position, limit) => (await sql.query<Row>(AFTER, [position, limit])).rows.map(factOf),
  ...keptModel<RiskLearned>(sql, { view: riskOutcome, table: 'risk_model' }),
});

const MOST_SLICES = 200;
const SLICES = `
  with judged as (
    select judged.*, judged.recorded_at <= $3::timestamptz - interval '${MATURE_DAYS} days' and ${TAKEN} as is_known,
      json_array_length((${WENT_WRONG})) > 0 as went_wrong, coalesce(judged.action, 'accept') <> 'accept' as is_flagged
    from ${TABLE} judged
    where judged.step = 'judged' and judged.foretold is not null and judged.recorded_at >= $1 and judged.recorded_at < $2
  )
  select case when grouping(country) = 0 then 'country' when grouping(method) = 0 then 'method' when grouping(channel) = 0 then 'channel' else 'all' end as by,
    coalesce(country, method, channel, '') as value, count(*)::int as orders, (sum(foretold) / 10000.0)::float8 as foretold,
    count(*) filter (where is_flagged)::int as flagged, count(*) filter (where decision <> 'accept')::int as "flaggedByRules",
    count(*) filter (where is_known)::int as known, count(*) filter (where is_known and went_wrong)::int as "wentWrong",
    (coalesce(sum(foretold) filter (where is_known), 0) / 10000.0)::float8 as "foretoldOfKnown",
    count(*) filter (where is_known and went_wrong and is_flagged)::int as "flaggedOfWrong",
    count(*) filter (where is_known and not went_wrong and is_flagged)::int as "flaggedOfGood"
  from judged group by grouping sets ((), (country), (method), (channel))
  order by 1, 3 desc, 2 limit ${MOST_SLICES}`;

export const riskSlices =
  (sql: Sql): RiskReportsNeeds['slices'] =>
  async ({ from, to, now }) =>
    (await sql.query<RiskSlice>(SLICES, [from, to, now])).rows.filter(({ orders }) => orders > 0);
