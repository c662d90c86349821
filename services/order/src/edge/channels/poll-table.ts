import type { Pool } from 'pg';
import type { PollLog } from '../../app/channels/polling';

/** A channel is asked for what changes from when on it stood here first. */
const TAKE = `
  insert into channel_poll as p (channel, asked_to, next_at, in_turn) values ($1, $2, $3, true)
  on conflict (channel) do update set next_at = $3, in_turn = true where p.next_at <= $2
  returning asked_to as "askedTo"`;
const DUE = `update channel_poll set next_at = $2 where channel = $1 and next_at > $2 and not in_turn`;
const KEEP = `update channel_poll set next_at = $2 where channel = $1`;
const END = `update channel_poll set next_at = $2, in_turn = false, asked_to = coalesce(greatest($3::timestamptz, asked_to), asked_to) where channel = $1`;

export const pollTable = (pool: Pool): PollLog => ({
  take: async (channel, { now, until }) => {
    const { rows } = await pool.query<{ askedTo: Date }>(TAKE, [channel, now, until]);
    return rows[0]?.askedTo.toISOString();
  },
  due: async (channel, now) => void (await pool.query(DUE, [channel, now])),
  keep: async (channel, until) => void (await pool.query(KEEP, [channel, until])),
  end: async (channel, { at, askedTo }) => void (await pool.query(END, [channel, at, askedTo ?? null])),
});
