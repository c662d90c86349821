import { memoryStore } from '@cartage/eventsourcing';
import { describeWith, eventually, kafkaCluster, type KafkaNode } from '@cartage/testkit';
import type { Kafka } from 'kafkajs';
import pino from 'pino';
import { memoryCheckpoints } from '../checkpoint';
import { append, publication, subjectsOf, type Counted } from '../fixture';
import type { Listener } from '../listener';
import { alone } from '../lock';
import { MemoryDeadLetters } from '../memory-dead-letters';
import { memoryParkedPublications } from '../parked-publication';
import type { Transport } from '../transport';
import { kafkaTransport } from './kafka-transport';
import { publishing, type Publisher } from './publisher';
import { ensureTopics, kafkaClient } from './topics';

const log = pino({ level: 'silent' });
const SUBJECTS = 200;
const EACH = 100;

/** Follows each subject's sequence as a subscriber would, to prove that nothing was missed and nothing came before its turn. */
const auditor = () => {
  const last = new Map<string, number>();
  const gaps: string[] = [];
  const listener: Listener<Counted> = {
    group: 'suite.auditor',
    topic: publication.topic,
    on: {
      OrderCompleted: async (_, __, { subject, sequence }) => {
        const before = last.get(subject) ?? 0;
        if (sequence > before + 1) gaps.push(`${subject}: ${sequence} after ${before}`);
        last.set(subject, Math.max(before, sequence));
      },
    },
  };
  return { listener, last, gaps };
};

const leaderOf = async (kafka: Kafka, nodes: readonly KafkaNode[], partition: number): Promise<KafkaNode> => {
  const admin = kafka.admin();
  await admin.connect();
  const { topics } = await admin.fetchTopicMetadata({ topics: [publication.topic] });
  await admin.disconnect();
  const leader = topics[0]?.partitions.find(({ partitionId }) => partitionId === partition)?.leader;
  const node = nodes.find(({ id }) => id === leader);
  if (!node) throw new Error(`Partition ${partition} has no leader.`);
  return node;
};

describeWith(kafkaCluster, 'a Kafka node dies while events are published', (server) => {
  let publisher: Publisher | undefined;
  let transport: Transport | undefined;
  afterEach(() => Promise.all([publisher?.stop(), transport?.close()]), 60_000);

  it('loses nothing and keeps every subject in order', async () => {
    const kafka = kafkaClient({ brokers: server().brokers, clientId: 'suite', log });
    await ensureTopics(kafka, [publication.topic], { partitions: 12, replicas: 3 });
    const store = memoryStore();
    const subjects = subjectsOf(SUBJECTS);
    const { listener, last, gaps } = auditor();
    const deadLetters = new MemoryDeadLetters();
    transport = kafkaTransport({ kafka, deadLetters, log });
    await transport.listen(listener);
    publisher = publishing({
      store,
      publication,
      kafka,
      checkpoints: memoryCheckpoints(),
      parked: memoryParkedPublications(),
      lock: alone,
      log,
      batchSize: 100,
    });
    const heard = (): number => [...last.values()].reduce((sum, n) => sum + n, 0);

    const node = await leaderOf(kafka, server().nodes, 0);
    const appending = append(store, subjects, EACH);
    await eventually(() => expect(heard()).toBeGreaterThan((SUBJECTS * EACH) / 10), { everyMs: 1 });
    const before = heard();
    await node.kill();
    await appending;

    expect(before).toBeLessThan(SUBJECTS * EACH);
    await eventually(() => expect(heard()).toBe(SUBJECTS * EACH), { withinMs: 45_000, everyMs: 100 });
    expect(gaps).toEqual([]);
    expect(await deadLetters.blocked(listener.group)).toEqual(new Map());
    expect([...last.values()]).toEqual(subjects.map(() => EACH));
  }, 60_000);
});
