import { contractsOf } from './event';
import { orderId } from './parts';
import { currency, integer, list, money, object, optional, text, time, uuid, word } from './schema';
import { Topics } from './topics';

const line = object({
  sku: text(),
  location: optional(text('Location code; absent: on the way in a transfer.')),
  quantity: integer('Units that came; below zero: left; 0: what is there was valued anew.'),
  amount: money('Change of what lies there costs; below zero: it left. Minor units.'),
});

export const StockValued = contractsOf(Topics.inventory, 'valuation', 'subject')(
  'StockValued',
  'A movement of goods, or what was said of their cost, changed what stock is worth, at cost. For the books: told once for each movement and currency, and never for what nobody knows the cost of.',
  object({
    movementId: uuid('Id of the event that moved the goods (`StockIssued`, `StockReceived`, …), or that said what they cost.'),
    kind: word(
      ['received', 'sold', 'returned', 'adjusted', 'disposed', 'transferred', 'lost', 'revalued'],
      '`adjusted`',
      '`sold`: the cost of goods sold; `returned`: taken back from it; `lost`: on the way; `transferred`: over all places together usually nothing; `revalued`: their cost was said.',
    ),
    cause: optional(
      text(
        'Why, of what was adjusted, disposed or lost: `count`, `damage`, `loss`, `theft`, `found`, `drift`, `liquidated`, `destroyed`, `sent-to-supplier`.',
      ),
    ),
    orderId: optional(orderId),
    currency: currency(),
    amount: money('Change of what all stock is worth: the sum of the lines. Minor units.'),
    lines: list(line, 'Where.'),
    valuedAt: time('When the movement came to stand in the log: by its cost at that time it counts for ever.'),
  }),
);
