import { randomUUID } from 'node:crypto';
import { Topics } from '@cartage/contracts';
import type { EventStore, Named, NewEvent } from '@cartage/eventsourcing';
import type { Publication } from './publication';

interface Data {
  readonly n: number;
  readonly orderId?: string;
}

/** What the transports' suites publish: an event with a number, in one version, in two at once, or only in one that nobody knows yet. */
export type Counted = Named<'OrderCompleted', Data> | Named<'OrderPlaced', Data> | Named<'OrderCancelled', Data>;
type Private = Counted | Named<'NotedInPrivate', Data>;

export const publication: Publication<Private, Counted> = {
  service: 'order',
  topic: Topics.order,
  translate: {
    OrderCompleted: ({ type, data }) => ({ type, data }),
    OrderPlaced: ({ type, data }) => [
      { type, data, contractVersion: 1 },
      { type, data: { ...data, n: data.n * 100 }, contractVersion: 2 },
    ],
    OrderCancelled: ({ type, data }) => ({ type, data, contractVersion: 7 }),
  },
};

const eventOf = (type: Private['type'], data: Data, sequence?: number): NewEvent<Private> => ({
  id: randomUUID(),
  type,
  data,
  meta: {
    commandId: randomUUID(),
    correlationId: `correlation-${data.n}`,
    causationId: `cause-${data.n}`,
    actor: 'suite',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    ...(sequence === undefined ? {} : { sequence }),
  },
});

export interface AppendOptions {
  readonly type?: Counted['type'];
  readonly orderId?: string;
}

/** Adds `count` public events to each of these subjects, interleaved, a private one after each; numbered from 1 or on from what is there. */
export const append = async (
  store: EventStore,
  subjects: readonly string[],
  count: number,
  { type = 'OrderCompleted', orderId }: AppendOptions = {},
): Promise<void> => {
  for (let round = 0; round < count; round += 1) {
    const streams = await store.readMany(subjects.map((subject) => `order-${subject}`));
    const writes = streams.map(({ stream, version }) => {
      const n = version / 2 + 1;
      const data = { n, ...(orderId === undefined ? {} : { orderId }) };
      return { stream, expected: version, events: [eventOf(type, data, n), eventOf('NotedInPrivate', data)] };
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
