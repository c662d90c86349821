import type { Tracing } from '@cartage/eventsourcing';
import { outboxRows } from '@cartage/service-kit';
import { isoTime } from '@cartage/views';
import type { Pool } from 'pg';
import type { ClaimedUpdate, UpdateContent } from '../../app/channels/channel-update';
import type { ShownUpdate, UpdateOutbox } from '../../app/channels/update-outbox';

const CONNECTED = `
  with mine as (insert into channel_connection (channel, since) values ($1, $2) on conflict do nothing returning since)
  select since from mine union all select since from channel_connection where channel = $1 limit 1`;

const PLAN = `
  insert into channel_update (update_id, channel, external_order_id, order_id, content, planned_at, next_at, traceparent)
  values ($1, $2, $3, $4, $5, $6, $6, $7) on conflict do nothing`;

/** Of one order one after the other. */
const OUTBOX = {
  table: 'channel_update',
  id: 'update_id',
  receiver: 'channel',
  inTurn: 'external_order_id',
  claimed: `u.update_id as "updateId", u.channel, u.external_order_id as "externalOrderId", u.content, u.attempts, u.traceparent,
    (select coalesce(sum((e.content->>'amount')::bigint), 0)::float8 from channel_update e
      where e.channel = u.channel and e.external_order_id = u.external_order_id and e.content->>'kind' = 'refunded' and e.place <= u.place) as "backInAll"`,
};

/** From the first try on: the channel may have heard what nobody knows the outcome of. */
const TOLD_LESS = `
  select line->>'lineId' as "lineId", sum((line->>'quantity')::int)::int as units
  from channel_update, jsonb_array_elements(content->'lines') as line
  where channel = $1 and external_order_id = $2 and content->>'kind' = 'units-cancelled' and (status = 'told' or (status = 'waiting' and attempts > 0))
  group by 1`;

const REFUNDING = `
  select exists (select from channel_update where channel = $1 and external_order_id = $2 and status = 'waiting'
    and content->>'kind' = 'refunded' and content->>'unasked' is distinct from 'true') as "isRefunding"`;

const SHOWN = `json_build_object('updateId', update_id, 'channel', channel, 'externalOrderId', external_order_id, 'orderId', order_id, 'kind', content->>'kind',
  'status', status, 'detail', detail, 'code', code, 'faults', faults, 'attempts', attempts, 'plannedAt', ${isoTime('planned_at', 'US')},
  'endedAt', ${isoTime('ended_at', 'US')}) as update`;
const FIND = `select ${SHOWN}, content from channel_update where channel = $1 and update_id = $2`;
const LIST = `
  select ${SHOWN} from channel_update
  where channel = $1 and ($2::text is null or status = $2) and ($3::timestamptz is null or (planned_at, update_id) > ($3, $4::uuid))
  order by planned_at, update_id limit $5`;

/** As if it had never been tried; unless nobody knows what came of that. */
const RESUBMIT = `
  update channel_update set status = 'waiting', content = $2, detail = '', code = null, faults = '[]', next_at = $3, ended_at = null,
    attempts = case when code = 'UPDATE_FAULTY' then 1 else 0 end
  where update_id = $1 and status = 'refused'`;

/** What refunds and cancelled units were told stays: what is told later is reckoned from it. */
const FORGET = `
  delete from channel_update where update_id in (
    select update_id from channel_update
    where ended_at < $1 and status in ('told', 'passed-over', 'dropped') and content->>'kind' not in ('refunded', 'units-cancelled')
    order by ended_at limit $2 for update skip locked
  )`;

export const forgettingUpdates =
  (pool: Pool) =>
  async (before: string, limit: number): Promise<number> =>
    (await pool.query(FORGET, [before, limit])).rowCount ?? 0;

interface Row {
  readonly update: ShownUpdate;
  readonly content: UpdateContent;
}

export const updateTable = (pool: Pool, tracing?: Pick<Tracing, 'current'>): UpdateOutbox => ({
  ...outboxRows<ClaimedUpdate>(pool, OUTBOX),
  resubmit: async (updateId, content, at) => void (await pool.query(RESUBMIT, [updateId, JSON.stringify(content), at])),
  connectedSince: async (channel, now) => {
    const { rows } = await pool.query<{ since: Date }>(CONNECTED, [channel, now]);
    return rows[0]?.since ?? now;
  },
  plan: async ({ updateId, channel, externalOrderId, orderId, content, plannedAt }) => {
    await pool.query(PLAN, [updateId, channel, externalOrderId, orderId, JSON.stringify(content), plannedAt, tracing?.current?.() ?? null]);
  },
  toldLess: async (channel, externalOrderId) => {
    const { rows } = await pool.query<{ lineId: string; units: number }>(TOLD_LESS, [channel, externalOrderId]);
    return Object.fromEntries(rows.map(({ lineId, units }) => [lineId, units]));
  },
  isRefunding: async (channel, externalOrderId) =>
    (await pool.query<{ isRefunding: boolean }>(REFUNDING, [channel, externalOrderId])).rows[0]?.isRefunding === true,
  find: async (channel, updateId) => (await pool.query<Row>(FIND, [channel, updateId])).rows[0],
  list: async ({ channel, status, after, limit }) => {
    const { rows } = await pool.query<Row>(LIST, [channel, status ?? null, ...(after ?? [null, null]), limit]);
    return rows.map(({ update }) => update);
  },
});
