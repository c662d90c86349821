import type { Movement } from './movement';
import { channelOf } from './settling';
import { availableAt, type Stock } from './stock';
import { channelAtp, channelStockAfter, type ChannelStock } from './channel-stock';

/** What channels may sell of the SKUs that a transaction has locked, moving along with its book. Empty where nothing is said of any channel. */
export class ChannelPages {
  private readonly stocks: Map<string, ChannelStock>;

  constructor(stocks: readonly ChannelStock[]) {
    this.stocks = new Map(stocks.map((stock) => [stock.sku, stock]));
  }

  /** Given what the network can promise; `freed` units of the channel's own claims are about to be given back. */
  atp(sku: string, networkAtp: number, { channel, freed = 0 }: { readonly channel?: string; readonly freed?: number }): number {
    const stock = this.stocks.get(sku);
    if (!stock || channel === undefined) return networkAtp;
    return channelAtp(freed > 0 ? channelStockAfter(stock, { channel, reserved: -freed }) : stock, channel, networkAtp);
  }

  /** Whether the channel may not sell it from everywhere. */
  confines(sku: string, channel: string | undefined): boolean {
    return this.stocks.get(sku)?.rules.some((rule) => rule.channel === channel && rule.locations !== undefined) ?? false;
  }

  /** Answers whether a channel may now sell more than before, though the network perhaps may not. */
  move({ sku, reserved = 0 }: Movement, channel: string | undefined, after?: Stock): boolean {
    const before = this.stocks.get(sku);
    if (!before) return false;
    const there = after?.active ? { location: after.location, available: availableAt(after) } : undefined;
    this.stocks.set(sku, channelStockAfter(before, { ...channelOf({ channel }), reserved, ...there }));
    return reserved < 0 || (there !== undefined && there.available > (before.available.get(there.location) ?? 0));
  }
}
