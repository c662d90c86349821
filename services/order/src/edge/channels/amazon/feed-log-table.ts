import type { FieldError } from '@cartage/eventsourcing';
import { isoTime } from '@cartage/views';
import type { Pool } from 'pg';
import type { BegunFeed, FeedEntry, FeedLane, FeedLog } from './feed-log';

const ENTRY = `update_id as "updateId", channel, feed_type as "feedType", message, given::float8 as given, document_id as "documentId", place, feed_id as "feedId", answer`;

const ADD = `insert into channel_feed_message (update_id, channel, feed_type, message, given) values ($1, $2, $3, $4, $5) on conflict do nothing`;
const FIND = `select ${ENTRY} from channel_feed_message where update_id = $1`;
const REMOVE = `
  with aside as (update channel_feed_message set update_id = update_id || ' ' || feed_id where update_id = $1 and feed_id is not null)
  delete from channel_feed_message where update_id = $1 and feed_id is null`;
const WAITING = `
  select ${ENTRY} from channel_feed_message
  where channel = $1 and feed_type = $2 and document_id is null order by number limit $3`;
const BEGUN = `
  select document_id as "documentId", ${isoTime('begun_at')} as "begunAt" from channel_feed_message
  where channel = $1 and feed_type = $2 and document_id is not null and feed_id is null and answer is null order by number limit 1`;
const BEGIN = `
  update channel_feed_message m set document_id = $2, begun_at = $3, place = e.place
  from unnest($1::text[]) with ordinality as e (update_id, place) where m.update_id = e.update_id`;
const NAME = `update channel_feed_message set feed_id = $2 where document_id = $1`;
const KNOWN = `select distinct feed_id as id from channel_feed_message where channel = $1 and feed_type = $2 and feed_id = any($3)`;
const SETTLE = `
  update channel_feed_message set answer = case when jsonb_array_length($3::jsonb) > 0 then $3::jsonb else coalesce($2::jsonb -> place::text, '[]') end
  where document_id = $1`;

interface Row extends Omit<FeedEntry, 'given' | 'documentId' | 'place' | 'feedId' | 'answer'> {
  readonly given: number | null;
  readonly documentId: string | null;
  readonly place: number | null;
  readonly feedId: string | null;
  readonly answer: readonly FieldError[] | null;
}

const entryOf = ({ given, documentId, place, feedId, answer, ...row }: Row): FeedEntry => ({
  ...row,
  ...{ given: given ?? undefined, documentId: documentId ?? undefined, place: place ?? undefined },
  ...{ feedId: feedId ?? undefined, answer: answer ?? undefined },
});

/** The lock goes with its connection: whoever dies at work keeps nobody out. */
const inTurn = async (pool: Pool, { channel, feedType }: FeedLane, work: () => Promise<void>): Promise<void> => {
  const client = await pool.connect();
  const lock = `hashtextextended($1, 0)`;
  const name = [`channel-feed ${channel} ${feedType}`];
  try {
    const { rows } = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(${lock}) as taken`, name);
    if (rows[0]?.taken !== true) return;
    await work().finally(() => client.query(`select pg_advisory_unlock(${lock})`, name));
  } finally {
    client.release();
  }
};

export const feedLogTable = (pool: Pool): FeedLog => ({
  add: async ({ updateId, channel, feedType, message, given }) => {
    await pool.query(ADD, [updateId, channel, feedType, message, given ?? null]);
  },
  find: async (updateId) => (await pool.query<Row>(FIND, [updateId])).rows.map(entryOf)[0],
  remove: async (updateId) => void (await pool.query(REMOVE, [updateId])),
  waiting: async ({ channel, feedType }, limit) => (await pool.query<Row>(WAITING, [channel, feedType, limit])).rows.map(entryOf),
  begun: async ({ channel, feedType }) => (await pool.query<BegunFeed>(BEGUN, [channel, feedType])).rows[0],
  begin: async (updateIds, { documentId, begunAt }) => void (await pool.query(BEGIN, [updateIds, documentId, begunAt])),
  name: async (documentId, feedId) => void (await pool.query(NAME, [documentId, feedId])),
  known: async ({ channel, feedType }, feedIds) => {
    const { rows } = await pool.query<{ id: string }>(KNOWN, [channel, feedType, feedIds]);
    return new Set(rows.map(({ id }) => id));
  },
  settle: async (documentId, answers, all = []) => {
    await pool.query(SETTLE, [documentId, JSON.stringify(Object.fromEntries(answers)), JSON.stringify(all)]);
  },
  inTurn: (lane, work) => inTurn(pool, lane, work),
});
