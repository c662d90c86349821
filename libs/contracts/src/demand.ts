import { contractsOf } from './event';
import { decimal, integer, list, object, text, time } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.inventory, 'demand', 'subject');

export const DemandExpected = event(
  'DemandExpected',
  'What is expected to leave a location in the days that come, of SKUs whose reorder points there are learned. Told at night, and when terms change, of those of which something else is expected than was told last, or of which nothing was told for three days: the newest of a SKU and location is true, by `madeAt`, and says nothing any more after a week. Few SKUs in one event.',
  object({
    location: text('Location code.'),
    madeAt: time('It knows what left until the day before (UTC).'),
    days: integer('So many coming days it is of, together.'),
    items: list(
      object({
        sku: text(),
        units: decimal('On average.'),
        low: integer('In one of ten cases it is at most this many units,'),
        median: integer('in half of them this many,'),
        high: integer('and in nine of ten this many.'),
      }),
    ),
  }),
);
