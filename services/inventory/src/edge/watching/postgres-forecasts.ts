import type { Pool } from 'pg';
import type { ForecastRows, IssuedUnits, LearnedPoint, Place, ShownForecast } from '../../app/watching/forecasts';

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

/** Of a point that is not learned any more nothing is kept. */
const KEEP = `
  insert into demand_forecast (sku, location, made_at, reorder_point, order_up_to, said)
  select f.sku, f.location, f."madeAt", (f.said->'proposal'->>'reorderPoint')::integer, (f.said->'proposal'->>'orderUpTo')::integer, f.said
  from jsonb_to_recordset($1) as f (sku text, location text, "madeAt" timestamptz, said jsonb)
  join reorder_point p on p.sku = f.sku and p.location = f.location and p.learned = f.said->'terms'
  on conflict (sku, location) do update set made_at = excluded.made_at, reorder_point = excluded.reorder_point,
    order_up_to = excluded.order_up_to, said = excluded.said`;
const KEPT = 'select sku, location, made_at, said from demand_forecast where sku = $1 and location = $2';

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
  keep: async (forecasts) => {
    const rows = forecasts.map(({ sku, location, madeAt, ...said }) => ({ sku, location, madeAt, said }));
    await pool.query(KEEP, [JSON.stringify(rows)]);
  },
  kept: async ({ sku, location }) => {
    const { rows } = await pool.query<Place & { readonly made_at: Date; readonly said: Said }>(KEPT, [sku, location]);
    return rows.map(({ made_at: madeAt, said, ...place }) => ({ ...place, ...said, madeAt: madeAt.toISOString() }))[0];
  },
});
