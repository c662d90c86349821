import { deciding, Refused, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';
import { requireSame } from './differences';
import type { OrderEvent } from './events';
import { evolve } from './evolve';
import type { Fact } from './facts';
import { consequences, type Occasion } from './rules';
import type { Order, Placing } from './state';

export type OrderCommand =
  Named<'PlaceOrder', { readonly order: Placing; readonly now: string }> | Named<'RecordFact', Occasion & { readonly fact: Fact }>;

const place = ({ order, now }: DataOf<OrderCommand, 'PlaceOrder'>, before: Order): readonly OrderEvent[] => {
  if (!before) return [{ type: 'OrderPlaced', data: { ...order, placedAt: order.placedAt ?? now } }];
  requireSame(before.placed, order);
  return [];
};

/**
 * Keeps a fact as it was told, and decides what follows. Whether it was told before is not asked here: it is recorded under the id of the public event,
 * and a command whose id is in the stream is not decided again.
 */
const record = ({ fact, ...occasion }: DataOf<OrderCommand, 'RecordFact'>, before: Order): readonly OrderEvent[] => {
  const order = before && evolve(before, fact);
  // Not final: a fact can only be of an order that exists, so the order may only not be seen here yet.
  if (!order) throw new Refused('ORDER_UNKNOWN', 'There is no such order.', 'unknown');
  return [fact, ...consequences(order, occasion)];
};

/** The process manager of an order: hears every fact about it, in any order, and decides what follows. */
export const order: Decider<OrderCommand, Order, OrderEvent> = {
  initial: undefined,
  evolve,
  decide: deciding<OrderCommand, Order, OrderEvent>({ PlaceOrder: place, RecordFact: record }),
};

export const streamOf = (orderId: string): string => `order-${orderId}`;
