import { memoryStore } from '@cartage/eventsourcing';
import { describeWith, eventually, kafka, testDatabase } from '@cartage/testkit';
import { Client } from 'pg';
import pino from 'pino';
import type { Listener } from '../listener';
import { memoryPositions } from '../positions';
import { postgresLock } from '../postgres/lock';
import { numbersTo, publication, subjectsOf, tell, type Counted } from '../telling.contract';
import { kafkaClient } from './client';
import { kafkaTransport } from './kafka-transport';
import { publishing, type Publisher } from './publishing';

const log = pino({ level: 'silent' });

describeWith(kafka, 'two processes of a service that publish', (server) => {
  it('take turns: one publishes, and when it loses the lock or stops the other goes on where it was', async () => {
    const database = await testDatabase();
    const client = () => kafkaClient({ brokers: server().brokers, clientId: 'suite', log });
    const [store, positions, subjects] = [memoryStore(), memoryPositions(), subjectsOf(10)];
    const lock = () => postgresLock({ connection: { connectionString: database.url }, name: 'publisher.suite', log, everyMs: 50 });
    const start = (): Publisher => publishing({ store, publication, kafka: client(), positions, lock: lock(), log });
    const [one, other] = [start(), start()];
    const active = (): readonly Publisher[] => [one, other].filter((each) => each.active);
    const heard = new Map<string, Set<number>>(subjects.map((subject) => [subject, new Set()]));
    const listener: Listener<Counted> = {
      group: 'suite.turns',
      topic: publication.topic,
      on: { OrderCompleted: async ({ n }, _, { subject }) => heard.get(subject)?.add(n) },
    };
    const transport = kafkaTransport({ kafka: client(), log });
    const heardTo = (count: number): Promise<void> =>
      eventually(() => expect(heard).toEqual(new Map(subjects.map((subject) => [subject, new Set(numbersTo(count))]))), {
        withinMs: 30_000,
      });

    await tell(store, subjects, 3);
    await transport.listen(listener);
    await heardTo(3);
    expect(active()).toHaveLength(1);

    await tell(store, subjects, 3);
    await breakOff(database.url);
    await tell(store, subjects, 3);
    await heardTo(9);
    expect(active()).toHaveLength(1);

    await active()[0]?.stop();
    await tell(store, subjects, 3);
    await heardTo(12);
    expect(active()).toHaveLength(1);

    await Promise.all([one.stop(), other.stop(), transport.close()]);
    await database.drop();
  }, 90_000);
});

/** Ends the connection that holds the lock, as a failing server or network would. */
const breakOff = async (connectionString: string): Promise<void> => {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted`);
  await client.end();
};
