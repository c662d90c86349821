import { joinsTransactions } from '@cartage/event-store';
import { failureOf, type EventStore, type Span, type Tracing, type Write } from '@cartage/eventsourcing';

/** A write whose command is traced, in a span beside it: many share a round trip, and each trace shows its own. */
const spanOf = (tracing: Tracing, schema: string, system: string, { events }: Write): Span | undefined => {
  const meta = events[0]?.meta;
  if (meta?.traceparent === undefined || meta.preview) return undefined;
  const attributes = {
    ...{ 'db.system.name': system, 'db.operation.name': 'append', 'db.namespace': schema },
    'cartage.events': events.map(({ type }) => type),
  };
  return tracing.start({ name: `append ${schema}`, kind: 'client', parent: meta.traceparent, attributes });
};

/** The same store, its appends and the commands that are handled with it traced. */
export const tracedStore = <Store extends EventStore>(store: Store, schema: string, tracing: Tracing): Store => {
  const system = joinsTransactions(store) ? 'postgresql' : 'kurrentdb';
  return {
    ...store,
    tracing,
    appendMany: async (writes) => {
      const spans = writes.map((write) => spanOf(tracing, schema, system, write));
      try {
        const outcomes = await store.appendMany(writes);
        outcomes.forEach(({ status }, i) => spans[i]?.set({ 'cartage.conflict': status === 'conflict' }));
        for (const span of spans) span?.end();
        return outcomes;
      } catch (error) {
        for (const span of spans) span?.end(failureOf(error));
        throw error;
      }
    },
  };
};
