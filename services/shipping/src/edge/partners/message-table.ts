import type { Tracing } from '@cartage/eventsourcing';
import { outboxRows } from '@cartage/service-kit';
import { isoTime } from '@cartage/views';
import type { Pool } from 'pg';
import type { ClaimedMessage, MessageContent, MessageOutbox, ShownMessage } from '../../app/partners/partner-message';

const OUTBOX = {
  table: 'partner_message',
  id: 'message_id',
  receiver: 'partner',
  inTurn: 'shipment_id',
  claimed: 'u.message_id as "messageId", u.partner, u.shipment_id as "shipmentId", u.content, u.attempts, u.traceparent',
};

const PLAN = `
  insert into partner_message (message_id, partner, shipment_id, content, planned_at, next_at, traceparent)
  values ($1, $2, $3, $4, $5, $5, $6)
  on conflict do nothing`;
const OVERDUE = `update partner_message set status = 'overdue', detail = 'Told, and not answered in time.' where message_id = $1 and status = 'told'`;
const ANSWERED = `
  update partner_message set status = 'told', detail = 'It has it.'
  where shipment_id = $1 and status = 'overdue' and content->>'kind' = any($2::text[])`;

/** The oldest first; of several processes each takes others. What waits, or waits for a person, stays. */
const FORGET = `
  delete from partner_message where message_id in (
    select message_id from partner_message where status in ('told', 'passed-over', 'dropped') and ended_at < $1
    order by ended_at limit $2 for update skip locked)`;

const SHOWN = `json_build_object('messageId', message_id, 'partner', partner, 'shipmentId', shipment_id, 'kind', content->>'kind', 'status', status,
  'detail', detail, 'code', code, 'faults', faults, 'attempts', attempts, 'plannedAt', ${isoTime('planned_at', 'US')},
  'endedAt', ${isoTime('ended_at', 'US')}) as message`;
const FIND = `select ${SHOWN}, content from partner_message where partner = $1 and message_id = $2`;
const LIST = `
  select ${SHOWN} from partner_message
  where partner = $1 and ($2::text is null or status = $2) and ($3::timestamptz is null or (planned_at, message_id) > ($3, $4::uuid))
  order by planned_at, message_id limit $5`;

interface Row {
  readonly message: ShownMessage;
  readonly content: MessageContent;
}

export const forgettingMessages =
  (pool: Pool) =>
  async (before: string, limit: number): Promise<number> =>
    (await pool.query(FORGET, [before, limit])).rowCount ?? 0;

export const messageTable = (pool: Pool, tracing?: Pick<Tracing, 'current'>): MessageOutbox => ({
  ...outboxRows<ClaimedMessage>(pool, OUTBOX),
  plan: async ({ messageId, partner, shipmentId, content, plannedAt }) =>
    void (await pool.query(PLAN, [messageId, partner, shipmentId, JSON.stringify(content), plannedAt, tracing?.current?.() ?? null])),
  overdue: async (messageId) => void (await pool.query(OVERDUE, [messageId])),
  answered: async (shipmentId, kinds) => void (await pool.query(ANSWERED, [shipmentId, kinds])),
  find: async (partner, messageId) => (await pool.query<Row>(FIND, [partner, messageId])).rows[0],
  list: async ({ partner, status, after, limit }) => {
    const { rows } = await pool.query<Row>(LIST, [partner, status ?? null, ...(after ?? [null, null]), limit]);
    return rows.map(({ message }) => message);
  },
});
