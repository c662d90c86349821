import { memoryStore } from '@cartage/eventsourcing';
import { describeWith, eventually, kafka } from '@cartage/testkit';
import pino from 'pino';
import { memoryCheckpoints } from '../checkpoint';
import { publication } from '../fixture';
import { alone } from '../lock';
import { MemoryDeadLetters } from '../memory-dead-letters';
import { memoryParkedPublications } from '../parked-publication';
import { transportContract } from '../transport.contract';
import { kafkaTransport } from './kafka-transport';
import { publishing, type Publisher } from './publisher';
import { kafkaClient } from './topics';

const log = pino({ level: 'silent' });

describeWith(kafka, 'events over Kafka', (server) => {
  const store = memoryStore();
  const deadLetters = new MemoryDeadLetters();
  let publisher: Publisher;
  const client = () => kafkaClient({ brokers: server().brokers, clientId: 'suite', log });

  beforeAll(async () => {
    const parked = memoryParkedPublications();
    publisher = publishing({ store, publication, kafka: client(), checkpoints: memoryCheckpoints(), parked, lock: alone, log });
    await eventually(() => expect(publisher.health).toEqual({ publishesHere: true, parked: 0, troubles: [] }), { withinMs: 30_000 });
  }, 60_000);
  afterAll(() => publisher.stop(), 30_000);
  jest.setTimeout(60_000);

  transportContract('on Kafka', () => ({
    store,
    desk: deadLetters,
    open: (retry) => kafkaTransport({ kafka: client(), deadLetters, retry, log }),
  }));
});

describe('a listener whose Kafka is away', () => {
  it('begins at once all the same, says so, and stops when it is told to', async () => {
    const away = kafkaClient({ brokers: ['127.0.0.1:1'], clientId: 'suite', log });
    const transport = kafkaTransport({ kafka: away, deadLetters: new MemoryDeadLetters(), log });
    await transport.listen({ group: 'suite.away', topic: publication.topic, on: {} });
    await eventually(() => expect(transport.health()).toMatchObject([{ status: 'connecting', why: expect.stringContaining('ECONNREFUSED') }])); // prettier-ignore
    await transport.close();
  });
});
