import type { Sealed } from '@cartage/contracts';
import { Away, Pauses, type Clock } from '@cartage/eventsourcing';
import { isoTime } from '@cartage/views';
import type { Pool } from 'pg';
import type { ChannelMessage, MessageTable } from '../../app/channels/channel-message';
import type { SaidLast } from '../../app/channels/order-at-channel';

const SHOWN = `json_build_object('channel', channel, 'messageId', message_id, 'topic', topic, 'status', status, 'detail', detail, 'code', code, 'faults', faults,
  'externalOrderId', external_order_id, 'orderId', order_id, 'tries', tries, 'receivedAt', ${isoTime('received_at', 'US')}) as message`;

const FIND = `select ${SHOWN}, box from channel_message where channel = $1 and message_id = $2`;

/** When it came first stays; and what was taken, when the same message that came at the same time finds nothing left to do. */
const KEEP = `
  insert into channel_message (channel, message_id, topic, status, detail, code, faults, external_order_id, order_id, tries, received_at, box, next_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, now() + interval '1 millisecond' * $12)
  on conflict (channel, message_id) do update set status = excluded.status, detail = excluded.detail, code = excluded.code, faults = excluded.faults,
    external_order_id = excluded.external_order_id, order_id = excluded.order_id, box = excluded.box, next_at = excluded.next_at, tries = channel_message.tries + 1
    where channel_message.status not in ('taken', 'parked')`;

const LIST = `
  select ${SHOWN} from channel_message
  where channel = $1 and ($2::text is null or status = $2) and ($3::timestamptz is null or (received_at, message_id) > ($3, $4))
  order by received_at, message_id limit $5`;

const REFUSED = `
  select ${SHOWN} from channel_message
  where status = 'refused' and ($1::timestamptz is null or (received_at, channel, message_id) > ($1, $2, $3))
  order by received_at, channel, message_id limit $4`;

/** Each for one process at a time: whoever dies with it leaves it to others when the lease is over. One that waits long keeps nobody else. */
const TAKE_EARLY = `
  update channel_message set next_at = now() + interval '60 seconds' where (channel, message_id) in (
    select channel, message_id from channel_message
    where status = 'waiting' and box is not null and channel = any($4) and (($2::text is null and next_at <= now()) or (channel = $2 and external_order_id = $3))
    order by next_at limit $1 for update skip locked)
  returning ${SHOWN}, box`;

/** Oldest first; of several processes each takes others. */
const FORGET = `
  delete from channel_message where (channel, message_id) in (
    select channel, message_id from channel_message where status <> 'refused' and not (status = 'waiting' and box is not null) and received_at < $1
    order by received_at limit $2 for update skip locked)`;

/** Nobody holds a connection meanwhile: what is done in its turn needs some itself. */
const TAKE_TURN = `
  insert into channel_order (channel, external_order_id, turn, turn_until) values ($1, $2, $3, now() + interval '30 seconds')
  on conflict (channel, external_order_id) do update set turn = excluded.turn, turn_until = excluded.turn_until
    where channel_order.turn is null or channel_order.turn_until < now()
  returning said`;
const END_TURN = `
  update channel_order set turn = null, turn_until = null, said = coalesce($4, said)
  where channel = $1 and external_order_id = $2 and turn = $3`;

const KEEP_TURN = `
  update channel_order set said = $4, turn_until = now() + interval '30 seconds' where channel = $1 and external_order_id = $2 and turn = $3`;

/** How long a message waits for its turn. */
const PATIENCE_MS = 5_000;

interface Row {
  readonly message: ChannelMessage;
  readonly box: Sealed | null;
}

export const messageTable = (pool: Pool, { clock, newId }: { readonly clock: Clock; readonly newId: () => string }): MessageTable => ({
  find: async (channel, messageId) => {
    const { rows } = await pool.query<Row>(FIND, [channel, messageId]);
    return rows[0] && { message: rows[0].message, box: rows[0].box ?? undefined };
  },
  keep: async (message, box, againMs = 0) => {
    const { channel, messageId, topic, status, detail, code, faults, externalOrderId, orderId, receivedAt } = message;
    const sealed = box === undefined ? null : JSON.stringify(box);
    await pool.query(KEEP, [
      ...[channel, messageId, topic, status, detail, code, JSON.stringify(faults)],
      ...[externalOrderId, orderId, receivedAt, sealed, againMs],
    ]);
  },
  list: async ({ channel, status, after, limit }) => {
    const { rows } = await pool.query<Row>(LIST, [channel, status ?? null, ...(after ?? [null, null]), limit]);
    return rows.map(({ message }) => message);
  },
  refused: async ({ after, limit }) =>
    (await pool.query<Row>(REFUSED, [...(after ?? [null, null, null]), limit])).rows.map(({ message }) => message),
  takeEarly: async (limit, channels, of) => {
    const { rows } = await pool.query<{ message: ChannelMessage; box: Sealed }>(TAKE_EARLY, [
      ...[limit, of?.channel ?? null, of?.externalOrderId ?? null, channels],
    ]);
    return rows;
  },
  forget: async (before, limit) => (await pool.query(FORGET, [before, limit])).rowCount ?? 0,
  inTurn: async (channel, externalOrderId, work) => {
    const turn = [channel, externalOrderId, newId()] as const;
    const last = await turnTaken(pool, turn, clock);
    let said: SaidLast | undefined;
    try {
      const result = await work(last, (progress) => turnKept(pool, turn, progress));
      said = result.said;
      return result;
    } finally {
      await pool.query(END_TURN, [...turn, said === undefined ? null : JSON.stringify(said)]);
    }
  },
});

type Turn = readonly [channel: string, externalOrderId: string, turn: string];

/** Whoever took so long that another has the turn by now goes no further. */
const turnKept = async (pool: Pool, turn: Turn, said: SaidLast): Promise<void> => {
  const { rowCount } = await pool.query(KEEP_TURN, [...turn, JSON.stringify(said)]);
  if (rowCount === 0) throw new Away(`Another message about order ${turn[1]} of ${turn[0]} is being followed by now. Send it again.`);
};

const turnTaken = async (pool: Pool, turn: Turn, clock: Clock): Promise<SaidLast | undefined> => {
  const until = clock.now().getTime() + PATIENCE_MS;
  for (const pauses = new Pauses({ firstMs: 20, longestMs: 500, clock }); ; await pauses.rest()) {
    const { rows } = await pool.query<{ said: SaidLast | null }>(TAKE_TURN, [...turn]);
    if (rows[0]) return rows[0].said ?? undefined;
    if (clock.now().getTime() > until)
      throw new Away(`Another message about order ${turn[1]} of ${turn[0]} is being followed. Send it again.`);
  }
};
