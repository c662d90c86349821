import type { ChannelOutlet } from './channel-update';
import { orderMessage, priceMessage, stockMessage } from './outgoing-message';

/** What a channel fetches instead of being told: in order, by a number that only grows. */
export interface FeedEntry {
  readonly number: number;
  /** The same however often it is fetched. */
  readonly messageId: string;
  readonly writtenAt: string;
  readonly message: Readonly<Record<string, unknown>>;
}

export interface ChannelFeed {
  /** One that is there stays as it is. */
  write(channel: string, entry: { readonly messageId: string; readonly message: object; readonly writtenAt: Date }): Promise<void>;
  /** Those after a number, as many as that. Whoever has seen a number has seen all below it. */
  read(channel: string, after: number, limit: number): Promise<readonly FeedEntry[]>;
  /** Forgets so many that were written before then, and tells how many. */
  forget(before: string, limit: number): Promise<number>;
}

interface FeedAccount {
  readonly channel: string;
  readonly feed: ChannelFeed;
  readonly clock: { readonly now: () => Date };
}

/** A channel that cannot be posted to: what it would be told is there to be fetched. What it gives back it tells in a message of its own. */
export const feedOutlet = ({ channel, feed, clock }: FeedAccount): ChannelOutlet => ({
  tell: async (update) => {
    await feed.write(channel, { messageId: update.updateId, message: orderMessage(update), writtenAt: clock.now() });
    return { status: 'told', detail: 'It is there to be fetched.' };
  },
  setStock: async (levels, key) => {
    await feed.write(channel, { messageId: key, message: stockMessage(levels), writtenAt: clock.now() });
    return levels.map(() => undefined);
  },
  setPrices: async (prices, key) => {
    await feed.write(channel, { messageId: key, message: priceMessage(prices), writtenAt: clock.now() });
    return prices.map(() => undefined);
  },
});
