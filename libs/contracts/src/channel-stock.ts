import { contractsOf } from './event';
import { integer, list, object, optional, text, time } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.inventory, 'channel');
const channel = text('The sales channel, such as `web`.');

export const ChannelLocationsChanged = event(
  'ChannelLocationsChanged',
  'Other locations sell for a channel from now on: only their units are promised to its orders.',
  object({
    channel,
    locations: optional(list(text('Location code.'), 'Sorted; absent: all locations sell for it.')),
    changedAt: time(),
  }),
);

export const ChannelSafetyStockChanged = event(
  'ChannelSafetyStockChanged',
  'Another number of units is to be held back from a channel: they are promised to others only.',
  object({
    channel,
    sku: optional(text('Absent: each SKU of which nothing else is said.')),
    location: optional(text('Held back at this location, as far as it is there; absent: over the network.')),
    safetyStock: integer('Units to hold back.'),
    changedAt: time(),
  }),
);
