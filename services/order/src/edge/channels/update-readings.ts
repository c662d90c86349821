import type { Readings } from '@cartage/service-kit';
import type { Pool } from 'pg';

const FIGURES = `
  select channel, status as state, count(*)::int as count, coalesce(extract(epoch from $1::timestamptz - min(since)), 0)::float8 as seconds
  from (
    select channel, status, planned_at as since from channel_update where status in ('waiting', 'refused')
    union all select channel, status, as_of from channel_stock where status in ('waiting', 'refused')
    union all select channel, status, as_of from channel_price where status in ('waiting', 'refused')
  ) as open group by channel, status`;

interface Figures {
  readonly channel: string;
  readonly state: 'waiting' | 'refused';
  readonly count: number;
  readonly seconds: number;
}

/** Every connected channel has each state, so that a gauge goes back to nothing. */
export const updateReadings = async (pool: Pool, channels: readonly string[], now: Date): Promise<Readings> => {
  if (channels.length === 0) return {};
  const { rows } = await pool.query<Figures>(FIGURES, [now]);
  const of = (channel: string, state: Figures['state']): Figures | undefined =>
    rows.find((row) => row.channel === channel && row.state === state);
  return {
    channelUpdates: channels.flatMap((channel) =>
      (['waiting', 'refused'] as const).map((state) => ({ labels: { channel, state }, value: of(channel, state)?.count ?? 0 })),
    ),
    channelUpdatesSeconds: channels.map((channel) => ({ labels: { channel }, value: Math.max(0, of(channel, 'waiting')?.seconds ?? 0) })),
  };
};
