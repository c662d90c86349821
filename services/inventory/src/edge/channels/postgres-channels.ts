import type { Pool, PoolClient } from 'pg';
import type { ChannelHoldBack, ChannelProfile, ChannelReading, ChannelRow, ChannelTransaction } from '../../app/channels/channels';
import type { ChannelRule } from '../../domain/channel-stock';
import type { ChannelEvent } from '../../domain/events';
import type { NetworkStock } from '../../domain/stock';
import * as sql from './channel.sql';

type Pairs = readonly (readonly [string, number])[];

interface Row {
  readonly sku: string;
  readonly rules: readonly (Omit<ChannelRule, 'locations'> & { readonly locations: readonly string[] | null })[];
  readonly available: Pairs;
  readonly reserved: Pairs;
  readonly network: NetworkStock;
}

const shown = ({ rules, available, reserved, ...row }: Row): ChannelRow => ({
  ...row,
  rules: rules.map(({ locations, ...rule }) => (locations ? { ...rule, locations } : rule)),
  available: new Map(available),
  reserved: new Map(reserved),
});

/** After their rows were locked: what is read then is what the transaction decides on, and nobody changes the rules until it is done. */
export const channelStockOf = async (client: PoolClient, skus: readonly string[]): Promise<readonly ChannelRow[]> => {
  if (skus.length === 0) return [];
  await client.query(sql.KEEP_RULES);
  return channelStockIn(client, skus);
};

/** As the transaction sees them. */
export const channelStockIn = async (client: PoolClient, skus: readonly string[]): Promise<readonly ChannelRow[]> =>
  (await client.query<Row>(sql.CHANNEL_STOCK, [skus])).rows.map(shown);

export const channelTransaction = (client: PoolClient): ChannelTransaction => ({
  writeChannel: async (event) => {
    await client.query(sql.CHANGE_RULES);
    await writeRule(client, event);
  },
  waitingUnder: async ({ channel, sku }, after, limit) =>
    (await client.query<{ sku: string }>(sql.WAITING_UNDER, [channel, sku, after, limit])).rows.map((row) => row.sku),
  isKit: async (sku) => ((await client.query(sql.IS_KIT, [sku])).rowCount ?? 0) > 0,
  knownLocations: async (codes) =>
    codes.length === 0
      ? new Set()
      : new Set((await client.query<{ code: string }>(sql.KNOWN_LOCATIONS, [codes])).rows.map(({ code }) => code)),
});

const writeRule = async (client: PoolClient, { type, data }: ChannelEvent): Promise<void> => {
  if (type === 'ChannelLocationsChanged') {
    await client.query(sql.WRITE_LOCATIONS, [data.channel, data.locations]);
  } else if (data.sku === undefined) {
    await client.query(sql.WRITE_SAFETY_STOCK, [data.channel, data.safetyStock]);
  } else {
    await client.query(sql.MAKE_CHANNEL, [data.channel]);
    await client.query(sql.WRITE_HOLD_BACK, [data.channel, data.sku, data.location ?? '', data.safetyStock]);
  }
};

export const channelStockAsOf = async (on: Pool | PoolClient, skus: readonly string[]): ReturnType<ChannelReading['stock']> => {
  const { rows } = await on.query<{ asOf: Date; rows: readonly Row[] }>(sql.CHANNEL_STOCK_AS_OF, [skus]);
  const [snapshot] = rows;
  if (!snapshot) throw new Error('A select without a from has one row.');
  return { asOf: snapshot.asOf.toISOString(), rows: snapshot.rows.map(shown) };
};

export const channelReading = (pool: Pool): ChannelReading => ({
  channels: async ({ after, limit }) => (await pool.query<ChannelProfile>(sql.CHANNELS, [after, limit])).rows,
  holdBacks: async ({ channel, after, limit }) =>
    (await pool.query<ChannelHoldBack>(sql.HOLD_BACKS, [channel, after?.[0], after?.[1], limit])).rows,
  stock: (skus) => channelStockAsOf(pool, skus),
});
