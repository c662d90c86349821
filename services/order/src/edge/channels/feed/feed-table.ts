import { isoTime } from '@cartage/views';
import type { Pool } from 'pg';
import type { ChannelFeed, FeedEntry } from '../../../app/channels/feed';

/** The channel’s row is held until the entry is there: numbers are seen in their order. */
const WRITE = `
  with numbered as (
    update channel_connection set fed = fed + 1
    where channel = $1 and not exists (select from channel_feed where channel = $1 and message_id = $2) returning channel, fed
  )
  insert into channel_feed (channel, number, message_id, message, written_at) select channel, fed, $2, $3, $4 from numbered
  on conflict (channel, message_id) do nothing`;

const READ = `
  select json_build_object('number', number, 'messageId', message_id, 'writtenAt', ${isoTime('written_at', 'US')}, 'message', message) as entry
  from channel_feed where channel = $1 and number > $2 order by number limit $3`;

const FORGET = `
  delete from channel_feed where (channel, number) in (
    select channel, number from channel_feed where written_at < $1 order by written_at limit $2 for update skip locked)`;

export const feedTable = (pool: Pool): ChannelFeed => ({
  write: async (channel, { messageId, message, writtenAt }) => {
    await pool.query(WRITE, [channel, messageId, JSON.stringify(message), writtenAt]);
  },
  read: async (channel, after, limit) => {
    const { rows } = await pool.query<{ entry: FeedEntry }>(READ, [channel, after, limit]);
    return rows.map(({ entry }) => entry);
  },
  forget: async (before, limit) => (await pool.query(FORGET, [before, limit])).rowCount ?? 0,
});
