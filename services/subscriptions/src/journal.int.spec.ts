import type { Envelope } from '@cartage/contracts';
import { kafkaClient, messageFor } from '@cartage/messaging';
import { startAll, type Running } from '@cartage/service-kit';
import { describeWith, eventually, kafka, testDatabase, type TestDatabase } from '@cartage/testkit';
import { ConfigResourceTypes, type Consumer, type IHeaders, type Kafka } from 'kafkajs';
import pino from 'pino';
import { factOf, groupedBy, orderNamed, storyOf } from './domain/facts.fixture';
import { subscriptionsService } from './subscriptions.module';

interface Read {
  readonly key: string;
  readonly id: string;
  readonly sequence: number;
  readonly headers: Readonly<Record<string, string>>;
}

const textsOf = (headers: IHeaders): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

const unique = (read: readonly Read[]): readonly Read[] => [...new Map(read.map((each) => [each.id, each])).values()];

describeWith(kafka, 'the journals of orders, over Kafka', (server) => {
  let database: TestDatabase;
  let client: Kafka;
  let consumer: Consumer | undefined;
  const replicas: Running[] = [];
  const read: Read[] = [];

  const startReplica = async (): Promise<Running> => {
    const environment = {
      DATABASE_URL: database.url,
      KAFKA_BROKERS: server().brokers.join(','),
      MASTER_KEY: Buffer.alloc(32, 9).toString('base64'),
      ...{ PORT: '0', DRAIN_DELAY_MS: '0', LOG_LEVEL: 'silent' },
    };
    const replica = await startAll([subscriptionsService], { environment });
    replicas.push(replica);
    return replica;
  };

  const publish = async (facts: readonly Envelope[]): Promise<void> => {
    const producer = client.producer();
    await producer.connect();
    for (const fact of facts) await producer.send({ topic: fact.topic, messages: [messageFor(fact)] });
    await producer.disconnect();
  };

  const follow = async (): Promise<void> => {
    await eventually(async () => expect(await topics()).toContain('order.journal'), { withinMs: 60_000 });
    const following = (consumer = client.consumer({ groupId: 'a-subscriber' }));
    await following.connect();
    await following.subscribe({ topic: 'order.journal', fromBeginning: true });
    await following.run({
      eachMessage: async ({ message: { key, headers = {} } }) => {
        const texts = textsOf(headers);
        read.push({ key: String(key), id: texts['ce_id'] ?? '', sequence: Number(texts['ce_sequence']), headers: texts });
      },
    });
  };

  /** All that came to a topic, read anew. */
  const readAll = async (topic: string, count: number): Promise<readonly Read[]> => {
    const found: Read[] = [];
    await eventually(async () => expect(await topics()).toContain(topic), { withinMs: 60_000 });
    const reading = (consumer = client.consumer({ groupId: `reader-of-${topic}` }));
    await reading.connect();
    await reading.subscribe({ topic, fromBeginning: true });
    await reading.run({
      eachMessage: async ({ message: { key, headers = {} } }) => {
        const texts = textsOf(headers);
        found.push({ key: String(key), id: texts['ce_id'] ?? '', sequence: Number(texts['ce_sequence']), headers: texts });
      },
    });
    await eventually(() => expect(unique(found)).toHaveLength(count), { withinMs: 60_000 });
    return unique(found);
  };

  const topics = async (): Promise<readonly string[]> => {
    const admin = client.admin();
    await admin.connect();
    try {
      return await admin.listTopics();
    } finally {
      await admin.disconnect();
    }
  };

  beforeAll(async () => {
    database = await testDatabase();
    client = kafkaClient({ brokers: server().brokers, clientId: 'spec', log: pino({ level: 'silent' }) });
  });

  // After each and not after all: by then Kafka has been stopped.
  afterEach(async () => {
    await consumer?.disconnect();
    for (const replica of replicas.splice(0)) await replica.close();
  }, 60_000);

  afterAll(() => database.drop());

  it('are whole and without gaps, with two replicas, whatever comes twice, and after a restart', async () => {
    const [first, second] = [await startReplica(), await startReplica()];
    await follow();
    const story = storyOf(6);
    const [before, after] = [story.slice(0, 24), story.slice(24)];
    await publish([...before, ...before]);
    await eventually(() => expect(unique(read)).toHaveLength(20), { withinMs: 60_000 });
    await first.close();
    await publish([...after, ...before]);
    await eventually(() => expect(unique(read)).toHaveLength(30), { withinMs: 60_000 });

    for (const [order, own] of groupedBy(unique(read), ({ key }) => key)) {
      expect(own.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
      const answer = await fetch(`${second.url}/subscriptions/journals/${order}?limit=3`);
      const { items, next } = (await answer.json()) as { readonly items: readonly object[]; readonly next: string };
      const rest = await (await fetch(`${second.url}/subscriptions/journals/${order}?cursor=${next}`)).json();
      expect([...items, ...(rest as { readonly items: readonly object[] }).items]).toEqual(
        own.map(({ id, sequence }) => expect.objectContaining({ id, sequence, orderid: order })),
      );
    }
    const placed = unique(read).find(({ key }) => key === orderNamed(1));
    expect(placed?.headers).toMatchObject({
      ...{ ce_type: 'OrderPlaced', ce_dataschema: 'urn:cartage:events:OrderPlaced:1', ce_source: '/cartage/sample' },
      ...{ ce_topic: 'order.events', ce_topicsequence: '1', ce_channel: 'market', ce_partitionkey: orderNamed(1) },
    });
  }, 240_000);

  it('and past events come once more to a topic of the asker’s, flagged, as they were, and to nobody else', async () => {
    const { url } = await startReplica();
    const story = storyOf(6);
    await publish(story);
    await eventually(
      async () => {
        const answer = await fetch(`${url}/subscriptions/journals/${orderNamed(5)}`);
        expect(await answer.json()).toMatchObject({ items: [{}, {}, {}, {}, {}] });
      },
      { withinMs: 60_000 },
    );
    const ask = async (path: string, body?: object): Promise<Readonly<Record<string, unknown>>> => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': JSON.stringify(body) };
      const sent = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
      return (await (await fetch(`${url}/subscriptions/replays${path}`, sent)).json()) as Readonly<Record<string, unknown>>;
    };
    expect(await ask('', { topic: 'order.events' })).toMatchObject({ code: 'REPLAY_TOPIC_INVALID' });
    const placed = story.filter(({ type }) => type === 'OrderPlaced');
    const { replayId } = await ask('', { topic: 'replays.erp', type: ['OrderPlaced'], rate: 4 });
    const came = await readAll('replays.erp', placed.length);
    const ids = ({ id, key, sequence }: Pick<Read, 'id' | 'key' | 'sequence'>): readonly unknown[] => [id, key, sequence];
    expect(came.map(ids).toSorted()).toEqual(placed.map(ids).toSorted());
    for (const { headers, key } of came)
      expect(headers).toMatchObject({
        ...{ ce_replay: 'true', ce_replayid: replayId, ce_topic: 'order.events', ce_orderid: key, ce_journalsequence: '1' },
      });
    await eventually(
      async () =>
        expect(await ask(`/${String(replayId)}`)).toMatchObject({ status: 'complete', delivered: placed.length, endpointId: null }),
      { withinMs: 60_000 },
    );
  }, 240_000);

  it('and what is now of an order stands on a compacted topic, one record for its key, until whom it was about is forgotten', async () => {
    const first = await startReplica();
    const placed = factOf({ n: 901, type: 'OrderPlaced', order: 90, channel: 'web', sequence: 1 });
    const data = { ...(placed.data as object), lines: [], shipGroups: [], totals: {}, placedAt: placed.time };
    await publish([{ ...placed, data }]);
    const states: (readonly [sequence: number, status: string | null])[] = [];
    const newest = async (status: string | null): Promise<void> =>
      eventually(() => expect(states.at(-1)?.[1]).toBe(status), { withinMs: 60_000 });
    await eventually(async () => expect(await topics()).toContain('order.state'), { withinMs: 60_000 });
    const following = (consumer = client.consumer({ groupId: 'states' }));
    await following.connect();
    await following.subscribe({ topic: 'order.state', fromBeginning: true });
    await following.run({
      eachMessage: async ({ message: { key, headers = {}, value } }) => {
        if (String(key) !== orderNamed(90)) return;
        const state = value === null ? null : (JSON.parse(String(value)) as { readonly status: string });
        states.push([Number(textsOf(headers)['ce_sequence']), state?.status ?? null]);
      },
    });
    await newest('placed');
    await startReplica();
    await first.close();
    await publish([factOf({ n: 902, type: 'OrderConfirmed', order: 90, sequence: 2 })]);
    await newest('confirmed');
    const erasure = factOf({ n: 903, type: 'PersonErasureRequested', subject: 'erasure/1', sequence: 1 });
    await publish([{ ...erasure, data: { orders: [orderNamed(90)] } }]);
    await newest(null);
    const sequences = states.map(([sequence]) => sequence);
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    const admin = client.admin();
    await admin.connect();
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: 'order.state', configNames: ['cleanup.policy'] }],
    });
    await admin.disconnect();
    expect(resources[0]?.configEntries[0]?.configValue).toBe('compact');
  }, 240_000);
});
