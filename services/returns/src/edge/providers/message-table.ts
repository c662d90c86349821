import type { Tracing } from '@cartage/eventsourcing';
import { outboxRows } from '@cartage/service-kit';
import { isoTime } from '@cartage/views';
import type { Pool } from 'pg';
import type {
  ClaimedProviderMessage,
  FoundProviderMessage,
  ProviderOutbox,
  ShownProviderMessage,
} from '../../app/providers/provider-message';

const OUTBOX = {
  table: 'provider_message',
  id: 'message_id',
  receiver: 'provider',
  inTurn: 'order_id',
  claimed: 'u.message_id as "messageId", u.provider, u.order_id as "orderId", u.content, u.attempts, u.traceparent',
};

const PLAN = `
  insert into provider_message (message_id, provider, order_id, content, planned_at, next_at, traceparent)
  values ($1, $2, $3, $4, $5, $5, $6)
  on conflict do nothing`;

const SHOWN = `json_build_object('messageId', message_id, 'provider', provider, 'orderId', order_id, 'kind', content->>'kind',
  'returnId', content->>'returnId', 'status', status, 'detail', detail, 'code', code, 'faults', faults, 'attempts', attempts,
  'plannedAt', ${isoTime('planned_at', 'US')}, 'endedAt', ${isoTime('ended_at', 'US')}) as message`;
const FIND = `select ${SHOWN}, content from provider_message where provider = $1 and message_id = $2`;
const LIST = `
  select ${SHOWN} from provider_message
  where provider = $1 and ($2::text is null or status = $2) and ($3::timestamptz is null or (planned_at, message_id) > ($3, $4::uuid))
  order by planned_at, message_id limit $5`;

/** The oldest first; of several processes each takes others. What waits, or waits for a person, stays. */
const FORGET = `
  delete from provider_message where message_id in (
    select message_id from provider_message where status in ('told', 'passed-over', 'dropped') and ended_at < $1
    order by ended_at limit $2 for update skip locked)`;

export const forgettingProviderMessages =
  (pool: Pool) =>
  async (before: string, limit: number): Promise<number> =>
    (await pool.query(FORGET, [before, limit])).rowCount ?? 0;

export const providerMessageTable = (pool: Pool, tracing?: Pick<Tracing, 'current'>): ProviderOutbox => ({
  ...outboxRows<ClaimedProviderMessage>(pool, OUTBOX),
  plan: async ({ messageId, provider, orderId, content, plannedAt }) =>
    void (await pool.query(PLAN, [messageId, provider, orderId, JSON.stringify(content), plannedAt, tracing?.current?.() ?? null])),
  find: async (provider, messageId) => (await pool.query<FoundProviderMessage>(FIND, [provider, messageId])).rows[0],
  list: async ({ provider, status, after, limit }) => {
    const { rows } = await pool.query<{ message: ShownProviderMessage }>(LIST, [
      ...[provider, status ?? null],
      ...(after ?? [null, null]),
      limit,
    ]);
    return rows.map(({ message }) => message);
  },
});
