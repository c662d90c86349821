import type { Pool } from 'pg';
import type { Analysis, SkuSales, StockAge, StockTurnover } from '../../app/analysis/analysis';

const SOLD = `coalesce(sum(-m.delta_on_hand) filter (where m.kind = 'StockIssued'), 0)::integer`;
/** Fit to be sold or not. */
const RETURNED = `coalesce(sum(m.delta_on_hand + m.delta_unavailable) filter (where m.kind = 'StockRestocked'), 0)::integer`;

/** An issue names its order: that knows where it was sold. */
export const SALES = `
  select *, sold - returned as net from (
    select m.sku, r.channel, ${SOLD} as sold, ${RETURNED} as returned
    from stock_movement m left join lateral (
      select l.channel from reservation_line l where l.order_id = m.reference::uuid and l.sku = m.sku limit 1
    ) r on true
    where m.kind in ('StockIssued', 'StockRestocked') and m.location is not null and m.at >= $1 and m.at < $2
      and ($3::text is null or m.sku = $3) and ($4::text is null or m.location = $4) and ($5::text is null or r.channel = $5)
    group by m.sku, r.channel
  ) s order by net desc, sku, channel nulls last limit $6`;

/** What a supplier has is never ours: it neither lies nor is turned here. */
const OURS = "not exists (select from location o where o.code = stock.location and o.kind = 'supplier')";

const OLDER = (days: number): string => `l.at <= $1::timestamptz - interval '${days} days'`;
const units = (condition: string): string => `coalesce(sum(l.units) filter (where ${condition}), 0)::integer`;

/** Of what came the last units that are still there, layer by layer. */
export const AGES = `
  select s.sku, s.location, s.on_hand as "onHand", min(l.at) as "oldestAt",
    round(sum(l.units * extract(epoch from $1::timestamptz - l.at) / 86400) / sum(l.units), 1)::float as "averageDays",
    ${units(`not ${OLDER(30)}`)} as "within30Days", ${units(`${OLDER(30)} and not ${OLDER(90)}`)} as "within90Days",
    ${units(`${OLDER(90)} and not ${OLDER(180)}`)} as "within180Days", ${units(OLDER(180))} as older
  from (
    select sku, location, on_hand from stock
    where on_hand > 0 and ${OURS} and ($2::text is null or sku = $2) and ($3::text is null or location = $3)
      and ($4::text is null or (sku, location) > ($4, $5))
    order by sku, location limit $6
  ) s cross join lateral (
    select at, least(came, s.on_hand - later) as units from (
      select m.at, m.delta_on_hand as came,
        coalesce(sum(m.delta_on_hand) over (order by m.movement_id desc rows between unbounded preceding and 1 preceding), 0) as later
      from stock_movement m where m.sku = s.sku and m.location = s.location and m.delta_on_hand > 0
    ) c where later < s.on_hand
  ) l
  group by s.sku, s.location, s.on_hand order by s.sku, s.location`;

const NET = `(coalesce(sum(-m.delta_on_hand) filter (where m.kind = 'StockIssued' and m.at < $2), 0)
      - coalesce(sum(m.delta_on_hand + m.delta_unavailable) filter (where m.kind = 'StockRestocked' and m.at < $2), 0))::integer`;

/** What was there at the end, less what came on the way by how much of the period it was not there yet. */
export const TURNOVER = `
  select p.sku, p.location, p.on_hand as "onHand", p.net, round(p.average, 1)::float as "averageOnHand", round(p.days, 1)::float as days,
    case when p.average > 0 and p.days > 0 then round(p.net / p.average * 365 / p.days, 2)::float end as "turnsAYear",
    case when p.net > 0 then round(p.on_hand * p.days / p.net, 1)::float end as "daysOfSupply"
  from (
    select s.sku, s.location, s.on_hand, b.days, ${NET} as net,
      s.on_hand - coalesce(sum(m.delta_on_hand) filter (where m.at >= $2), 0)
        - coalesce(sum(m.delta_on_hand * extract(epoch from m.at - b.since) / 86400) filter (where m.at < $2) / nullif(b.days, 0), 0) as average
    from (
      select sku, location, on_hand from stock
      where ${OURS} and ($3::text is null or sku = $3) and ($4::text is null or location = $4) and ($5::text is null or (sku, location) > ($5, $6))
      order by sku, location limit $7
    ) s cross join lateral (
      select since, greatest(extract(epoch from $2::timestamptz - since) / 86400, 0) as days from (
        select greatest(min(at), $1::timestamptz) as since from stock_movement f where f.sku = s.sku and f.location = s.location
      ) first
    ) b
    left join stock_movement m on m.sku = s.sku and m.location = s.location and m.at >= b.since
    group by s.sku, s.location, s.on_hand, b.days
  ) p order by p.sku, p.location`;

export const postgresAnalysis = (pool: Pool): Analysis => ({
  sales: async ({ from, to, sku, location, channel, limit }) =>
    (await pool.query<SkuSales>(SALES, [from, to, sku, location, channel, limit])).rows,
  ages: async ({ at, sku, location, after, limit }) =>
    (
      await pool.query<Omit<StockAge, 'oldestAt'> & { readonly oldestAt: Date }>(AGES, [at, sku, location, after?.[0], after?.[1], limit])
    ).rows.map((row) => ({ ...row, oldestAt: row.oldestAt.toISOString() })),
  turnover: async ({ from, to, sku, location, after, limit }) =>
    (await pool.query<StockTurnover>(TURNOVER, [from, to, sku, location, after?.[0], after?.[1], limit])).rows,
});
