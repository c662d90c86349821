import type { EventMeta, EventStore, NewEvent, StoredEvent } from './event-store';
import type { EventTraces } from './traces';

/** Makes the data of one shape of an event into that of the next. Pure, and it never fails on what was ever written in that shape. */
export type Upcast = (data: unknown) => unknown;

/**
 * How events that were stored in older shapes are read today: for each type that ever changed its shape, a step from each version to the next, beginning
 * with version 1. A type with two steps is written in version 3; a type that is not here has only ever had one shape.
 */
export type Upcasters = { readonly [type: string]: readonly Upcast[] };

/** Turns events into what the log keeps (`meta.schemaVersion` says in which shape) and back into the newest shape. */
export interface Codec {
  encode(event: NewEvent): NewEvent;
  decode(event: StoredEvent): StoredEvent;
}

/** The event was stored by a later version of the program, in a shape that this one cannot know. */
export class NewerShape extends Error {
  override readonly name = 'NewerShape';
}

const NONE: readonly Upcast[] = [];

export const codecOf = (upcasters: Upcasters): Codec => {
  const steps = new Map(Object.entries(upcasters));
  const stamped = <Event extends { readonly meta: EventMeta }>(event: Event, schemaVersion: number): Event =>
    schemaVersion === 1 ? event : { ...event, meta: { ...event.meta, schemaVersion } };
  return {
    encode: (event) => stamped(event, (steps.get(event.type) ?? NONE).length + 1),
    decode: (event) => {
      const all = steps.get(event.type) ?? NONE;
      const version = event.meta.schemaVersion ?? 1;
      const newest = all.length + 1;
      if (version > newest)
        throw new NewerShape(`${event.type} ${event.id} is stored in shape ${version}; this version of the program knows ${newest}.`);
      if (version === newest) return event;
      const data = all.slice(version - 1).reduce((older, upcast) => upcast(older), event.data);
      return stamped({ ...event, data }, newest);
    },
  };
};

type ReadsAndAppends = Pick<EventStore, 'readMany' | 'appendMany'>;

/** Reading and appending through a codec: also for the part of a store that works inside a transaction. */
export const coded = ({ readMany, appendMany }: ReadsAndAppends, { encode, decode }: Codec): ReadsAndAppends => ({
  readMany: async (requests) => (await readMany(requests)).map((stream) => ({ ...stream, events: stream.events.map(decode) })),
  appendMany: (writes) => appendMany(writes.map((write) => ({ ...write, events: write.events.map(encode) }))),
});

const decoding = (traces: EventTraces, { decode }: Codec): EventTraces => ({
  find: async (id) => {
    const found = await traces.find(id);
    return found && decode(found);
  },
  correlated: async (request) => (await traces.correlated(request)).map(decode),
});

/** A store whose events are all seen in their newest shape: by commands, reads, views and publication alike. */
export const withCodec = (store: EventStore, codec: Codec): EventStore => ({
  ...coded(store, codec),
  heads: (streams) => store.heads(streams),
  head: () => store.head(),
  ...(store.traces ? { traces: decoding(store.traces, codec) } : {}),
  async *follow(options) {
    for await (const batch of store.follow(options)) yield batch.map(codec.decode);
  },
});
