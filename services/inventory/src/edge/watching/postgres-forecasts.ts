import type { Pool } from 'pg';
import type { DemandCardNeeds } from '../../app/watching/demand-card';
import type { ForecastRows, IssuedUnits, LearnedPoint, Place, ShownForecast } from '../../app/watching/forecasts';
import type { ForetoldDays } from '../../domain/foretold';

const POINTS = `
  select p.sku, p.location, coalesce(i.category, '') as category, p.learned from reorder_point p left join item i using (sku)
  where p.learned is not null`;
const PAGE = `${POINTS} and ($1::text is null or (coalesce(i.category, ''), p.sku, p.location) > ($1, $2, $3))
  order by coalesce(i.category, ''), p.sku, p.location limit $4`;

/** What left, by the day on which it left. */
const ISSUED = `
  select m.sku, m.location, floor(extract(epoch from m.at) / 86400)::integer as day, sum(-m.delta_on_hand)::integer as units
  from stock_movement m join jsonb_to_recordset($1) as p (sku text, location text) on p.sku = m.sku and p.location = m.location
  where m.kind = 'StockIssued' and m.at >= to_timestamp($2::bigint * 86400) and m.at < to_timestamp($3::bigint * 86400)
  group by 1, 2, 3`;

/** Of the last hundred of each. */
const RECEIPTS = `
  select s.supplier, array_agg(r.days) as days from unnest($1::text[]) as s (supplier) cross join lateral (
    select (extract(epoch from p.received_at - p.ordered_at) / 86400)::float as days from purchase_order p
    where p.supplier = s.supplier and p.received_at is not null order by p.received_at desc limit 100
  ) r group by s.supplier`;

/** Of a point that is not learned any more nothing is kept. What was said before counts by how it came out, once, however many replace it at the same time: so it is read before it is replaced. */
const KEEP = `
  with replaced as (
    select b.months from demand_forecast d join jsonb_to_recordset($2) as b (sku text, location text, "madeAt" timestamptz, months jsonb)
      on b.sku = d.sku and b.location = d.location and b."madeAt" = d.made_at order by d.sku, d.location for update of d
  ), counted as (
    insert into demand_foretold (month, days, foretold, happened)
    select m.month, sum(m.days), sum(m.foretold), sum(m.happened)
    from replaced, jsonb_to_recordset(months) as m (month text, days integer, foretold float, happened float) group by m.month order by m.month
    on conflict (month) do update set days = demand_foretold.days + excluded.days,
      foretold = demand_foretold.foretold + excluded.foretold, happened = demand_foretold.happened + excluded.happened
  )
  insert into demand_forecast (sku, location, made_at, reorder_point, order_up_to, said)
  select f.sku, f.location, f."madeAt", (f.said->'proposal'->>'reorderPoint')::integer, (f.said->'proposal'->>'orderUpTo')::integer, f.said
  from jsonb_to_recordset($1) as f (sku text, location text, "madeAt" timestamptz, said jsonb)
  join reorder_point p on p.sku = f.sku and p.location = f.location and p.learned = f.said->'terms'
  cross join (select count(*) from replaced) as counted_first
  on conflict (sku, location) do update set made_at = excluded.made_at, reorder_point = excluded.reorder_point,
    order_up_to = excluded.order_up_to, said = excluded.said`;
const KEPT = `
  select d.sku, d.location, d.made_at, d.said from demand_forecast d
  join jsonb_to_recordset($1) as p (sku text, location text) on p.sku = d.sku and p.location = d.location`;

/** Errors are those of the days that were held back when the last forecasts were made. */
const CARD = `
  select count(*)::integer as points, count(*) filter (where (p.learned->>'decides')::boolean)::integer as deciding,
    (select count(*)::integer from reorder_point where learned is not null) as learned,
    max(d.made_at) as "madeAt", max((d.said->'source'->>'days')::integer) as longest,
    coalesce(sum((d.said->'source'->>'days')::bigint), 0)::float8 as days,
    coalesce(sum((d.said->'source'->>'sellingDays')::bigint), 0)::float8 as "sellingDays",
    count(*) filter (where d.said->'source'->>'because' = 'too-new')::integer as "tooNew",
    sqrt(avg(power((d.said->'error'->>'learned')::float8, 2))) as "learnedError",
    sqrt(avg(power((d.said->'error'->>'baseline')::float8, 2))) as "baselineError",
    avg((d.said->'error'->>'learned')::float8) as "learnedMean", avg((d.said->'error'->>'baseline')::float8) as "baselineMean"
  from demand_forecast d join reorder_point p on p.sku = d.sku and p.location = d.location`;
const MONTHS = `select month, days, foretold, happened from (select * from demand_foretold order by month desc limit $1) m order by month`;
/** That a card shows. */
const MOST_MONTHS = 120;

type Said = Omit<ShownForecast, keyof Place | 'madeAt'>;

export const forecastRows = (pool: Pool): ForecastRows => ({
  points: async ({ after, limit }) => (await pool.query<LearnedPoint>(PAGE, [after?.[0], after?.[1], after?.[2], limit])).rows,
  point: async ({ sku, location }) =>
    (await pool.query<LearnedPoint>(`${POINTS} and p.sku = $1 and p.location = $2`, [sku, location])).rows[0],
  issued: async (places, { from, to }) => {
    const of = JSON.stringify(places.map(({ sku, location }) => ({ sku, location })));
    return (await pool.query<IssuedUnits>(ISSUED, [of, from, to])).rows;
  },
  receipts: async (suppliers) => {
    const { rows } = await pool.query<{ readonly supplier: string; readonly days: readonly number[] }>(RECEIPTS, [suppliers]);
    return new Map(rows.map(({ supplier, days }) => [supplier, days]));
  },
  keep: async (forecasts, foretold) => {
    const rows = forecasts.map(({ sku, location, madeAt, ...said }) => ({ sku, location, madeAt, said }));
    await pool.query(KEEP, [JSON.stringify(rows), JSON.stringify(foretold)]);
  },
  kept: async (places) => {
    const of = JSON.stringify(places.map(({ sku, location }) => ({ sku, location })));
    const { rows } = await pool.query<Place & { readonly made_at: Date; readonly said: Said }>(KEPT, [of]);
    return rows.map(({ made_at: madeAt, said, ...place }) => ({ ...place, ...said, madeAt: madeAt.toISOString() }));
  },
});

/** What the last forecasts say of themselves, all together, and how earlier ones came out. */
export const forecastSums = (pool: Pool): DemandCardNeeds => ({
  sums: async () => {
    const { rows } = await pool.query<Awaited<ReturnType<DemandCardNeeds['sums']>> & { readonly madeAt: Date | null }>(CARD);
    const [row] = rows;
    if (!row) throw new Error('A count has always one row.');
    return { ...row, madeAt: row.madeAt?.toISOString() ?? null };
  },
  months: async () => (await pool.query<ForetoldDays>(MONTHS, [MOST_MONTHS])).rows,
});
