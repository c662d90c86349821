import type { Kafka, Message, RecordMetadata } from 'kafkajs';
import pino from 'pino';
import { SureProducer } from './producer';

const log = pino({ level: 'silent' });
const quick = { firstPauseMs: 1, longestPauseMs: 1 };
const never = new AbortController().signal;

type Answer = (partitions: readonly number[]) => readonly RecordMetadata[];
const acknowledging: Answer = (partitions) => partitions.map((partition) => ({ topicName: 't', partition, errorCode: 0 }));

/** As much of kafkajs as sending takes: each answer is used once, after that everything is acknowledged. */
const kafkaOf = (answers: Answer[]): { readonly kafka: Kafka; readonly sent: Message[][]; readonly connects: () => number } => {
  const sent: Message[][] = [];
  let connects = 0;
  const producer = {
    connect: async () => void (connects += 1),
    disconnect: async () => undefined,
    send: async ({ messages }: { readonly messages: Message[] }) => {
      sent.push(messages);
      const partitions = [...new Set(messages.map(({ partition = -1 }) => partition))];
      return (answers.shift() ?? acknowledging)(partitions);
    },
  };
  const partitions = [0, 1, 2, 3].map((partitionId) => ({ partitionId }));
  const admin = {
    connect: async () => undefined,
    disconnect: async () => undefined,
    fetchTopicMetadata: async () => ({ topics: [{ name: 't', partitions }] }),
    describeConfigs: async () => ({ resources: [{ configEntries: [{ configName: 'max.message.bytes', configValue: '5000' }] }] }),
  };
  const kafka: Partial<Record<keyof Kafka, unknown>> = { producer: () => producer, admin: () => admin };
  return { kafka: kafka as Kafka, sent, connects: () => connects };
};

const messages: readonly Message[] = Array.from({ length: 40 }, (_, i) => ({ key: `k${i % 10}`, value: String(i) }));
const values = (batch: readonly Message[] | undefined): readonly unknown[] => batch?.map(({ value }) => value) ?? [];

describe('sending for sure', () => {
  it('sends what Kafka did not acknowledge again, in order, before anything else', async () => {
    const { kafka, sent } = kafkaOf([(partitions) => acknowledging(partitions.filter((partition) => partition % 2 === 0))]);
    const producer = new SureProducer({ kafka, log, ...quick });
    const first = producer.send('t', messages, never);
    const second = producer.send('t', [{ key: 'k0', value: 'later' }], never);
    expect(await Promise.all([first, second])).toEqual([[], []]);
    expect(sent).toHaveLength(3);
    const missing = sent[0]?.filter(({ partition = 0 }) => partition % 2 === 1);
    expect(missing?.length).toBeGreaterThan(0);
    expect(values(sent[1])).toEqual(values(missing));
    expect(values(sent[2])).toEqual(['later']);
  });

  it('takes an answer with an error for no acknowledgement', async () => {
    const { kafka, sent } = kafkaOf([(partitions) => acknowledging(partitions).map((each) => ({ ...each, errorCode: 6 }))]);
    expect(await new SureProducer({ kafka, log, ...quick }).send('t', messages, never)).toEqual([]);
    expect(sent.map(values)).toEqual([values(messages), values(messages)]);
  });

  it('connects anew and tries again, for ever, until it is told to stop', async () => {
    const ending = new AbortController();
    let failures = 0;
    const failing = (): never => {
      if ((failures += 1) === 20) ending.abort();
      throw new Error('No broker.');
    };
    const { kafka, connects } = kafkaOf(Array.from({ length: 30 }, () => failing));
    expect(await new SureProducer({ kafka, log, ...quick }).send('t', messages, ending.signal)).toBeUndefined();
    expect([failures, connects()]).toEqual([20, 20]);
  });

  it('never sends what is larger than the topic takes, and tells it; all else is sent', async () => {
    const { kafka, sent } = kafkaOf([]);
    const large = { key: 'k', value: 'x'.repeat(5_001) };
    const refused = await new SureProducer({ kafka, log, ...quick }).send('t', [large, ...messages], never);
    expect(refused).toMatchObject([{ message: large, error: { message: 'It is larger than the 5000 bytes that t takes.' } }]);
    expect(sent.map(values)).toEqual([values(messages)]);
  });

  it('finds the record that Kafka refuses for what it is, and sends all others in their order', async () => {
    const refusing = (): never => {
      throw Object.assign(new Error('no'), { cause: Object.assign(new Error('bad record'), { type: 'INVALID_RECORD' }) });
    };
    const isBad = (batch: readonly Message[]): boolean => batch.some(({ value }) => value === '17');
    const { kafka, sent } = kafkaOf([]);
    const producer = kafka.producer();
    const send = producer.send.bind(producer);
    producer.send = (record) => (isBad(record.messages) ? refusing() : send(record));
    const refused = await new SureProducer({ kafka, log, ...quick }).send('t', messages, never);
    expect(refused?.map(({ message }) => message.value)).toEqual(['17']);
    expect(sent.flat().map(({ value }) => value)).toEqual(values(messages).filter((value) => value !== '17'));
  });

  it('sends a subject’s events to one partition, always the same', async () => {
    const { kafka, sent } = kafkaOf([]);
    await new SureProducer({ kafka, log, ...quick }).send('t', messages, never);
    const partitions = new Map<unknown, Set<unknown>>();
    for (const { key, partition } of sent.flat()) partitions.set(key, (partitions.get(key) ?? new Set()).add(partition));
    expect([...partitions.values()].map(({ size }) => size)).toEqual(Array(10).fill(1));
  });
});
