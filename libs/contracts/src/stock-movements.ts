import { contractsOf } from './event';
import { reason, stockLevel } from './parts';
import { count, currency, integer, list, money, object, optional, text, time, uuid, word, type Static } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.inventory, 'stock');
const levels = list(stockLevel, 'Stock after the movement, one entry for each SKU and location that it touched.');
const reference = optional(text('The document behind it: purchase order, count sheet.'));

const cost = object({ amount: money('Minor units, of all of them together.'), currency: currency() }, 'What they cost, where it was said.');
/** What units cost, all of them together; in minor units. */
export type Cost = Static<typeof cost>;

export const StockReceived = event(
  'StockReceived',
  'Goods came in at a location.',
  object({
    sku: text(),
    location: text(),
    quantity: count(),
    cost: optional(cost),
    reference,
    levels,
    receivedAt: time(),
  }),
);

export const StockAdjusted = event(
  'StockAdjusted',
  'A count or a loss changed what is on hand.',
  object({
    sku: text(),
    location: text(),
    quantity: integer('Change of on hand; negative for a loss.'),
    cause: word(
      ['count', 'damage', 'loss', 'found', 'drift', 'feed'],
      'a correction',
      'Why the books were wrong; `feed`: a supplier said what it has, and its goods are never ours.',
    ),
    detail: optional(text('For a person.')),
    reference,
    levels,
    adjustedAt: time(),
  }),
);

export const StockCounted = event(
  'StockCounted',
  'A person counted what is on a shelf, and it stands: a difference is booked with it, by a `StockAdjusted` with cause `count`.',
  object({
    countId: uuid('Of the count sheet.'),
    sku: text(),
    location: text(),
    quantity: integer('Units that were counted.'),
    expected: integer('Units that the books had there at that time.'),
    difference: integer('Counted less expected; booked, if it is not 0.'),
    countedBy: optional(text('Who counted, as it was said.')),
    approvedBy: optional(text('Who said that the difference is so, where it took a person.')),
    countedAt: time(),
    bookedAt: time(),
  }),
);

export const StockTransferred = event(
  'StockTransferred',
  'Goods of a transfer between two locations left the one, came to the other, or were lost on the way. In between they are at no location, and nobody can buy them.',
  object({
    transferId: uuid(),
    direction: word(['out', 'in', 'lost'], 'levels tell what moved', 'Whether they left `from`, came to `to`, or never came.'),
    from: text('Location code.'),
    to: text('Location code.'),
    sku: text(),
    location: text('Where it is booked: `from` when they leave, else `to`.'),
    quantity: count(),
    cause: optional(word(['damage', 'loss', 'theft'], 'they are gone', 'Of what is lost.')),
    levels,
    transferredAt: time(),
  }),
);

export const StockDisposed = event(
  'StockDisposed',
  'Goods that were not fit to be sold, because they came back so or were damaged, are set aside no more: they are fit again, or they left the books.',
  object({
    disposalId: uuid(),
    sku: text(),
    location: text(),
    quantity: count(),
    outcome: word(['refurbished', 'liquidated', 'destroyed'], 'they left', '`refurbished`: on the shelf again, to be sold; else gone.'),
    reason,
    proceeds: optional(object({ amount: integer('Minor units.'), currency: text() }, 'What was paid for them, all together.')),
    levels,
    disposedAt: time(),
  }),
);

export const SafetyStockChanged = event(
  'SafetyStockChanged',
  'Another number of units is to be held back at a location.',
  object({
    sku: text(),
    location: text(),
    safetyStock: integer('Units to hold back, as far as they are there.'),
    levels,
    changedAt: time(),
  }),
);
