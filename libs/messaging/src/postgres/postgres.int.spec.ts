import { randomUUID } from 'node:crypto';
import { START, memoryStore } from '@cartage/eventsourcing';
import { eventually, testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import pino from 'pino';
import type { Checkpoints } from '../checkpoint';
import { deadLettersContract } from '../dead-letters.contract';
import { embeddedTransport } from '../embedded/embedded-transport';
import { LogReader } from '../embedded/log-reader';
import { publication } from '../fixture';
import { transportContract } from '../transport.contract';
import { postgresCheckpoints } from './checkpoints';
import { postgresDeadLetters } from './dead-letters';
import { postgresLock } from './lock';
import { postgresParkedPublications } from './parked-publications';
import { migrateMessaging } from './schema';

const log = pino({ level: 'silent' });

describe('what messaging keeps in Postgres', () => {
  let database: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await testDatabase();
    pool = new Pool({ connectionString: database.url, max: 4 });
    await Promise.all([migrateMessaging(pool), migrateMessaging(pool), migrateMessaging(pool)]);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  describe('checkpoints', () => {
    let checkpoints: Checkpoints;
    beforeEach(() => (checkpoints = postgresCheckpoints(pool)));

    it('begin at the beginning', async () => expect(await checkpoints.load('nobody')).toBe(START));

    it('are kept for each group, many saves in one round trip', async () => {
      const query = jest.spyOn(pool, 'query');
      const groups = Array.from({ length: 20 }, () => `group.${randomUUID()}`);
      await Promise.all(groups.flatMap((group) => ['001', '003', '002'].map((position) => checkpoints.save(group, position))));
      expect(query.mock.calls.length).toBeLessThanOrEqual(2);
      query.mockRestore();
      for (const group of groups) expect(await checkpoints.load(group)).toBe('003');
    });

    it('never go backwards, however late a save comes', async () => {
      await checkpoints.save('steady', '0a');
      await checkpoints.save('steady', '09');
      expect(await checkpoints.load('steady')).toBe('0a');
    });
  });

  describe('the lock', () => {
    const lock = () => postgresLock({ connection: { connectionString: database.url }, name: 'publisher.suite', log, everyMs: 50 });
    const never = new AbortController().signal;

    it('goes to a standby when its holder lets go', async () => {
      const first = await lock().acquire(never);
      const standby = lock().acquire(never);
      const soon = await Promise.race([standby, eventually(() => expect(waiting()).resolves.toBe(2)).then(() => 'waits')]);
      expect(soon).toBe('waits');
      await first?.release();
      const second = await standby;
      expect(second?.lost.aborted).toBe(false);
      await second?.release();
    });

    it('is known to be lost when the connection dies, and a standby takes over', async () => {
      const first = await lock().acquire(never);
      const standby = lock().acquire(never);
      // Other suites have locks on the same server.
      await pool.query(
        `select pg_terminate_backend(pid) from pg_locks join pg_database d on d.oid = database
          where locktype = 'advisory' and granted and d.datname = current_database()`,
      );
      await eventually(() => expect(first?.lost.aborted).toBe(true));
      const second = await standby;
      expect(second?.lost.aborted).toBe(false);
      await second?.release();
    });

    it('is given up when nobody wants it any more', async () => {
      const first = await lock().acquire(never);
      const wanted = new AbortController();
      const standby = lock().acquire(wanted.signal);
      wanted.abort();
      expect(await standby).toBeUndefined();
      await first?.release();
    });

    it('of several names is held whole or not at all', async () => {
      const named = (...name: string[]) => postgresLock({ connection: { connectionString: database.url }, name, log, everyMs: 20 });
      const first = await named('schema.a').acquire(never);
      const wanted = new AbortController();
      const both = named('schema.b', 'schema.a').acquire(wanted.signal);
      const other = await named('schema.b', 'schema.c').acquire(never);
      expect(other?.lost.aborted).toBe(false);
      wanted.abort();
      expect(await both).toBeUndefined();
      await Promise.all([first?.release(), other?.release()]);
    });

    /** Connections that hold the lock or ask for it. */
    const waiting = async (): Promise<number> => {
      const { rows } = await pool.query(
        `select 1 from pg_stat_activity where application_name = 'lock publisher.suite' and datname = current_database()`,
      );
      return rows.length;
    };
  });

  describe('what Kafka will never take', () => {
    it('is named once, however often it is tried', async () => {
      const parked = postgresParkedPublications(pool);
      const event = { topic: publication.topic, eventId: randomUUID(), type: 'OrderPlaced', bytes: 17_000_000, error: 'Too large.\0' };
      await parked.park(event);
      await parked.park(event);
      expect(await parked.count(publication.topic)).toBe(1);
      expect(await parked.count('payment.events')).toBe(0);
    });
  });

  deadLettersContract('in Postgres', (clock) => postgresDeadLetters(pool, clock));

  const store = memoryStore();
  const reader = new LogReader({ store, publication, log });
  transportContract('straight off the log, all kept in Postgres', () => ({
    store,
    desk: postgresDeadLetters(pool),
    open: (retry) => {
      const sources = new Map([[reader.topic, reader]]);
      return embeddedTransport({ sources, checkpoints: postgresCheckpoints(pool), deadLetters: postgresDeadLetters(pool), retry, log });
    },
  }));
});
