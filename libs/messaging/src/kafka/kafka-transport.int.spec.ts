import { deadLetterTopic } from '@cartage/contracts';
import { memoryStore } from '@cartage/eventsourcing';
import { describeWith, kafka } from '@cartage/testkit';
import type { Consumer, KafkaMessage } from 'kafkajs';
import pino from 'pino';
import { alone } from '../lock';
import { memoryPositions } from '../positions';
import { publication } from '../telling.contract';
import { transportContract } from '../transport.contract';
import { kafkaClient } from './client';
import { kafkaTransport } from './kafka-transport';
import { publishing, type Publisher } from './publishing';
import { kafkaTopics } from './topics';

const log = pino({ level: 'silent' });

describeWith(kafka, 'events over Kafka', (server) => {
  const store = memoryStore();
  const dead: KafkaMessage[] = [];
  let publisher: Publisher;
  let graveyard: Consumer;
  const client = () => kafkaClient({ brokers: server().brokers, clientId: 'suite', log });

  beforeAll(async () => {
    const topics = [publication.topic, deadLetterTopic(publication.topic)];
    await kafkaTopics(client(), topics);
    publisher = publishing({ store, publication, kafka: client(), positions: memoryPositions(), lock: alone, log });
    graveyard = client().consumer({ groupId: `graveyard-${Date.now()}`, maxWaitTimeInMs: 200 });
    await graveyard.connect();
    await graveyard.subscribe({ topics: [deadLetterTopic(publication.topic)], fromBeginning: true });
    await graveyard.run({ eachMessage: async ({ message }) => void dead.push(message) });
  }, 60_000);
  afterAll(() => Promise.all([publisher.stop(), graveyard.disconnect()]), 30_000);
  jest.setTimeout(60_000);

  transportContract('on Kafka', () => ({
    store,
    open: (retry) => kafkaTransport({ kafka: client(), retry, log }),
    buried: async () =>
      dead.map(({ headers = {} }) => ({
        group: String(headers['dead_letter_group']),
        eventId: String(headers['ce_id']),
        error: String(headers['dead_letter_error']),
        attempts: Number(headers['dead_letter_attempts']),
      })),
  }));
});
