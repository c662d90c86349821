import type { Decider } from '@cartage/eventsourcing';
import type { OrderCommand } from './commands';
import { decide } from './decide';
import type { OrderEvent } from './events';
import { evolve } from './evolve';
import type { Order } from './state';

/** The process manager of an order: hears every fact about it, in any order, and decides what follows. */
export const order: Decider<OrderCommand, Order, OrderEvent> = { initial: undefined, evolve, decide };

export const streamOf = (orderId: string): string => `order-${orderId}`;
/** The order whose stream it is. */
export const orderIdOf = ({ stream }: { readonly stream: string }): string => stream.slice('order-'.length);
