import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Topics, type PublicEvent, type Topic } from '@cartage/contracts';
import { numbered, type Named } from '@cartage/eventsourcing';
import { newId, startAll, type Kit, type Running, type Service } from '@cartage/service-kit';
import { testDatabase } from '@cartage/testkit';
import { shippingService } from '../shipping.module';

/** A service that says what a spec tells it to, so that shipping hears it over the real transport. */
const speaking = (name: string, topic: Topic, kits: Map<Topic, Kit>): Service<object> => ({
  name,
  schema: name,
  title: name,
  paths: [name],
  area: 'operations',
  port: 0,
  settings: {},
  migrations: [],
  views: [],
  publication: { service: name, topic, translate: new Proxy({}, { has: () => true, get: () => (event: Named) => event }) },
  compose: (kit) => {
    kits.set(topic, kit);
    return { controllers: [], providers: [], listeners: [] };
  },
});

export interface Outside {
  readonly running: Running;
  /** The kit of the service that publishes this topic. */
  readonly kitOf: (topic: Topic) => Kit;
  /** Publishes an event of another service. */
  readonly tell: (topic: Topic, stream: string, event: PublicEvent) => Promise<void>;
  readonly request: (method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Response>;
  /** A webhook of the simulated carrier. */
  readonly webhook: (scans: readonly object[], signature?: string) => Promise<Response>;
  readonly close: () => Promise<void>;
}

const secret = 'shared-by-spec';

const tellingBy =
  (kitOf: (topic: Topic) => Kit): Outside['tell'] =>
  async (topic, stream, event) => {
    const { store } = kitOf(topic);
    const [before] = await store.heads([stream]);
    const meta = numbered(before?.sequence ?? 0, () => true)(event.type, { commandId: newId(), correlationId: newId(), actor: 'spec' });
    const [outcome] = await store.appendMany([{ stream, expected: before?.version ?? 0, events: [{ ...event, id: newId(), meta }] }]);
    if (outcome?.status !== 'appended') throw new Error(`${event.type} was not told: ${stream} changed meanwhile.`);
  };

const heard = [Topics.order, Topics.inventory, Topics.fulfillment, Topics.payment, Topics.returns];

/** Shipping with its neighbours on a database of its own. */
export const startOutside = async (settings: Readonly<Record<string, string>> = {}): Promise<Outside> => {
  const database = await testDatabase();
  const kits = new Map<Topic, Kit>();
  const kitOf = (topic: Topic): Kit => {
    const kit = kits.get(topic);
    if (!kit) throw new Error(`Nobody publishes ${topic}.`);
    return kit;
  };
  const neighbours = heard.map((topic) => speaking(topic.replace('.', '_'), topic, kits));
  const environment = {
    DATABASE_URL: database.url,
    MASTER_KEY_FILE: join(await mkdtemp(join(tmpdir(), 'cartage-shipping-')), 'master.key'),
    PORT: '0',
    LOG_LEVEL: 'silent',
    SIMULATED_CARRIER_SECRET: secret,
    ...settings,
  };
  const running = await startAll([shippingService, ...neighbours], { environment });
  const request: Outside['request'] = (method, path, body, headers = {}) =>
    fetch(`${running.url}${path}`, {
      method,
      headers: { 'idempotency-key': randomUUID(), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return {
    running,
    kitOf,
    tell: tellingBy(kitOf),
    request,
    webhook: (scans, signature) => {
      const body = JSON.stringify({ scans }, null, 2);
      const signed = signature ?? `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
      return request('POST', '/shipping/carriers/simulated/webhooks', body, { 'simulated-signature': signed });
    },
    close: async () => {
      await running.close();
      await database.drop();
    },
  };
};
