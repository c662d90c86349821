import type { MoneyHere } from '../../domain/channel-differences';
import type { OrderRead } from '../reading';
import type { DifferenceCause, OrderTraffic } from './channel-difference';

export const causeOf = ({ refused, waiting, message }: OrderTraffic): { readonly cause: DifferenceCause; readonly detail: string } => {
  if (refused) return { cause: 'update-refused', detail: `The channel refused update ${refused.updateId}: ${refused.code}.` };
  if (waiting) return { cause: 'update-waiting', detail: `Update ${waiting.updateId} is to be told since ${waiting.since}.` };
  if (message) return { cause: 'message-refused', detail: `Message ${message.messageId} of the channel was refused: ${message.code}.` };
  return { cause: 'unexplained', detail: 'Nothing is on its way, and nothing was refused.' };
};

/** What the channel said, or answered, that it gave back. */
export const heardBack = ({ events }: Pick<OrderRead, 'events'>): number =>
  events.reduce((sum, { type, data }) => (type === 'ChannelRefunded' ? sum + data.amount : sum), 0);

export const moneyOf = (known: OrderRead, { refunded }: OrderTraffic): MoneyHere => ({
  ...{ charged: known.order.sold.totals.total, currency: known.order.placed.currency },
  ...{ told: refunded, heard: heardBack(known) },
});

/** Nothing went to and fro. */
export const NONE: OrderTraffic = { refunded: 0, refundedAt: null, booked: null, waiting: null, refused: null, message: null };
/** Money that nobody asked for, beside what was asked for and stands nowhere yet. */
export const LATE = { cause: 'books-late', detail: 'What the channel was told to give back may not stand in its books yet.' } as const;
