import { tableOf, type Sql } from '@cartage/views';
import type { PromiseFilter, PromiseGroup, PromisesOf, ReportShelf } from '../../app/reports';
import { shipmentSummary } from '../../app/views/shipment-summary';

const MOST = 1_000;

/** Which columns tell one group from another; the others are empty. */
const columns = { location: 'location', country: 'country', carrier: 'carrier', service: 'service', week: 'week' } as const;
type Column = keyof typeof columns;

const groups: { readonly [By in PromiseGroup]: readonly Column[] } = {
  lane: ['location', 'country', 'carrier', 'service'],
  carrier: ['carrier'],
  service: ['carrier', 'service'],
  location: ['location'],
  country: ['country'],
  week: ['week'],
};

const shown = (by: PromiseGroup): string =>
  (Object.keys(columns) as Column[])
    .map((column) => `${groups[by].includes(column) ? columns[column] : 'null::text'} as ${column}`)
    .join(', ');

/** Delivered a day before or less is on time; what nobody delivered was missed. Cancelled shipments promised nothing any more. */
const queryOf = (by: PromiseGroup): string => `
  with due as (
    select location, country, carrier, service, to_char(date_trunc('week', deliver_by at time zone 'utc'), 'YYYY-MM-DD') as week,
      extract(epoch from delivered_at - deliver_by) / 86400 as days
    from ${tableOf(shipmentSummary)}
    where deliver_by >= $1 and deliver_by < $2 and cancelled_at is null and status <> 'collected'
      and ($3::text is null or carrier = $3) and ($4::text is null or location = $4) and ($5::text is null or country = $5)
  )
  select ${shown(by)}, count(*)::int as promised,
    count(*) filter (where days < -1)::int as early,
    count(*) filter (where days between -1 and 0)::int as "onTime",
    count(*) filter (where days > 0)::int as late,
    count(*) filter (where days is null)::int as missed,
    round(100.0 * count(*) filter (where days <= 0) / count(*), 1)::float8 as "keptPercent",
    json_build_object(
      'one', count(*) filter (where days > 0 and days <= 1), 'two', count(*) filter (where days > 1 and days <= 2),
      'three', count(*) filter (where days > 2 and days <= 3), 'fourOrMore', count(*) filter (where days > 3)
    ) as "lateByDays",
    round((percentile_cont(0.5) within group (order by days) filter (where days > 0))::numeric, 1)::float8 as "medianDaysLate"
  from due group by ${groups[by].join(', ')} order by promised desc, ${groups[by].join(', ')} limit ${MOST}`;

const promises = async (sql: Sql, { from, to, by, carrier, location, country }: PromiseFilter): Promise<readonly PromisesOf[]> =>
  (await sql.query<PromisesOf>(queryOf(by), [from, to, carrier ?? null, location ?? null, country ?? null])).rows;

export const reportShelf = (sql: Sql): ReportShelf => ({ promises: (filter) => promises(sql, filter) });
