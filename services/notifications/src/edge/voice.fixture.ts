import { randomUUID } from 'node:crypto';
import { contracts, type PublicEvent, type Sealed, type Topic } from '@cartage/contracts';
import { numbered } from '@cartage/eventsourcing';
import type { Kit, Service } from '@cartage/service-kit';

/** For specs: a service of which nothing is known but what it says on its topic. */
export interface Voice {
  readonly service: Service<object>;
  /** Says a public event about a subject, after what it said of it before. */
  readonly say: (subject: string, event: PublicEvent) => Promise<void>;
  readonly seal: (person: string, content: object) => Promise<Sealed>;
}

export const voice = (name: string, topic: Topic): Voice => {
  const types = contracts.filter((each) => each.topic === topic).map(({ type }) => type);
  let kit: Kit<object> | undefined;
  const started = (): Kit<object> => {
    if (!kit) throw new Error(`${name} has not been started.`);
    return kit;
  };
  return {
    service: {
      ...{ name, schema: `${name}_voice`, title: name, paths: [`${name}-voice`], area: 'operations', port: 0, settings: {} },
      ...{ migrations: [], views: [] },
      publication: {
        ...{ service: name, topic },
        translate: Object.fromEntries(types.map((type) => [type, ({ data }: { readonly data: unknown }) => ({ type, data })])),
      },
      compose: (given) => {
        kit = given;
        return { controllers: [], providers: [], listeners: [] };
      },
    },
    say: async (subject, event) => {
      const { store } = started();
      const stream = `${name}-${subject}`;
      const [before] = await store.heads([stream]);
      const meta = { commandId: randomUUID(), correlationId: randomUUID(), actor: 'spec' };
      const number = numbered(before?.sequence ?? 0, () => true);
      const events = [{ ...event, id: randomUUID(), meta: number(event.type, meta) }];
      await store.appendMany([{ stream, expected: before?.version ?? 0, events }]);
    },
    seal: (person, content) => started().vault.seal(person, content),
  };
};
