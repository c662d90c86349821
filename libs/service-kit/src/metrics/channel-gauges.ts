import type { Measured } from './measured';

/** Of the channels that orders come from. */
export const channelGauges = {
  channelUpdates: {
    name: 'cartage_channel_updates',
    help: 'What channels are still to be told of their orders and stock, and what they refused.',
    labels: ['channel', 'state'],
  },
  channelDifferences: {
    name: 'cartage_channel_differences',
    help: 'What channels say otherwise of orders than is known here, and nobody has closed.',
    labels: ['channel', 'kind'],
  },
  channelRefundsSeconds: {
    name: 'cartage_channel_refunds_differing_seconds',
    help: 'Since when the oldest refunds of a channel do not add up to what is known here, and nobody has settled them; 0 when all do.',
    labels: ['channel'],
  },
  channelStockDifferences: {
    name: 'cartage_channel_stock_differences',
    help: 'SKUs that channels offer otherwise than was published for them.',
    labels: ['channel', 'cause'],
  },
  channelUpdatesSeconds: {
    name: 'cartage_channel_updates_waiting_seconds',
    help: 'How long the oldest of those that a channel is still to be told waits; 0 when none does.',
    labels: ['channel'],
  },
} as const satisfies Readonly<Record<string, Measured>>;
