import { isoTime } from '@cartage/views';
import type { Pool } from 'pg';
import type { DeliveryLog, LoggedDelivery } from '../../app/webhooks/delivery-table';
import type { Attempt } from '../../domain/delivery';
import { entryOf, type EntryRow } from '../postgres-fact-log';

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
const AGAIN = `status = 'waiting', entered_at = $1, next_at = $1, tries = 0, first_tried_at = null, ended_at = null`;
const REDELIVER = `update webhook_delivery set ${AGAIN} where endpoint_id = $2 and delivery_id = $3`;
const REDELIVER_ALL = `update webhook_delivery set ${AGAIN} where endpoint_id = $2 and status = any($3) and ended_at >= $4`;
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
  redeliver: async (endpointId, deliveryId, now) => (await pool.query(REDELIVER, [now, endpointId, deliveryId])).rowCount === 1,
  count: async (endpointId, { since, statuses }, most) =>
    (await pool.query<{ readonly n: number }>(COUNT, [endpointId, statuses, since, most])).rows[0]?.n ?? 0,
  redeliverAll: async (endpointId, { since, statuses }, now) =>
    (await pool.query(REDELIVER_ALL, [now, endpointId, statuses, since])).rowCount ?? 0,
  forget: async (before, limit) => (await pool.query(FORGET, [before, limit])).rowCount ?? 0,
});
