import type { PoolClient } from 'pg';
import type { Drift } from '../../app/verification';
import { channelAtp } from '../../domain/channel-stock';
import { atpOf } from '../../domain/stock';
import { channelStockIn } from '../channels/postgres-channels';

/** No channel may be promised more than the network: whoever waits for more than that waits rightly, whatever the rules say. */
const WAITING = `
  select r.order_id as "orderId", r.channel, json_agg(json_build_object('sku', r.sku, 'units', r.waiting) order by r.sku) as pieces
  from reservation_line r join network_stock n using (sku)
  where r.waiting > 0 and exists (select from channel_rule c where c.channel = r.channel)
  group by r.order_id, r.line_id, r.channel
  having bool_and(r.waiting <= n.on_hand - n.reserved - n.allocated - n.safety_stock) and ($1::text is null or bool_or(r.sku = $1))
  limit $2`;

interface Waiter {
  readonly orderId: string;
  readonly channel: string;
  readonly pieces: readonly { readonly sku: string; readonly units: number }[];
}

/** Orders of channels that rules say something of, and that wait for what their channel may sell. What a rule lets through is reckoned as it is promised. */
export const ruledQueue = async (client: PoolClient, sku: string | undefined, limit: number): Promise<readonly Drift[]> => {
  const { rows } = await client.query<Waiter>(WAITING, [sku, limit]);
  const skus = [...new Set(rows.flatMap(({ pieces }) => pieces.map((piece) => piece.sku)))];
  const stock = new Map(skus.length > 0 ? (await channelStockIn(client, skus)).map((row) => [row.sku, row]) : []);
  const atp = (channel: string, piece: string): number => {
    const row = stock.get(piece);
    return row ? channelAtp(row, channel, atpOf(row.network)) : 0;
  };
  return rows
    .filter(({ channel, pieces }) => pieces.every((piece) => piece.units <= atp(channel, piece.sku)))
    .flatMap(({ orderId, channel, pieces }) =>
      pieces
        .filter((piece) => sku === undefined || piece.sku === sku)
        .map((piece) => ({
          drift: 'queue',
          sku: piece.sku,
          location: null,
          detail: `order ${orderId} waits for ${piece.units} units that are there, and that ${channel} may sell`,
          behind: [],
        })),
    );
};
