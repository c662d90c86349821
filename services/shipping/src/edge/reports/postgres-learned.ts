import { keptModel, tableOf, type Sql } from '@cartage/views';
import type { CarrierCardNeeds } from '../../app/carrier-card';
import type { CarriersCompared, CarriersComparedNeeds } from '../../app/carriers-compared';
import type { CarrierFactLog } from '../../app/learned-carriers';
import { carrierOutcome } from '../../app/views/carrier-outcome';
import type { CarrierFact, LearnedModel } from '../../domain/carrier-learner';

const TABLE = tableOf(carrierOutcome);
const AFTER = `
  select position, recorded_at, step, location, country, carrier, service, ended, days_late, currency, allows, spends
  from ${TABLE} where position > $1 order by position limit $2`;

interface Row {
  readonly position: string;
  readonly recorded_at: Date;
  readonly step: CarrierFact['step'];
  readonly location: string | null;
  readonly country: string | null;
  readonly carrier: string | null;
  readonly service: string | null;
  readonly ended: 'delivered' | 'lost' | null;
  readonly days_late: number | null;
  readonly currency: string | null;
  readonly allows: string | null;
  readonly spends: string | null;
}

const factOf = (row: Row): CarrierFact => {
  const fact = { position: row.position, recordedAt: row.recorded_at.toISOString() };
  if (row.step === 'chosen')
    return { ...fact, step: 'chosen', currency: row.currency ?? '', allows: Number(row.allows), spends: Number(row.spends) };
  return { ...fact, step: 'ended', ...wayOf(row), end: row.ended ?? 'delivered', daysLate: row.days_late ?? 0 };
};

const wayOf = ({ location, country, carrier, service }: Row) => ({
  ...{ location: location ?? '', country: country ?? '', carrier: carrier ?? '', service: service ?? '' },
});

export const carrierFactLog = (sql: Sql): CarrierFactLog => ({
  after: async (position, limit) => (await sql.query<Row>(AFTER, [position, limit])).rows.map(factOf),
  ...keptModel<LearnedModel>(sql, { view: carrierOutcome, table: 'carrier_model' }),
});

const isLearned = `(baseline_carrier, baseline_service) is distinct from (learned_carrier, learned_service)`;
/** What was shipped as one of the two would have it: how often, and what became of it. */
const wentBy = (side: 'baseline' | 'learned'): string => {
  const went = side === 'baseline' ? `(decided_by <> 'learned' or not ${isLearned})` : `(decided_by = 'learned' or not ${isLearned})`;
  const counted = (condition: string): string => `count(*) filter (where ${went} and ${condition})::int`;
  return `sum(${side}_cost)::float8 ${side}_cost, sum(${side}_expected)::float8 ${side}_expected,
    ${counted('outcome.ended is not null')} ${side}_ended, ${counted("outcome.ended = 'delivered' and outcome.days_late > 0")} ${side}_late,
    ${counted("outcome.ended = 'lost'")} ${side}_lost`;
};

const COMPARED = `
  select chosen.currency, count(*)::int labels, count(*) filter (where decided_by = 'learned')::int decided,
    count(*) filter (where not ${isLearned})::int agreed, ${wentBy('baseline')}, ${wentBy('learned')}
  from ${TABLE} chosen left join lateral (
    select ended, days_late from ${TABLE} each where each.label_id = chosen.label_id and each.step = 'ended' order by position limit 1
  ) outcome on true
  where chosen.step = 'chosen' and chosen.recorded_at >= $1 and chosen.recorded_at < $2
  group by 1 order by 1`;

type Side = 'baseline' | 'learned';
type ComparedRow = Readonly<
  Record<'labels' | 'decided' | 'agreed' | `${Side}_${'cost' | 'expected' | 'ended' | 'late' | 'lost'}`, number>
> & {
  readonly currency: string;
};

const sideOf = (row: ComparedRow, side: Side) => ({
  ...{ cost: row[`${side}_cost`], expected: row[`${side}_expected`] },
  ...{ ended: row[`${side}_ended`], late: row[`${side}_late`], lost: row[`${side}_lost`] },
});

const comparedOf = (row: ComparedRow): CarriersCompared => ({
  ...{ currency: row.currency, labels: row.labels, decidedByLearned: row.decided, agreed: row.agreed },
  ...{ baseline: sideOf(row, 'baseline'), learned: sideOf(row, 'learned') },
});

export const comparedCarriers =
  (sql: Sql): CarriersComparedNeeds['compared'] =>
  async ({ from, to }) =>
    (await sql.query<ComparedRow>(COMPARED, [from, to])).rows.map(comparedOf);

/** Labels that were chosen lately, as they were sent: by what decides. */
const FORETOLD = `
  select to_char(chosen.recorded_at at time zone 'UTC', 'YYYY-MM') as month, chosen.currency, count(*)::int as labels,
    avg(case decided_by when 'learned' then learned_expected - learned_cost else baseline_expected - baseline_cost end)::float8 as foretold,
    avg(case outcome.ended when 'lost' then lost_cost else outcome.days_late * late_day_cost end)::float8 as happened
  from ${TABLE} chosen join lateral (
    select ended, days_late from ${TABLE} each where each.label_id = chosen.label_id and each.step = 'ended' order by position limit 1
  ) outcome on true
  where chosen.step = 'chosen' and (case decided_by when 'learned' then learned_cost else baseline_cost end) is not null
  group by 1, 2 order by 1 desc, 2 limit $1`;
/** That a card shows. */
const MOST_MONTHS = 120;

export const foretoldOfCarriers =
  (sql: Sql): CarrierCardNeeds['months'] =>
  async () =>
    (await sql.query<Awaited<ReturnType<CarrierCardNeeds['months']>>[number]>(FORETOLD, [MOST_MONTHS])).rows.toReversed();

const SINCE = `select recorded_at from ${TABLE} where step = 'ended' order by position limit 1`;

/** The day of the first shipment that was learned from. */
export const learnedSince =
  (sql: Sql): CarrierCardNeeds['since'] =>
  async () =>
    (await sql.query<Pick<Row, 'recorded_at'>>(SINCE, [])).rows[0]?.recorded_at.toISOString().slice(0, 10) ?? null;
