import { randomUUID } from 'node:crypto';
import { deadLetterTopic } from '@cartage/contracts';
import { memoryStore } from '@cartage/eventsourcing';
import { describeWith, eventually, kafka } from '@cartage/testkit';
import type { Consumer, KafkaMessage } from 'kafkajs';
import pino from 'pino';
import type { Listener } from '../listener';
import { alone } from '../lock';
import { memoryPositions } from '../positions';
import { numbersTo, publication, subjectsOf, tell, type Counted } from '../telling.contract';
import type { Transport } from '../transport';
import { kafkaClient } from './client';
import { kafkaTransport } from './kafka-transport';
import { publishing, type Publisher } from './publishing';
import { SureProducer } from './sure-producer';
import { kafkaTopics } from './topics';

const log = pino({ level: 'silent' });
const never = new AbortController().signal;
const { topic } = publication;

describeWith(kafka, 'a group on Kafka', (server) => {
  const store = memoryStore();
  const opened: Transport[] = [];
  let publisher: Publisher;
  const client = () => kafkaClient({ brokers: server().brokers, clientId: 'suite', log });
  const open = (): Transport => {
    const transport = kafkaTransport({ kafka: client(), log, retry: { attempts: 2, firstPauseMs: 5, longestPauseMs: 5 } });
    opened.push(transport);
    return transport;
  };

  beforeAll(async () => {
    await kafkaTopics(client(), [topic, deadLetterTopic(topic)]);
    publisher = publishing({ store, publication, kafka: client(), positions: memoryPositions(), lock: alone, log });
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
    await tell(store, subjects, 2);
    const joining = open();
    await joining.listen(second.listener);
    await eventually(async () => {
      await tell(store, subjects, 1);
      expect(second.took.size).toBeGreaterThan(10);
    }, { everyMs: 100 }); // prettier-ignore
    await joining.close();
    await tell(store, subjects, 2);
    const [stream] = await store.readMany([`order-${subjects[0]}`]);
    const told = (stream?.version ?? 0) / 2;
    await eventually(() => expect(heard).toEqual(new Map(subjects.map((subject) => [subject, numbersTo(told)]))), { withinMs: 30_000 });
    expect(first.took.size).toBe(60);
  });

  it('buries a record that is no event, as it stands and with its place, and goes on behind it', async () => {
    const [subject = ''] = subjectsOf(1);
    const group = `suite.${randomUUID()}`;
    const producer = new SureProducer({ kafka: client(), log });
    await producer.send(topic, [{ key: subject, value: 'not an event', headers: { from: 'a stranger' } }], never);
    await producer.disconnect();
    const heard: number[] = [];
    const dead: KafkaMessage[] = [];
    const graveyard = await reading(dead);
    await tell(store, [subject], 1);
    await open().listen({
      group,
      topic,
      on: { OrderCompleted: async ({ n }, _, envelope) => envelope.subject === subject && heard.push(n) },
    });
    await eventually(() => expect(heard).toEqual([1]));
    const ours = () =>
      dead.find(({ headers }) => String(headers?.['dead_letter_group']) === group && String(headers?.['from']) === 'a stranger');
    await eventually(() => expect(String(ours()?.value)).toBe('not an event'));
    expect(String(ours()?.headers?.['dead_letter_error'])).toBe('Hopeless: This record is no event of ours: header ce_id is missing.');
    expect(String(ours()?.headers?.['dead_letter_topic'])).toBe(topic);
    expect(Number(ours()?.headers?.['dead_letter_offset'])).toBeGreaterThanOrEqual(0);
    await graveyard.disconnect();
  });

  it('carries an order of many thousand lines, and a batch far larger than a broker takes at once', async () => {
    const subjects = subjectsOf(4);
    const producer = new SureProducer({ kafka: client(), log });
    const value = JSON.stringify({ text: 'x'.repeat(3_000_000) });
    const small = JSON.stringify({ text: 'x'.repeat(300_000) });
    const messages = subjects.flatMap((key) => [value, small, small, small].map((each) => ({ key, value: each })));
    expect(await producer.send(deadLetterTopic(topic), messages, never)).toBe(true);
    await producer.disconnect();
    const seen: KafkaMessage[] = [];
    const reader = await reading(seen);
    const sizes = (key: string): readonly number[] =>
      seen.filter((each) => String(each.key) === key).map((each) => each.value?.length ?? 0);
    const expected = subjects.map(() => [value, small, small, small].map(({ length }) => length));
    await eventually(() => expect(subjects.map(sizes)).toEqual(expected));
    await reader.disconnect();
  });

  const reading = async (into: KafkaMessage[]): Promise<Consumer> => {
    const consumer = client().consumer({ groupId: randomUUID(), maxWaitTimeInMs: 100 });
    await consumer.connect();
    await consumer.subscribe({ topics: [deadLetterTopic(topic)], fromBeginning: true });
    await consumer.run({ eachMessage: async ({ message }) => void into.push(message) });
    return consumer;
  };
});
