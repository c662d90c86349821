import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { memoryStore } from '@cartage/eventsourcing';
import { describeWith, eventually, kafka } from '@cartage/testkit';
import { Kafka, logLevel, type ISocketFactory } from 'kafkajs';
import pino from 'pino';
import { memoryCheckpoints } from '../checkpoint';
import { append, numbersTo, publication, subjectsOf, type Counted } from '../fixture';
import type { Listener } from '../listener';
import { alone } from '../lock';
import { MemoryDeadLetters } from '../memory-dead-letters';
import { memoryParkedPublications } from '../parked-publication';
import { usualPolicy, type Transport } from '../transport';
import { kafkaTransport } from './kafka-transport';
import { SureProducer } from './producer';
import { publishing, type Publisher } from './publisher';
import { ensureTopics, kafkaClient } from './topics';

const log = pino({ level: 'silent' });
const never = new AbortController().signal;
const { topic } = publication;

describeWith(kafka, 'a group on Kafka', (server) => {
  const store = memoryStore();
  const deadLetters = new MemoryDeadLetters();
  const opened: Transport[] = [];
  let publisher: Publisher;
  const client = () => kafkaClient({ brokers: server().brokers, clientId: 'suite', log });
  const open = (): Transport => {
    const transport = kafkaTransport({ kafka: client(), deadLetters, log, retry: { ...usualPolicy, attempts: 2, firstPauseMs: 5 } });
    opened.push(transport);
    return transport;
  };

  beforeAll(async () => {
    await ensureTopics(client(), [topic]);
    publisher = publishing({
      store,
      publication,
      kafka: client(),
      checkpoints: memoryCheckpoints(),
      parked: memoryParkedPublications(),
      lock: alone,
      log,
    });
  }, 60_000);
  afterEach(() => Promise.all(opened.splice(0).map((transport) => transport.close())), 30_000);
  afterAll(() => publisher.stop(), 30_000);
  jest.setTimeout(60_000);

  it('shares the partitions among its members as they come and go, and misses nothing', async () => {
    const subjects = subjectsOf(60);
    const group = `suite.${randomUUID()}`;
    const heard = new Map<string, number[]>(subjects.map((subject) => [subject, []]));
    const member = (): { readonly listener: Listener<Counted>; readonly took: Set<string> } => {
      const took = new Set<string>();
      const hear = async ({ n }: Counted['data'], subject: string): Promise<void> => {
        const numbers = heard.get(subject);
        if (!numbers) return;
        took.add(subject);
        // At least once: a repeat is passed over, as a decider would.
        if (!numbers.includes(n)) numbers.push(n);
      };
      return { took, listener: { group, topic, on: { OrderCompleted: (data, _, { subject }) => hear(data, subject) } } };
    };
    const [first, second] = [member(), member()];
    await open().listen(first.listener);
    await append(store, subjects, 2);
    const joining = open();
    await joining.listen(second.listener);
    await eventually(async () => {
      await append(store, subjects, 1);
      expect(second.took.size).toBeGreaterThan(10);
    }, { everyMs: 100 }); // prettier-ignore
    await joining.close();
    await append(store, subjects, 2);
    const [stream] = await store.readMany([`order-${subjects[0]}`]);
    const appended = (stream?.version ?? 0) / 2;
    await eventually(() => expect(heard).toEqual(new Map(subjects.map((subject) => [subject, numbersTo(appended)]))), { withinMs: 30_000 });
    expect(first.took.size).toBe(60);
  });

  it('leaves its group for good when it is stopped while it joins again after an error', async () => {
    const subjects = subjectsOf(60);
    const group = `suite.${randomUUID()}`;
    let stopping: Promise<void> | undefined;
    const socketFactory = atEachJoin(
      (socket) => socket.destroy(new Error('Torn by the suite.')),
      () => (stopping ??= member.close()),
    );
    const kafka = new Kafka({ brokers: [...server().brokers], socketFactory, logLevel: logLevel.NOTHING });
    const member = kafkaTransport({ kafka, deadLetters, log });
    await member.listen({ group, topic, on: { OrderCompleted: async () => undefined } });
    await eventually(() => expect(stopping).toBeDefined());
    await stopping;

    const heard = new Set<string>();
    await open().listen({ group, topic, on: { OrderCompleted: async (_, __, { subject }) => heard.add(subject) } });
    await append(store, subjects, 1);
    await eventually(() => expect(subjects.filter((subject) => !heard.has(subject))).toEqual([]));
  });

  it('stores a record that is no event, as it stands and with its place, and what follows of its key behind it', async () => {
    const [subject = '', other = ''] = subjectsOf(2);
    const group = `suite.${randomUUID()}`;
    const producer = new SureProducer({ kafka: client(), log });
    const value = Buffer.from([0, 255, 1]);
    expect(
      await producer.send(topic, [{ key: subject, value, headers: { ce_type: 'OrderCompleted', from: 'a stranger' } }], never),
    ).toEqual([]);
    await producer.disconnect();
    const heard: string[] = [];
    await append(store, [subject, other], 1);
    await open().listen({ group, topic, on: { OrderCompleted: async (_, __, envelope) => heard.push(envelope.subject) } });
    await eventually(() => expect(heard).toContain(other));
    const ours = async () => (await deadLetters.list({ group, limit: 1_000 })).filter(({ key }) => key === subject);
    await eventually(async () =>
      expect(await ours()).toMatchObject([
        { state: 'dead', error: 'Unacceptable: This record is no event of ours: header ce_subject is missing.', attempts: 1 },
        { state: 'waiting', type: 'OrderCompleted' },
      ]),
    );
    const stranger = await deadLetters.find((await ours())[0]?.id ?? '');
    expect(stranger.eventId).toMatch(/^order\.events\/\d+\/\d+$/);
    expect(stranger.record.value).toEqual(value);
    expect(String(stranger.record.headers['from'])).toBe('a stranger');
    expect(heard).not.toContain(subject);
  });

  it('carries an order of many thousand lines, and a batch far larger than a broker takes at once', async () => {
    const subjects = subjectsOf(4);
    const producer = new SureProducer({ kafka: client(), log });
    const [large, small] = ['x'.repeat(3_000_000), 'x'.repeat(300_000)];
    const expected = [large, small, small, small].map(({ length }) => length);
    const headers = { ce_type: 'OrderCompleted', ce_id: 'e', ce_source: '/suite', ce_time: 't', ce_dataschema: 'x:1', ce_sequence: '1', ce_correlationid: 'c' }; // prettier-ignore
    const messages = subjects.flatMap((key) =>
      [large, small, small, small].map((text) => ({ key, value: JSON.stringify({ text }), headers: { ...headers, ce_subject: key } })),
    );
    expect(await producer.send(topic, messages, never)).toEqual([]);
    await producer.disconnect();
    const seen = new Map<string, number[]>(subjects.map((subject) => [subject, []]));
    const take = async (data: { readonly text?: string }, _: unknown, envelope: { readonly subject: string }): Promise<void> => {
      seen.get(envelope.subject)?.push(data.text?.length ?? 0);
    };
    await open().listen({ group: `suite.${randomUUID()}`, topic, on: { OrderCompleted: take } });
    await eventually(() => expect(seen).toEqual(new Map(subjects.map((subject) => [subject, expected]))));
  });
});

/** Kafka's number for the request JoinGroup; it stands behind the four bytes of the request's size. */
const JOIN_GROUP = 11;

/** Sockets that do something when the first request to join a group is sent on any of them, and something else from the second on. */
const atEachJoin = (first: (socket: Socket) => void, later: (socket: Socket) => void): ISocketFactory => {
  let react = (socket: Socket): void => {
    react = later;
    first(socket);
  };
  return ({ host, port, onConnect }) => {
    const socket = connect({ host, port }, onConnect);
    const write = socket.write.bind(socket);
    return Object.assign(socket, {
      write: (request: Buffer) => {
        const isSent = write(request);
        if (request.readInt16BE(4) === JOIN_GROUP) react(socket);
        return isSent;
      },
    });
  };
};
