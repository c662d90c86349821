import type { Readings } from '@cartage/service-kit';
import { isoTime } from '@cartage/views';
import type { Pool } from 'pg';
import type { KnownLevel, SkuOffers, StockReports } from '../../../app/channels/stock-report';
import { stockCauses } from '../../../domain/channel-stock';

const LEVEL = `json_build_object('sku', sku, 'network', network, 'locations', locations, 'told', told, 'status', status,
  'asOf', ${isoTime('as_of')}, 'toldAt', ${isoTime('told_at')}) as level`;
const LEVELS = `select ${LEVEL} from channel_stock where channel = $1 and sku = any($2)`;
const PUBLISHED = `select ${LEVEL} from channel_stock where channel = $1 and sku > $2 order by sku limit $3`;

/** It disagrees since it did first, whatever the number was meanwhile. */
const NOTE = `
  insert into channel_stock_report as r (channel, sku, location, quantity, published, acknowledged, cause, as_of, since)
  select $1, sku, location, quantity, published, acknowledged, cause, $3, case when cause is not null then $3::timestamptz end from (
    select distinct on (l.sku, coalesce(l.location, '')) l.sku, coalesce(l.location, '') as location, l.quantity, l.published, l.acknowledged, l.cause
    from jsonb_to_recordset($2::jsonb) as l (sku text, location text, quantity bigint, published integer, acknowledged integer, cause text)
    order by l.sku, coalesce(l.location, '')
  ) as line
  on conflict (channel, sku, location) do update set
    quantity = excluded.quantity, published = excluded.published, acknowledged = excluded.acknowledged, cause = excluded.cause, as_of = excluded.as_of,
    since = case when excluded.cause is not null and r.cause is not null then r.since else excluded.since end
  where excluded.as_of >= r.as_of`;

const REPORTED = `
  select r.sku, r.channel, r.location, r.published, r.acknowledged, s.told_at, r.quantity, r.as_of, r.cause, r.since
  from channel_stock_report r left join channel_stock s on s.channel = r.channel and s.sku = r.sku where r.sku = asked.sku`;
/** Of channels that never said anything of it. */
const UNREPORTED = `
  select s.sku, s.channel, '', greatest(s.network, 0), greatest((s.told->>'network')::integer, 0), s.told_at, null::bigint, null::timestamptz, null::text, null::timestamptz
  from channel_stock s where s.sku = asked.sku and not exists (select from channel_stock_report r where r.channel = s.channel and r.sku = s.sku)`;
const OFFER = `json_build_object('channel', channel, 'location', nullif(location, ''), 'published', published, 'acknowledged', acknowledged,
  'acknowledgedAt', ${isoTime('told_at')}, 'reported', quantity, 'reportedAt', ${isoTime('as_of')}, 'drift', quantity - published, 'cause', cause, 'since', ${isoTime('since')})`;
const LIST = `
  with asked as (
    select distinct sku from channel_stock_report
    where cause is not null and ($1::text is null or sku = $1) and ($2::text is null or channel = $2) and ($3::text is null or cause = $3)
      and ($4::text is null or sku > $4)
    union
    select sku from channel_stock where sku = $1 and $2::text is null and $3::text is null and $4::text is null
    order by sku limit $5
  )
  select asked.sku, coalesce(offers.apart, 0)::float as apart, coalesce(offers.channels, '[]') as channels
  from asked cross join lateral (
    select max(quantity - published) - min(quantity - published) as apart, json_agg(${OFFER} order by channel, location) as channels
    from (${REPORTED} union all ${UNREPORTED}) as each
  ) as offers order by asked.sku`;

const FORGET = `
  delete from channel_stock_report where (channel, sku, location) in (
    select channel, sku, location from channel_stock_report where as_of < $1 order by as_of limit $2 for update skip locked)`;

export const stockReportTable = (pool: Pool): StockReports => {
  const levels = async (text: string, values: readonly unknown[]): Promise<readonly KnownLevel[]> =>
    (await pool.query<{ level: KnownLevel }>(text, [...values])).rows.map(({ level }) => level);
  return {
    levels: async (channel, skus) => new Map((await levels(LEVELS, [channel, skus])).map((level) => [level.sku, level])),
    published: (channel, { after, limit }) => levels(PUBLISHED, [channel, after, limit]),
    note: async (channel, lines, asOf) => void (await pool.query(NOTE, [channel, JSON.stringify(lines), asOf])),
    list: async ({ sku, channel, cause, after, limit }) =>
      (await pool.query<SkuOffers>(LIST, [sku ?? null, channel ?? null, cause ?? null, after ?? null, limit])).rows,
  };
};

export const forgettingReports =
  (pool: Pool) =>
  async (before: string, limit: number): Promise<number> =>
    (await pool.query(FORGET, [before, limit])).rowCount ?? 0;

const FIGURES = `select channel, cause, count(*)::int as count from channel_stock_report group by channel, cause`;

/** Of each channel that ever said what it offers, so that a gauge goes back to nothing. */
export const stockReadings = async (pool: Pool): Promise<Readings> => {
  const { rows } = await pool.query<{ channel: string; cause: string | null; count: number }>(FIGURES);
  if (rows.length === 0) return {};
  const of = (channel: string, cause: string): number => rows.find((row) => row.channel === channel && row.cause === cause)?.count ?? 0;
  return {
    channelStockDifferences: [...new Set(rows.map(({ channel }) => channel))].flatMap((channel) =>
      stockCauses.map((cause) => ({ labels: { channel, cause }, value: of(channel, cause) })),
    ),
  };
};
