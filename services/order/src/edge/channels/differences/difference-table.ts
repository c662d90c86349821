import type { Readings } from '@cartage/service-kit';
import { isoTime, tableOf } from '@cartage/views';
import type { Pool } from 'pg';
import type { ChannelDifference, DifferenceTable, OrderTraffic } from '../../../app/channels/channel-difference';
import { orderSummary } from '../../../app/views/order-summary';

const ASKED = `content->>'kind' = 'refunded' and content->>'unasked' is distinct from 'true'`;
const TRAFFIC = `
  select asked.id, json_build_object(
    'refunded', (select coalesce(sum((content->>'amount')::bigint), 0) from channel_update
      where channel = $1 and external_order_id = asked.id and content->>'kind' = 'refunded' and status in ('waiting', 'told', 'refused')),
    'refundedAt', (select ${isoTime('max(planned_at)')} from channel_update
      where channel = $1 and external_order_id = asked.id and ${ASKED} and status in ('waiting', 'told', 'refused')),
    'booked', (select booked from channel_order where channel = $1 and external_order_id = asked.id),
    'waiting', (select json_build_object('updateId', update_id, 'since', ${isoTime('planned_at')}) from channel_update
      where channel = $1 and external_order_id = asked.id and status = 'waiting' order by place limit 1),
    'refused', (select json_build_object('updateId', update_id, 'code', coalesce(code, 'REFUSED')) from channel_update
      where channel = $1 and external_order_id = asked.id and status = 'refused' order by place limit 1),
    'message', (select json_build_object('messageId', message_id, 'code', coalesce(code, 'REFUSED')) from channel_message
      where channel = $1 and external_order_id = asked.id and status = 'refused' order by received_at limit 1)
  ) as traffic
  from unnest($2::text[]) as asked (id)`;

/** One that a person closed is open again when it is another one by now. */
const STAYS = `d.status = 'closed' and d.here = excluded.here and d.there = excluded.there`;
const NOTE = `
  with found as (
    select * from jsonb_to_recordset($4::jsonb)
      as f ("differenceId" uuid, kind text, here bigint, there bigint, lines jsonb, cause text, detail text, currency text, "currencyThere" text)
  ), over as (
    update channel_difference set status = 'gone', ended_at = $5
    where channel = $1 and external_order_id = $2 and status <> 'gone' and kind not in (select kind from found)
      and ($6::text[] is null or kind = any($6))
  )
  insert into channel_difference as d (difference_id, channel, external_order_id, order_id, kind, here, there, lines, cause, detail, currency, currency_there, since, seen_at)
  select "differenceId", $1, $2, $3, kind, here, there, lines, cause, detail, currency, "currencyThere", $5, $5 from found
  on conflict (difference_id) do update set
    order_id = excluded.order_id, here = excluded.here, there = excluded.there, lines = excluded.lines, cause = excluded.cause, detail = excluded.detail,
    currency = excluded.currency, currency_there = excluded.currency_there,
    seen_at = excluded.seen_at,
    status = case when ${STAYS} then 'closed' else 'open' end,
    since = case when d.status = 'open' or (${STAYS}) then d.since else excluded.since end,
    action = case when d.status = 'open' or (${STAYS}) then d.action end,
    reason = case when d.status = 'open' or (${STAYS}) then d.reason end,
    by = case when d.status = 'open' or (${STAYS}) then d.by end,
    ended_at = case when ${STAYS} then d.ended_at end`;

const SHOWN = `json_build_object('differenceId', difference_id, 'channel', channel, 'externalOrderId', external_order_id, 'orderId', order_id, 'kind', kind,
  'here', here, 'there', there, 'lines', lines, 'currency', currency, 'currencyThere', currency_there, 'cause', cause, 'detail', detail, 'status', status, 'since', ${isoTime('since', 'US')},
  'seenAt', ${isoTime('seen_at', 'US')}, 'action', action, 'reason', reason, 'by', by) as difference`;
const FIND = `select ${SHOWN} from channel_difference where channel = $1 and difference_id = $2`;
const LIST = `
  select ${SHOWN} from channel_difference
  where channel = $1 and ($2::text is null or status = $2) and ($3::text is null or kind = $3) and ($4::text is null or cause = $4)
    and ($5::timestamptz is null or (since, difference_id) > ($5, $6::uuid))
  order by since, difference_id limit $7`;
const ACT = `
  update channel_difference set action = $2, by = $3, reason = $4, status = case when $2 = 'close' then 'closed' else status end,
    ended_at = case when $2 = 'close' then $5::timestamptz end
  where difference_id = $1 and status = 'open'`;

/** One that a person closed is not asked for again and again. */
const UNBOOKED = `
  select u.external_order_id, max(u.planned_at) from channel_update u left join channel_order o using (channel, external_order_id)
  where u.channel = $1 and $4::timestamptz is not null and u.content->>'kind' = 'refunded' and u.status = 'told' and not exists (
    select from channel_difference d
    where d.channel = u.channel and d.external_order_id = u.external_order_id and d.kind = 'refunded' and d.status = 'closed')
  group by u.external_order_id
  having max(u.planned_at) <= $4 and sum((u.content->>'amount')::bigint) > coalesce(max(o.booked), 0)`;
