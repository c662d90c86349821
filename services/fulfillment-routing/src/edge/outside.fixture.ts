import { Topics, type FulfillmentEvent, type PublicEvent, type Topic } from '@cartage/contracts';
import type { EventStore } from '@cartage/eventsourcing';
import type { AnyListener, Listener } from '@cartage/messaging';
import { newId, startAll, type AnyService } from '@cartage/service-kit';
import { testDatabase } from '@cartage/testkit';
import { fulfillmentRoutingService } from '../fulfillment-routing.module';

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** The routing service at work, and the services around it as far as it hears them. */
export interface Outside {
  ask(method: string, path: string, body?: object, key?: string): Promise<Reply>;
  /** Appends an event to a stream of the service that speaks on a topic. */
  tell(topic: Topic, stream: string, event: PublicEvent): Promise<void>;
  /** Rules that routing has told of, as they came into force. */
  rulesHeard(): readonly object[];
  close(): Promise<void>;
}

/** Stands for the service that speaks on a topic: it publishes what a test puts in its log. */
const speaker = (topic: Topic, logs: Map<Topic, EventStore>, listeners: readonly AnyListener[] = []): AnyService => ({
  name: `outside-${topic}`,
  schema: `outside_${topic.split('.', 1)[0]}`,
  title: topic,
  paths: [],
  area: 'operations',
  port: 0,
  settings: {},
  migrations: [],
  views: [],
  publication: {
    service: 'outside',
    topic,
    translate: new Proxy(
      {},
      {
        get:
          () =>
          ({ type, data }: PublicEvent) => ({ type, data }),
        has: () => true,
      },
    ),
  },
  compose: ({ store }) => {
    logs.set(topic, store);
    return { controllers: [], providers: [], listeners };
  },
});

const listeningTo = (heard: object[]): Listener<FulfillmentEvent> => ({
  group: 'outside.fulfillment',
  topic: Topics.fulfillment,
  on: { RulesActivated: async (rules) => void heard.push(rules) },
});

export const startOutside = async (settings: Readonly<Record<string, string>> = {}): Promise<Outside> => {
  const logs = new Map<Topic, EventStore>();
  const heard: object[] = [];
  const database = await testDatabase();
  const environment = {
    DATABASE_URL: database.url,
    MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    ...{ PORT: '0', LOG_LEVEL: 'fatal', MAX_SPLIT: '2' },
    ...settings,
  };
  const others = [
    ...[Topics.order, Topics.inventory].map((topic) => speaker(topic, logs)),
    speaker(Topics.shipping, logs, [listeningTo(heard)]),
  ];
  const running = await startAll([fulfillmentRoutingService, ...others], { environment });
  return {
    ask: async (method, path, body, key = newId()) => {
      const headers = { 'Idempotency-Key': key, ...(body ? { 'content-type': 'application/json' } : {}) };
      const response = await fetch(`${running.url}/fulfillment/${path}`, {
        method,
        headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
    },
    tell: async (topic, stream, event) => {
      const log = logs.get(topic);
      const [read] = (await log?.readMany([stream])) ?? [];
      const version = read?.version ?? 0;
      const meta = { commandId: newId(), correlationId: stream, actor: 'outside', sequence: version + 1 };
      await log?.appendMany([{ stream, expected: version, events: [{ ...event, id: newId(), meta }] }]);
    },
    rulesHeard: () => heard,
    close: async () => {
      await running.close();
      await database.drop();
    },
  };
};
