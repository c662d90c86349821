import { contractsOf } from './event';
import { orderId, reason } from './parts';
import { count, list, object, optional, text, time, uuid } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.inventory, 'reservation');

const backorder = {
  backorderId: uuid('Of the claim of one line on supply that is expected.'),
  lineId: text(),
  sku: text(),
  quantity: count('Units of the line that wait.'),
};

export const StockBackordered = event(
  'StockBackordered',
  'Lines that are short have a claim on goods that are on order, and so each a date. Filled, they are `StockReserved`.',
  object({
    orderId,
    lines: list(object({ ...backorder, promisedAt: time('When the goods are expected.') })),
    backorderedAt: time(),
  }),
);

export const BackorderMoved = event(
  'BackorderMoved',
  'The goods that lines wait for come at another time, or nobody knows when.',
  object({
    orderId,
    lines: list(
      object({
        ...backorder,
        promisedAt: optional(time('Absent: not known.')),
        before: optional(time('When they were expected; absent: it was not known.')),
      }),
    ),
    reason,
    movedAt: time(),
  }),
);
