import type { Send } from '@cartage/eventsourcing';
import type { OrderCommand } from '../domain/commands';
import type { OrderEvent } from '../domain/events';
import type { Order } from '../domain/state';

/** One way in for requests and listeners alike, so that all of them share round trips. */
export type SendToOrder = Send<OrderCommand, Order, OrderEvent>;
