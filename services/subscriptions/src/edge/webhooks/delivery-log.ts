import { inTransaction } from '@cartage/postgres';
import { isoTime } from '@cartage/views';
import type { Pool, PoolClient } from 'pg';
import type { DeliveryLog, LoggedDelivery, RedeliveryTerms } from '../../app/webhooks/delivery-table';
import type { Attempt } from '../../domain/delivery';
import { entryOf, type EntryRow } from '../postgres-fact-log';
import { holdEndpoint } from './endpoint-rows';
import { giveTurns, type Turn } from './turns';

const LINE = `
  d.delivery_id as "deliveryId", d.endpoint_id as "endpointId", d.status, d.event_id as "eventId", d.type, d.order_id as "orderId", d.position::text as position, d.replay_id as "replayId",
  d.attempts, ${isoTime('d.entered_at')} as "enteredAt", ${isoTime('d.next_at')} as "nextAt", ${isoTime('d.ended_at')} as "endedAt"`;
const LIST = `
  select ${LINE} from webhook_delivery d
  where d.endpoint_id = $1 and ($2::text is null or d.status = $2) and ($3::bigint is null or (d.position, d.delivery_id) < ($3, $4::uuid))
  order by d.position desc, d.delivery_id desc limit $5`;
const FIND = `select ${LINE} from webhook_delivery d where d.endpoint_id = $1 and d.delivery_id = $2`;
const ENTRY = `
  select f.position::float8 as position, f.order_id as "orderId", f.sequence::float8 as sequence, f.channel, f.envelope from fact f where f.position = $1`;
const ATTEMPTS = `
  select ${isoTime('at')} as at, took_ms as "tookMs", url, answer, failure from webhook_attempt where delivery_id = $1 order by number`;

/** Under the same id. It is sent when its turn comes: whatever waits before it in its order goes first. */
const AGAIN = `
  with again as (
    select delivery_id, status <> 'waiting' and replay_id is null as counts from webhook_delivery
    where endpoint_id = $2 and ($3::uuid is null or delivery_id = $3) and ($4::text[] is null or status = any($4) and ended_at >= $5)
    for update
  )
  update webhook_delivery d set status = 'waiting', entered_at = $1, next_at = $1, tries = 0, first_tried_at = null, ended_at = null
  from again where d.delivery_id = again.delivery_id
  returning d.endpoint_id as "endpointId", d.partition_key as "partitionKey", again.counts`;
/** Those that stood first may stand behind one that has come again. */
const TAKE_TURNS = `
  update webhook_delivery set in_turn = false where endpoint_id = $1 and partition_key = any($2) and status = 'waiting' and in_turn`;
const COUNT_WAITING = `update webhook_endpoint set waiting = waiting + $2 where endpoint_id = $1`;
const COUNT = `
  select count(*)::integer as n from (
    select from webhook_delivery where endpoint_id = $1 and status = any($2) and ended_at >= $3 limit $4) ended`;
const FORGET = `
  delete from webhook_delivery where delivery_id in (select delivery_id from webhook_delivery where ended_at < $1 limit $2 for update skip locked)`;

interface AttemptRow extends Omit<Attempt, 'answer' | 'failure'> {
  readonly answer: Attempt['answer'] | null;
  readonly failure: string | null;
}

const attemptOf = ({ answer, failure, ...row }: AttemptRow): Attempt => ({
  ...row,
  ...(answer ? { answer } : {}),
  ...(failure === null ? {} : { failure }),
});

/** One, or those that ended so and since then. */
interface Which extends Partial<RedeliveryTerms> {
  readonly endpointId: string;
  readonly deliveryId?: string;
}

interface AgainRow extends Turn {
  readonly counts: boolean;
}

const againIn = async (client: PoolClient, which: Which, now: Date): Promise<number> => {
  const { endpointId, deliveryId = null, statuses = null, since = null } = which;
  await holdEndpoint(client, endpointId);
  const { rows } = await client.query<AgainRow>(AGAIN, [now, endpointId, deliveryId, statuses, since]);
  await client.query(TAKE_TURNS, [endpointId, rows.map(({ partitionKey }) => partitionKey)]);
  await giveTurns(client, rows);
  await client.query(COUNT_WAITING, [endpointId, rows.filter(({ counts }) => counts).length]);
  return rows.length;
};

export const deliveryLog = (pool: Pool): DeliveryLog => ({
  list: async (endpointId, { status, after, limit }) =>
    (await pool.query<LoggedDelivery>(LIST, [endpointId, status ?? null, after?.[0] ?? null, after?.[1] ?? null, limit])).rows,
  find: async (endpointId, deliveryId) => {
    const [line] = (await pool.query<LoggedDelivery>(FIND, [endpointId, deliveryId])).rows;
    if (!line) return undefined;
    const [entry] = (await pool.query<EntryRow>(ENTRY, [line.position])).rows.map(entryOf);
    return entry && { line, entry };
  },
  attempts: async (deliveryId) => (await pool.query<AttemptRow>(ATTEMPTS, [deliveryId])).rows.map(attemptOf),
  redeliver: async (endpointId, deliveryId, now) =>
    (await inTransaction(pool, (client) => againIn(client, { endpointId, deliveryId }, now))) === 1,
  count: async (endpointId, { since, statuses }, most) =>
    (await pool.query<{ readonly n: number }>(COUNT, [endpointId, statuses, since, most])).rows[0]?.n ?? 0,
  redeliverAll: (endpointId, terms, now) => inTransaction(pool, (client) => againIn(client, { endpointId, ...terms }, now)),
  forget: async (before, limit) => (await pool.query(FORGET, [before, limit])).rowCount ?? 0,
});
