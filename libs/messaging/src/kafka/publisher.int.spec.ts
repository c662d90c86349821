import { memoryStore } from '@cartage/eventsourcing';
import { describeWith, eventually, kafka, testDatabase } from '@cartage/testkit';
import { Client } from 'pg';
import pino from 'pino';
import { memoryCheckpoints } from '../checkpoint';
import { append, numbersTo, publication, subjectsOf, type Counted } from '../fixture';
import type { Listener } from '../listener';
import { MemoryDeadLetters } from '../memory-dead-letters';
import { alone } from '../lock';
import { memoryParkedPublications } from '../parked-publication';
import { postgresLock } from '../postgres/lock';
import type { Publication } from '../publication';
import { kafkaTransport } from './kafka-transport';
import { publishing, type Publisher } from './publisher';
import { kafkaClient } from './topics';

const log = pino({ level: 'silent' });

describeWith(kafka, 'two processes of a service that publish', (server) => {
  it('take turns: one publishes, and when it loses the lock or stops the other goes on where it was', async () => {
    const database = await testDatabase();
    const client = () => kafkaClient({ brokers: server().brokers, clientId: 'suite', log });
    const [store, checkpoints, parked, subjects] = [memoryStore(), memoryCheckpoints(), memoryParkedPublications(), subjectsOf(10)];
    const lock = () => postgresLock({ connection: { connectionString: database.url }, name: 'publisher.suite', log, everyMs: 50 });
    const start = (): Publisher => publishing({ store, publication, kafka: client(), checkpoints, parked, lock: lock(), log });
    const [one, other] = [start(), start()];
    const active = (): readonly Publisher[] => [one, other].filter((each) => each.active);
    const onePublishes = (): Promise<void> => eventually(() => expect(active()).toHaveLength(1));
    const heard = new Map<string, Set<number>>(subjects.map((subject) => [subject, new Set()]));
    const listener: Listener<Counted> = {
      group: 'suite.turns',
      topic: publication.topic,
      on: { OrderCompleted: async ({ n }, _, { subject }) => heard.get(subject)?.add(n) },
    };
    const transport = kafkaTransport({ kafka: client(), deadLetters: new MemoryDeadLetters(), log });
    const heardTo = (count: number): Promise<void> =>
      eventually(() => expect(heard).toEqual(new Map(subjects.map((subject) => [subject, new Set(numbersTo(count))]))), {
        withinMs: 30_000,
      });

    await append(store, subjects, 3);
    await transport.listen(listener);
    await heardTo(3);
    await onePublishes();

    await append(store, subjects, 3);
    await breakOff(database.url);
    await append(store, subjects, 3);
    await heardTo(9);
    await onePublishes();

    await active()[0]?.stop();
    await append(store, subjects, 3);
    await heardTo(12);
    await onePublishes();

    await Promise.all([one.stop(), other.stop(), transport.close()]);
    await database.drop();
  }, 90_000);
});

describeWith(kafka, 'an event that Kafka will never take', (server) => {
  it('is parked with an alarm, and does not stop those before and behind it', async () => {
    const client = kafkaClient({ brokers: server().brokers, clientId: 'suite', log });
    const [store, parked, [subject = '']] = [memoryStore(), memoryParkedPublications(), subjectsOf(1)];
    const large: Publication<Counted, Counted> = {
      ...publication,
      translate: {
        OrderCompleted: ({ data }) => ({
          type: 'OrderCompleted',
          data: { ...data, ...(data.n === 2 ? { orderId: 'x'.repeat(17_000_000) } : {}) },
        }),
      },
    };
    const publisher = publishing({ store, publication: large, kafka: client, checkpoints: memoryCheckpoints(), parked, lock: alone, log });
    const heard: number[] = [];
    const transport = kafkaTransport({ kafka: client, deadLetters: new MemoryDeadLetters(), log });
    await append(store, [subject], 3);
    const take = async ({ n }: Counted['data'], _: unknown, envelope: { readonly subject: string }) =>
      envelope.subject === subject && heard.push(n);
    await transport.listen({ group: 'suite.large', topic: publication.topic, on: { OrderCompleted: take } });
    await eventually(() => expect(heard).toEqual([1, 3]), { withinMs: 30_000 });
    const [stream] = await store.readMany([`order-${subject}`]);
    expect([...parked.all.values()]).toMatchObject([{ eventId: stream?.events[2]?.id, type: 'OrderCompleted', topic: 'order.events' }]);
    expect(publisher.health).toMatchObject({
      parked: 1,
      troubles: [expect.stringContaining('1 events of order.events cannot be published')],
    });
    await Promise.all([publisher.stop(), transport.close()]);
  }, 90_000);
});

/** Ends the connection that holds the lock, as a failing server or network would. Other suites have locks on the same server. */
const breakOff = async (connectionString: string): Promise<void> => {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(
    `select pg_terminate_backend(pid) from pg_locks join pg_database d on d.oid = database
      where locktype = 'advisory' and granted and d.datname = current_database()`,
  );
  await client.end();
};
