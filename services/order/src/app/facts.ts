import type { Meta, Send } from '@cartage/eventsourcing';
import type { OrderEvent } from '../domain/events';
import type { Fact } from '../domain/facts';
import { streamOf, type OrderCommand } from '../domain/order';
import type { Occasion } from '../domain/rules';
import type { Order } from '../domain/state';

/** One way in for requests and facts alike, so that all of them share round trips. */
export type SendToOrder = Send<OrderCommand, Order, OrderEvent>;

export interface FactNeeds {
  readonly send: SendToOrder;
  /** When it is, and what the order goes by. */
  readonly occasion: () => Occasion;
}

/** Tells an order what another service said about it. `meta.commandId` is the id of that event: the same one again changes nothing. */
export type RecordFact = (fact: Fact, meta: Meta) => Promise<unknown>;

export const recordFacts =
  ({ send, occasion }: FactNeeds): RecordFact =>
  (fact, meta) =>
    send(streamOf(fact.data.orderId), { type: 'RecordFact', data: { fact, ...occasion() } }, meta);
