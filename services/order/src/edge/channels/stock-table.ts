import { isoTime } from '@cartage/views';
import type { Pool } from 'pg';
import type { ClaimedLevel, ShownLevel, StockShelf } from '../../app/channels/stock-shelf';

/** What is said of the channel itself holds from then on, and only that; an older word changes nothing. What is in hand stays so: no two values of a SKU are told at once. */
const KEEP = `
  insert into channel_stock as s (channel, sku, network, locations, is_named, as_of, next_at)
  select channel, $2, $3, $4, $5, $6::timestamptz, $6::timestamptz from unnest($1::text[]) as c (channel) order by channel
  on conflict (channel, sku) do update set
    network = excluded.network,
    locations = case when excluded.is_named = s.is_named then s.locations || excluded.locations else excluded.locations end,
    is_named = excluded.is_named, as_of = excluded.as_of, revision = s.revision + 1, status = 'waiting', code = null, faults = '[]',
    attempts = case when s.status = 'waiting' then s.attempts else 0 end,
    next_at = case when s.status = 'waiting' and s.attempts > 0 then s.next_at else excluded.next_at end
  where (excluded.is_named and not s.is_named) or (excluded.is_named = s.is_named and excluded.as_of >= s.as_of)`;

const CLAIM = `
  with due as (
    select channel, sku from channel_stock where channel = $1 and status = 'waiting' and next_at <= $2
    order by next_at, sku limit $4 for update skip locked
  )
  update channel_stock s set next_at = $3, attempts = attempts + 1 from due where s.channel = due.channel and s.sku = due.sku and s.status = 'waiting'
  returning s.sku, s.network, s.locations, s.revision::int as revision, s.attempts`;

/** What was said meanwhile waits, and is told at once. */
const SETTLE = `
  with answered as (
    select * from unnest($2::text[], $3::bigint[], $4::text[], $5::text[]) as a (sku, revision, code, faults) order by sku
  )
  update channel_stock s set told_at = case when a.code is null then $6 else s.told_at end, attempts = 0, next_at = $6,
    status = case when s.revision <> a.revision then 'waiting' when a.code is null then 'told' else 'refused' end,
    code = case when s.revision <> a.revision then null else a.code end,
    faults = case when s.revision <> a.revision then '[]'::jsonb else a.faults::jsonb end
  from answered a where s.channel = $1 and s.sku = a.sku`;

const POSTPONE = `update channel_stock set next_at = $3 where channel = $1 and sku = any($2) and status = 'waiting'`;
const NEXT = `select min(next_at) as next from channel_stock where channel = $1 and status = 'waiting'`;
const SHOWN = `json_build_object('channel', channel, 'sku', sku, 'network', network, 'locations', locations, 'status', status, 'code', code, 'faults', faults,
    'asOf', ${isoTime('as_of')}, 'toldAt', ${isoTime('told_at')}) as level`;
const LIST = `
  select ${SHOWN} from channel_stock where channel = $1 and ($2::text is null or status = $2) and ($3::text is null or sku > $3)
  order by sku limit $4`;
const RESUBMIT = `
  update channel_stock set status = 'waiting', code = null, faults = '[]', attempts = 0, next_at = $3 where channel = $1 and sku = $2
  returning ${SHOWN}`;

const skusOf = (claimed: readonly ClaimedLevel[]): readonly string[] => claimed.map(({ sku }) => sku);

export const stockTable = (pool: Pool): StockShelf => ({
  keep: async (channels, { sku, network, locations, channel, asOf }) => {
    await pool.query(KEEP, [channels, sku, network, JSON.stringify(locations), channel !== undefined, asOf]);
  },
  claim: async (channel, { now, until, limit }) => (await pool.query<ClaimedLevel>(CLAIM, [channel, now, until, limit])).rows,
  settle: async (channel, claimed, { answers, at }) => {
    const revisions = claimed.map(({ revision }) => revision);
    const codes = claimed.map((_, i) => answers[i]?.code ?? null);
    const faults = claimed.map((_, i) => JSON.stringify(answers[i]?.faults ?? []));
    await pool.query(SETTLE, [channel, skusOf(claimed), revisions, codes, faults, at]);
  },
  postpone: async (channel, claimed, until) => void (await pool.query(POSTPONE, [channel, skusOf(claimed), until])),
  nextAt: async (channel) => (await pool.query<{ next: Date | null }>(NEXT, [channel])).rows[0]?.next ?? undefined,
  list: async ({ channel, status, after, limit }) => {
    const { rows } = await pool.query<{ level: ShownLevel }>(LIST, [channel, status ?? null, after ?? null, limit]);
    return rows.map(({ level }) => level);
  },
  resubmit: async (channel, sku, at) => (await pool.query<{ level: ShownLevel }>(RESUBMIT, [channel, sku, at])).rows[0]?.level,
});