const SUSPECTS = `
  select "externalOrderId" from (
    select external_order_id as "externalOrderId", min(since) as since from (
      select external_order_id, seen_at as since from channel_difference where channel = $1 and status = 'open'
      union all
      select external_order_id, planned_at from channel_update where channel = $1 and status in ('waiting', 'refused') and planned_at <= $2
      union all (${UNBOOKED})
    ) as each group by 1
  ) as suspected order by since limit $3`;
const PLACED = `
  select order_id as "orderId", external_order_id as "externalOrderId" from ${tableOf(orderSummary)}
  where channel = $1 and placed_at >= $2 and placed_at <= $3 and external_order_id is not null`;
/** What is to be told anyway is left as it is, and counted. */
const TELL_AGAIN = `
  with again as (
    update channel_update set status = 'waiting', detail = '', code = null, faults = '[]', attempts = 0, next_at = $4, ended_at = null
    where channel = $1 and external_order_id = $2 and content->>'kind' = any($3) and status in ('told', 'refused', 'dropped')
      and not coalesce((content->>'unasked')::boolean, false)
    returning 1
  )
  select (select count(*) from again)::int + (
    select count(*) from channel_update
    where channel = $1 and external_order_id = $2 and content->>'kind' = any($3) and status = 'waiting')::int as count`;
const KEEP_BOOKS = `
  insert into channel_order as o (channel, external_order_id, booked, booked_entries) values ($1, $2, $3, $4)
  on conflict (channel, external_order_id) do update set booked = excluded.booked, booked_entries = excluded.booked_entries
    where o.booked_entries is null or o.booked_entries <= excluded.booked_entries`;
const FORGET = `
  delete from channel_difference where difference_id in (
    select difference_id from channel_difference where ended_at < $1 order by ended_at limit $2 for update skip locked)`;

export const differenceTable = (pool: Pool): DifferenceTable => ({
  traffic: async (channel, externalOrderIds) => {
    const { rows } = await pool.query<{ id: string; traffic: OrderTraffic }>(TRAFFIC, [channel, externalOrderIds]);
    return new Map(rows.map(({ id, traffic }) => [id, traffic]));
  },
  note: async ({ channel, externalOrderId, orderId }, found, { at, kinds }) => {
    await pool.query(NOTE, [channel, externalOrderId, orderId, JSON.stringify(found), at, kinds ?? null]);
  },
  keepBooks: async ({ channel, externalOrderId }, { amount, entries }) =>
    void (await pool.query(KEEP_BOOKS, [channel, externalOrderId, amount, entries])),
  list: async ({ channel, status, kind, cause, after, limit }) => {
    const values = [channel, status ?? null, kind ?? null, cause ?? null, ...(after ?? [null, null]), limit];
    return (await pool.query<{ difference: ChannelDifference }>(LIST, values)).rows.map(({ difference }) => difference);
  },
  find: async (channel, differenceId) =>
    (await pool.query<{ difference: ChannelDifference }>(FIND, [channel, differenceId])).rows[0]?.difference,
  act: async (differenceId, { action, by, reason, at }) => void (await pool.query(ACT, [differenceId, action, by, reason ?? null, at])),
  suspects: async (channel, { before, bookedBefore }, limit) => {
    const { rows } = await pool.query<{ externalOrderId: string }>(SUSPECTS, [channel, before, limit, bookedBefore ?? null]);
    return rows.map(({ externalOrderId }) => externalOrderId);
  },
  placed: async (channel, [since, until]) =>
    (await pool.query<{ orderId: string; externalOrderId: string }>(PLACED, [channel, since, until])).rows,
  tellAgain: async ({ channel, externalOrderId }, kinds, at) => {
    const { rows } = await pool.query<{ count: number }>(TELL_AGAIN, [channel, externalOrderId, kinds, at]);
    return rows[0]?.count ?? 0;
  },
});

export const forgettingDifferences =
  (pool: Pool) =>
  async (before: string, limit: number): Promise<number> =>
    (await pool.query(FORGET, [before, limit])).rowCount ?? 0;

/** What may add up by itself is counted by its age only. */
const FIGURES = `
  select channel, kind, count(*) filter (where cause <> 'books-late')::int as count,
    coalesce(extract(epoch from $1::timestamptz - min(since) filter (where kind = 'refunded')), 0)::float8 as seconds
  from channel_difference where status = 'open' group by channel, kind`;

interface Figures {
  readonly channel: string;
  readonly kind: string;
  readonly count: number;
  readonly seconds: number;
}

/** Of each channel that anything was ever found of, so that a gauge goes back to nothing. */
export const differenceReadings = async (pool: Pool, kinds: readonly string[], now: Date): Promise<Readings> => {
  const channels = await pool.query<{ channel: string }>(`select distinct channel from channel_difference`);
  if (channels.rows.length === 0) return {};
  const { rows } = await pool.query<Figures>(FIGURES, [now]);
  const of = (channel: string, kind: string): Figures | undefined => rows.find((row) => row.channel === channel && row.kind === kind);
  return {
    channelDifferences: channels.rows.flatMap(({ channel }) =>
      kinds.map((kind) => ({ labels: { channel, kind }, value: of(channel, kind)?.count ?? 0 })),
    ),
    channelRefundsSeconds: channels.rows.map(({ channel }) => ({
      labels: { channel },
      value: Math.max(0, of(channel, 'refunded')?.seconds ?? 0),
    })),
  };
};
