import { randomUUID } from 'node:crypto';
import type { PublicEvent, Sealed, Topic } from '@cartage/contracts';
import { numbered, type EventStore } from '@cartage/eventsourcing';
import type { Kit, Service } from '@cartage/service-kit';

/** For specs: a service of which nothing is known but what it says on its topic. */
export interface Voice {
  readonly service: Service<object>;
  /** Says a public event about a subject, after what it said of it before. */
  readonly say: (subject: string, event: PublicEvent) => Promise<void>;
  /** Seals what must not stand in the clear. */
  readonly seal: (person: string, content: object) => Promise<Sealed>;
}

const identical = (types: readonly string[]) =>
  Object.fromEntries(types.map((type) => [type, ({ data }: { readonly data: unknown }) => ({ type, data })]));

const append = async (store: EventStore, stream: string, event: PublicEvent): Promise<void> => {
  const [before] = await store.heads([stream]);
  const meta = { commandId: randomUUID(), correlationId: randomUUID(), actor: 'spec' };
  const number = numbered(before?.sequence ?? 0, () => true);
  await store.appendMany([
    { stream, expected: before?.version ?? 0, events: [{ ...event, id: randomUUID(), meta: number(event.type, meta) }] },
  ]);
};

export const voice = (name: string, topic: Topic, types: readonly string[]): Voice => {
  let kit: Kit<object> | undefined;
  const started = (): Kit<object> => {
    if (!kit) throw new Error(`${name} has not been started.`);
    return kit;
  };
  return {
    service: {
      name,
      schema: `${name}_voice`,
      title: name,
      paths: [`${name}-voice`],
      area: 'operations',
      port: 0,
      settings: {},
      migrations: [],
      views: [],
      publication: { service: name, topic, translate: identical(types) },
      compose: (given) => {
        kit = given;
        return { controllers: [], providers: [], listeners: [] };
      },
    },
    say: async (subject, event) => {
      await append(started().store, `${name}-${subject}`, event);
    },
    seal: (person, content) => started().vault.seal(person, content),
  };
};
