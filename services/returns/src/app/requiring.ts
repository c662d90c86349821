import { fold, Refused, type EventStore, type StoredEvent } from '@cartage/eventsourcing';
import type { OrderAsKnown } from '../domain/commands';
import type { ReturnEvent } from '../domain/events';
import type { ReturnPolicy } from '../domain/policy';
import { returns, returnStream } from '../domain/return';
import type { Sale } from '../domain/sale';
import type { OrderReturns } from '../domain/state';
import type { OrderFacts } from './order-facts';

export interface KnowingNeeds {
  readonly facts: Pick<OrderFacts, 'of' | 'orderOf'>;
  /** What an order was sold under; refused while that is not known. */
  readonly policyOf: (sale: Sale) => Promise<ReturnPolicy>;
}

interface Thing {
  readonly code: string;
  readonly what: string;
}

export const theReturn: Thing = { code: 'RETURN_UNKNOWN', what: 'return' };
export const theClaim: Thing = { code: 'CLAIM_UNKNOWN', what: 'claim' };

export const unknownOrder = (orderId: string): Refused =>
  new Refused('ORDER_UNKNOWN', `Returns has not heard of order ${orderId}.`, 'unknown');

export const unknownThing = ({ code, what }: Thing, id: string): Refused => new Refused(code, `There is no ${what} ${id}.`, 'unknown');

export const requireOrder = async ({ facts, policyOf }: KnowingNeeds, orderId: string): Promise<OrderAsKnown> => {
  const order = await facts.of(orderId);
  if (!order) throw unknownOrder(orderId);
  return { ...order, policy: await policyOf(order.sale) };
};

/** The order of a return, or of a claim. */
export const requireOrderOf = async ({ facts }: Pick<KnowingNeeds, 'facts'>, id: string, unknown: Thing): Promise<string> => {
  const orderId = await facts.orderOf(id);
  if (orderId === undefined) throw unknownThing(unknown, id);
  return orderId;
};

export interface Loaded {
  readonly state: OrderReturns;
  readonly version: number;
  readonly position: string;
  readonly repeated: boolean;
}

/** Everything about the returns of an order, from the log itself. */
export const loadReturns = async (store: Pick<EventStore, 'readMany'>, orderId: string): Promise<Loaded> => {
  const [stream] = await store.readMany([returnStream(orderId)]);
  const events = (stream?.events ?? []) as readonly StoredEvent<ReturnEvent>[];
  return { state: fold(returns, events), version: events.length, position: events.at(-1)?.position ?? '', repeated: false };
};
