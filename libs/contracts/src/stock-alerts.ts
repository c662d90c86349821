import { contractsOf } from './event';
import { integer, object, optional, text, time, uuid, word } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.inventory, 'alert', 'subject');

const alert = {
  alertId: uuid('Of this time that it came to it; the next time has another.'),
  sku: text(),
  channel: optional(text('The sales channel that it is about; absent: none in particular.')),
  location: optional(text('Location code; absent: the network.')),
};
const kind = word(
  ['low', 'negative', 'reorder', 'drift'],
  'something that a person should look at',
  '`low`: fewer units can be promised than was said to be enough. `negative`: more was promised than should have been. `reorder`: the reorder point is reached. `drift`: another system counts otherwise.',
);

export const StockAlertRaised = event(
  'StockAlertRaised',
  'Somebody should look at the stock of a SKU. Raised once, until it ends.',
  object({
    ...alert,
    kind,
    value: integer('Units that can be promised; of `drift`, by how many units the other system differs.'),
    threshold: integer('Units that would have been enough; of `drift` by so many it may differ.'),
    raisedAt: time(),
  }),
);

export const ReorderPointReached = event(
  'ReorderPointReached',
  'What is at a location and on order for it has fallen to where more should be ordered; it is an alert of kind `reorder`, too, and ends as one.',
  object({
    ...alert,
    location: text('Location code.'),
    available: integer('Units there that nobody has a claim on.'),
    onOrder: integer('Units that are on order for it.'),
    reorderPoint: integer('Units.'),
    suggested: integer('Units to order, up to what was said to be wanted there.'),
    reachedAt: time(),
  }),
);

export const StockAlertEnded = event(
  'StockAlertEnded',
  'What an alert was raised for is so no more.',
  object({ ...alert, kind, endedAt: time() }),
);
