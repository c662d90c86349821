import { coalescing, fold, Refused, type EventStore, type StoredEvent, type Stream } from '@cartage/eventsourcing';
import type { BrokeringEvent, DecisionRecord } from '../domain/events';
import { orderBrokering, streamOf } from '../domain/order-brokering';
import type { Brokering } from '../domain/state';

/** The brokering of one order: its history and what that amounts to. */
export interface BrokeringRead {
  readonly state: Brokering;
  readonly version: number;
  readonly events: readonly StoredEvent<BrokeringEvent>[];
}

export type ReadBrokering = (orderId: string) => Promise<BrokeringRead>;

const readOf = ({ events, version }: Stream<BrokeringEvent>): BrokeringRead => ({ state: fold(orderBrokering, events), version, events });

/** Reads that come at the same time share a round trip. */
export const readingFrom = (store: EventStore): ReadBrokering => {
  const read = coalescing(async (streams: readonly string[]) => {
    const unique = [...new Set(streams)];
    const found = (await store.readMany(unique)) as readonly Stream<BrokeringEvent>[];
    const byStream = new Map(found.map((stream) => [stream.stream, stream]));
    return streams.map((stream) => {
      const one = byStream.get(stream);
      return one ? { ok: true as const, value: readOf(one) } : { ok: false as const, error: new Error(`${stream} was not read.`) };
    });
  });
  return (orderId) => read(streamOf(orderId));
};

export const recordsOf = ({ events }: BrokeringRead): readonly DecisionRecord[] =>
  events.flatMap((event) => (event.type === 'OrderBrokered' ? [event.data] : []));

export const requireRecord = (records: readonly DecisionRecord[], decisionId: string): DecisionRecord => {
  const record = records.find((one) => one.decisionId === decisionId);
  if (!record) throw new Refused('DECISION_UNKNOWN', `There is no decision ${decisionId}, or not yet.`, 'unknown');
  return record;
};
