import { Refused } from '@cartage/eventsourcing';
import type { OrderThere } from '../../domain/channel-differences';
import type { ChannelSource } from './channel-source';
import type { ChannelEnvelope } from './connector';

const standingIn = (source: ChannelSource, envelope: ChannelEnvelope): OrderThere | undefined => {
  try {
    return source.standingIn(envelope);
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
};

/** How these orders stand at their channel; one that cannot be read keeps no other from being compared. */
export const readableIn = async (
  source: ChannelSource,
  orders: readonly ChannelEnvelope[],
  onUnreadable: (envelope: ChannelEnvelope) => Promise<void>,
): Promise<readonly OrderThere[]> => {
  const found: OrderThere[] = [];
  for (const envelope of orders) {
    const there = standingIn(source, envelope);
    if (there) found.push(there);
    else await onUnreadable(envelope);
  }
  return found;
};
