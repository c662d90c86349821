import { deciding, evolving, type Decider, type Named } from '@cartage/eventsourcing';
import type { ChannelEvent } from './events';

/** What is said of a channel, or of a SKU in it. */
export interface Channel {
  /** Absent: all sell for it. */
  readonly locations?: readonly string[];
  /** Units that are held back from it: under `''` on the network, else at a location. Absent: nothing was said. */
  readonly safetyStock: ReadonlyMap<string, number>;
}

/** Which locations sell for a channel; absent: all. */
export type SellFrom = Named<'SellFrom', { readonly channel: string; readonly locations?: readonly string[]; readonly now: string }>;

export interface ChannelCell {
  readonly channel: string;
  /** Absent: of each SKU of which nothing else is said. */
  readonly sku?: string;
  readonly location?: string;
}

/** How much of a SKU is held back from a channel. */
export type HoldBackFrom = Named<'HoldBackFrom', ChannelCell & { readonly safetyStock: number; readonly now: string }>;

export type ChannelCommand = SellFrom | HoldBackFrom;

export const channel: Decider<ChannelCommand, Channel, ChannelEvent> = {
  initial: { safetyStock: new Map() },
  evolve: evolving<Channel, ChannelEvent>({
    ChannelLocationsChanged: ({ safetyStock }, { locations }) => ({ safetyStock, ...(locations ? { locations } : {}) }),
    ChannelSafetyStockChanged: (state, { location = '', safetyStock }) => ({
      ...state,
      safetyStock: new Map(state.safetyStock).set(location, safetyStock),
    }),
  }),
  decide: deciding<ChannelCommand, Channel, ChannelEvent>({
    SellFrom: ({ now, locations, ...data }, before) => {
      const sorted = locations && [...new Set(locations)].toSorted();
      if (sorted?.join(' ') === before.locations?.join(' ')) return [];
      return [{ type: 'ChannelLocationsChanged', data: { ...data, ...(sorted ? { locations: sorted } : {}), changedAt: now } }];
    },
    HoldBackFrom: ({ now, ...data }, before) =>
      before.safetyStock.get(data.location ?? '') === data.safetyStock
        ? []
        : [{ type: 'ChannelSafetyStockChanged', data: { ...data, changedAt: now } }],
  }),
};
