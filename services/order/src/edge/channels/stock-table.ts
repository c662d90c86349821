import { isoTime } from '@cartage/views';
import type { Pool } from 'pg';
import type { ClaimedLevel, ShownLevel, StockShelf } from '../../app/channels/stock-shelf';
import { shelfRows } from './shelf-rows';

/** What is said of the channel itself holds from then on, and only that; an older word changes nothing. What is in hand stays so: no two values of a SKU are told at once. */
const KEEP = `
  insert into channel_stock as s (channel, sku, network, locations, is_named, as_of, next_at)
  select channel, $2, $3, $4, $5, $6::timestamptz, $6::timestamptz from unnest($1::text[]) as c (channel) order by channel
  on conflict (channel, sku) do update set
    network = excluded.network,
    locations = case when excluded.is_named = s.is_named then s.locations || excluded.locations else excluded.locations end,
    is_named = excluded.is_named, as_of = excluded.as_of, revision = s.revision + 1, status = 'waiting', code = null, faults = '[]',
    attempts = case when s.status = 'waiting' then s.attempts else 0 end,
    next_at = case when s.status = 'waiting' and s.attempts > 0 then s.next_at else excluded.next_at end
  where (excluded.is_named and not s.is_named) or (excluded.is_named = s.is_named and excluded.as_of >= s.as_of)`;

const SHOWN = `json_build_object('channel', channel, 'sku', sku, 'network', network, 'locations', locations, 'status', status, 'code', code, 'faults', faults,
    'asOf', ${isoTime('as_of')}, 'toldAt', ${isoTime('told_at')})`;

const KEPT = `jsonb_build_object('network', s.network, 'locations', s.locations)`;

export const stockTable = (pool: Pool): StockShelf => ({
  ...shelfRows<ClaimedLevel, ShownLevel>(pool, { table: 'channel_stock', claimed: 's.network, s.locations', shown: SHOWN, kept: KEPT }),
  keep: async (channels, { sku, network, locations, channel, asOf }) => {
    await pool.query(KEEP, [channels, sku, network, JSON.stringify(locations), channel !== undefined, asOf]);
  },
});
