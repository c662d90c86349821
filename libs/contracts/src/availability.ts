import { contractsOf } from './event';
import { integer, list, object, optional, text, time } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.inventory, 'availability', 'subject');

export const AvailabilityChanged = event(
  'AvailabilityChanged',
  'Another number of units of a SKU can be promised, over the network or at a location. Told a moment after what it follows from, many changes in one: each carries numbers as they are, not differences, and the last one of a SKU and channel is true.',
  object({
    sku: text(),
    channel: optional(
      text('The sales channel. Absent: for every channel that no event names so far; once one names a channel, only those hold for it.'),
    ),
    atp: integer(
      'Available to promise over the network. Below zero more was promised than should have been by now: offer none, as with 0.',
    ),
    locations: list(
      object({
        location: text('Location code.'),
        atp: integer('Units there that can be promised; 0 where it is closed, or sells no more for the channel.'),
      }),
      'Locations where it changed; others are as they were told last.',
    ),
    asOf: time('All of it was so at this instant.'),
  }),
);
