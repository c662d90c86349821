import type { Named } from '@cartage/eventsourcing';
import { evolveCart, noCart, type Cart } from './cart';
import { evolveSheet, noSheet, type CountSheet } from './counting/count-sheet';
import { missingOf, type Reservation } from './reservation';
import { difference, type Difference } from './statements/difference';
import { evolvePurchaseOrder, noPurchaseOrder, statusOf, type PurchaseOrder } from './supply/purchase-order';
import { evolveTransfer, noTransfer, type Transfer } from './supply/transfer';

/** Whether an order holds nothing and waits for nothing: all that it wants has left, or it wants nothing any more. What comes back is booked all the same. */
export const isSettled = ({ status, lines }: Reservation): boolean =>
  status !== 'none' &&
  [...lines.values()].every(
    (line) => line.reserved === 0 && line.allocated === 0 && line.waiting === 0 && (status === 'ended' || missingOf(line) === 0),
  );

/** How streams that are about no order end, by the first word of their names. */
export const endings = {
  cart: { initial: noCart, evolve: evolveCart, isOver: ({ status }: Cart) => status === 'ended' },
  transfer: {
    initial: noTransfer(''),
    evolve: evolveTransfer,
    isOver: ({ status }: Transfer) => status === 'closed' || status === 'cancelled',
  },
  purchase: { initial: noPurchaseOrder(''), evolve: evolvePurchaseOrder, isOver: (order: PurchaseOrder) => statusOf(order) !== 'open' },
  count: {
    initial: noSheet(''),
    evolve: evolveSheet,
    // What was counted and waits for a word may still be booked, also when the time of its sheet was over.
    isOver: ({ status, lines }: CountSheet) =>
      status !== 'none' && status !== 'open' && [...lines.values()].every((line) => line.status !== 'approval'),
  },
  // What was accepted as ours is asked for with every further statement.
  difference: {
    initial: difference.initial,
    evolve: difference.evolve,
    isOver: (state: Difference | undefined) => state?.status === 'agreed' || state?.status === 'theirs',
  },
  alert: { initial: false, evolve: (_: boolean, { type }: Named) => type === 'StockAlertEnded', isOver: (ended: boolean) => ended },
  /** What the books were told of one fact. */
  valuation: { initial: undefined, evolve: () => undefined, isOver: () => true },
};

/** Streams that never end, and that nobody reads to go on with: stock is decided on by its rows. */
export const endless = ['stock', 'availability', 'demand', 'recount'] as const;
