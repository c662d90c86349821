import { randomUUID } from 'node:crypto';
import { Topics } from '@cartage/contracts';
import type { EventStore, Named, NewEvent } from '@cartage/eventsourcing';
import type { Publication } from './publication';

/** What the transports' suites tell each other: a public event with a number, and a private one that nobody outside may hear of. */
export type Counted = Named<'OrderCompleted', { readonly n: number }>;
type Private = Counted | Named<'NotedInPrivate', { readonly n: number }>;

export const publication: Publication<Private, Counted> = {
  service: 'order',
  topic: Topics.order,
  translate: { OrderCompleted: ({ type, data }) => ({ type, data }) },
};

const eventOf = (type: Private['type'], n: number, sequence?: number): NewEvent<Private> => ({
  id: randomUUID(),
  type,
  data: { n },
  meta: {
    commandId: randomUUID(),
    correlationId: `correlation-${n}`,
    causationId: `cause-${n}`,
    actor: 'suite',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    ...(sequence === undefined ? {} : { sequence }),
  },
});

/** Adds `count` public events to each of these subjects, interleaved, a private one after each; numbered from 1 or on from what is there. */
export const tell = async (store: EventStore, subjects: readonly string[], count: number): Promise<void> => {
  for (let round = 0; round < count; round += 1) {
    const streams = await store.readMany(subjects.map((subject) => `order-${subject}`));
    const writes = streams.map(({ stream, version }) => {
      const n = version / 2 + 1;
      return { stream, expected: version, events: [eventOf('OrderCompleted', n, n), eventOf('NotedInPrivate', n)] };
    });
    await store.appendMany(writes);
  }
};

/** Names that no other test uses: suites on a real broker share its topic. */
export const subjectsOf = (count: number): readonly string[] => {
  const scene = randomUUID();
  return Array.from({ length: count }, (_, i) => `${scene}/${i + 1}`);
};

export const numbersTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);
