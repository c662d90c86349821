import {
  asOf,
  coalescing,
  factsOf,
  fold,
  Refused,
  type EventStore,
  type Instant,
  type StoredEvent,
  type Stream,
} from '@cartage/eventsourcing';
import type { OrderEvent } from '../domain/events';
import { order, streamOf } from '../domain/order';
import type { PlacedOrder } from '../domain/state';

/** An order as it stands, or stood: the facts until then and what they amount to. */
export interface OrderRead {
  readonly order: PlacedOrder;
  readonly events: readonly StoredEvent<OrderEvent>[];
  readonly version: number;
}

export type ReadOrder = (orderId: string, instant?: Instant) => Promise<OrderRead>;

export const unknown = (orderId: string, instant?: Instant): Refused =>
  new Refused('ORDER_UNKNOWN', instant ? `There was no order ${orderId} then.` : `There is no order ${orderId}.`, 'unknown');

/** Reads orders from the log itself: never behind, and at any instant. Requests that come together share a round trip. */
export const reading = (store: Pick<EventStore, 'readMany' | 'gather'>): ReadOrder => {
  const read = coalescing<string, Stream<OrderEvent>>(
    async (streams) => ((await store.readMany(streams)) as readonly Stream<OrderEvent>[]).map((value) => ({ ok: true, value })),
    { gather: store.gather },
  );
  return async (orderId, instant) => {
    const { events: all } = await read(streamOf(orderId));
    const events = instant ? asOf(all, instant) : all;
    const state = fold(order, events);
    if (!state) throw unknown(orderId, instant);
    return { order: state, events: factsOf(events), version: events.length };
  };
};
