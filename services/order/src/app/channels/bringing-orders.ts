import { isAway, type Meta } from '@cartage/eventsourcing';
import type { HeardAfterSale } from './after-sale';
import type { ChannelMessage } from './channel-message';
import type { ChannelSources } from './channel-source';
import type { ChannelEnvelope } from './connector';
import type { Followed } from './order-at-channel';

export interface BringingNeeds {
  readonly follow: (heard: HeardAfterSale, meta: Meta) => Promise<Followed>;
  readonly sources: ChannelSources;
  /** Brings an order in that never came. */
  readonly take: (channel: string, envelope: ChannelEnvelope, meta: Meta) => Promise<Pick<ChannelMessage, 'status' | 'detail'>>;
  readonly isKnown: (channel: string, externalOrderId: string) => Promise<boolean>;
}

const orderAt = async ({ sources }: BringingNeeds, { channel, word }: HeardAfterSale): Promise<ChannelEnvelope | undefined> => {
  try {
    return await sources.get(channel)?.order(word.externalOrderId);
  } catch (error) {
    if (isAway(error)) return undefined;
    throw error;
  }
};

/**
 * A channel that can be asked is asked for an order that it speaks of and that is not here: it may have been missed. One that is nothing to us, because somebody else has sent
 * it, has nothing after its sale either; another one is waited for.
 */
export const bringingItsOrder =
  (needs: BringingNeeds) =>
  async (heard: HeardAfterSale, meta: Meta): Promise<Followed> => {
    const { channel, word } = heard;
    const followed = await needs.follow(heard, meta);
    if (!followed.early || (await needs.isKnown(channel, word.externalOrderId))) return followed;
    const order = await orderAt(needs, heard);
    const brought = order && (await needs.take(channel, order, meta));
    if (brought?.status === 'taken') return needs.follow(heard, meta);
    return brought?.status === 'ignored'
      ? { status: 'ignored', detail: `Its order is nothing to us: ${brought.detail}`, orderId: null }
      : followed;
  };
