import type { OrderEvent as Published } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { OrderEvent } from './events';

/** What the world is told. Everything else stays in the order's own history. */
export const published: Translation<OrderEvent, Published> = {
  OrderPlaced: ({ data: { record: _, ...data } }) => ({ type: 'OrderPlaced', data }),
  OrderConfirmed: ({ data: { status: _, ...data } }) => ({ type: 'OrderConfirmed', data }),
  HoldApplied: ({ data }) => ({ type: 'HoldApplied', data }),
  HoldReleased: ({ data: { orderId, hold, releasedAt } }) => ({ type: 'HoldReleased', data: { orderId, hold, releasedAt } }),
  OrderCancelled: ({ data }) => ({ type: 'OrderCancelled', data }),
  OrderCompleted: ({ data }) => ({ type: 'OrderCompleted', data }),
};
