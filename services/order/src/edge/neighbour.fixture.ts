import { randomUUID } from 'node:crypto';
import { contracts, type PublicEvent, type Topic } from '@cartage/contracts';
import type { EventStore } from '@cartage/eventsourcing';
import type { Service } from '@cartage/service-kit';

/** A neighbour as this service sees it: somebody who publishes on a topic. */
export interface Neighbour {
  readonly service: Service;
  tell(subject: string, ...events: readonly PublicEvent[]): Promise<void>;
}

const asItIs = ({ type, data }: { readonly type: string; readonly data: unknown }) => ({ type, data });

export const neighbour = (name: string, topic: Topic): Neighbour => {
  let log: EventStore | undefined;
  const types = contracts.filter((contract) => contract.topic === topic).map(({ type }) => type);
  return {
    service: {
      name,
      schema: name,
      title: name,
      paths: [],
      area: 'operations',
      port: 0,
      settings: {},
      migrations: [],
      views: [],
      publication: { service: name, topic, translate: Object.fromEntries(types.map((type) => [type, asItIs])) },
      compose: ({ store }) => {
        log = store;
        return { controllers: [], providers: [], listeners: [] };
      },
    },
    tell: async (subject, ...events) => {
      const stream = `${name}-${subject}`;
      const version = (await log?.readMany([stream]))?.[0]?.version ?? 0;
      const written = events.map((event, i) => {
        const commandId = randomUUID();
        return { ...event, id: randomUUID(), meta: { commandId, correlationId: commandId, actor: 'spec', sequence: version + i + 1 } };
      });
      await log?.appendMany([{ stream, expected: version, events: written }]);
    },
  };
};
