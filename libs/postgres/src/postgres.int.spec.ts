import { eventually, testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import {
  inTransaction,
  integerArray,
  migrate,
  SESSION_SETTINGS,
  sessionOptions,
  textArray,
  tryAdvisoryLock,
  withAdvisoryLock,
} from './index';

describe('using Postgres', () => {
  let database: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await testDatabase();
    pool = new Pool({ connectionString: database.url, max: 10, options: sessionOptions('public') });
    pool.on('error', () => undefined);
    await pool.query('create table noted (note text unique)');
  });

  afterEach(() => pool.query('delete from noted'));

  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const notes = async (): Promise<readonly string[]> =>
    (await pool.query<{ note: string }>('select note from noted order by note')).rows.map(({ note }) => note);

  it.each(Object.entries(SESSION_SETTINGS))('every session keeps to %s', async (name, wanted) => {
    const { rows } = await pool.query<{ setting: string }>('select setting from pg_settings where name = $1', [name]);
    expect(rows).toEqual([{ setting: wanted }]);
  });

  it.each([[[]], [['']], [[null]], [['a', null, 'NULL', '{"quoted": "\\"}', 'ü€😀', ' \n']]])(
    'an array in binary holds the texts %j',
    async (texts) => {
      const { rows } = await pool.query<{ read: (string | null)[] }>('select $1::text[] as read', [textArray(texts)]);
      expect(rows[0]?.read).toEqual(texts);
    },
  );

  it.each([[[]], [[0, -1, 2_147_483_647]], [[null]], [[1, null, 3, null]]])(
    'an array in binary holds the integers %j',
    async (integers) => {
      const { rows } = await pool.query<{ read: (number | null)[] }>('select $1::integer[] as read', [integerArray(integers)]);
      expect(rows[0]?.read).toEqual(integers);
    },
  );

  describe('a transaction', () => {
    it('keeps all of its work, or nothing when it throws, and gives its connection back', async () => {
      await inTransaction(pool, (client) => client.query(`insert into noted values ('kept')`));
      const swallowed = inTransaction(pool, async (client) => {
        await client.query(`insert into noted values ('lost')`);
        await client.query('select 1 / 0').catch(() => undefined);
      });
      await expect(swallowed).rejects.toThrow('nothing of it was kept');
      const undone = inTransaction(pool, async (client) => {
        await client.query(`insert into noted values ('undone')`);
        throw new Error('changed my mind');
      });
      await expect(undone).rejects.toThrow('changed my mind');
      expect(await notes()).toEqual(['kept']);
      expect(pool.idleCount).toBe(pool.totalCount);
    });

    it('keeps to settings of its own, which end with it', async () => {
      const only = new Pool({ ...pool.options, max: 1 });
      const setting = async (client: Pick<Pool, 'query'>): Promise<unknown> => {
        const { rows } = await client.query<{ setting: string }>(`select current_setting('synchronous_commit') as setting`);
        return rows[0]?.setting;
      };
      try {
        expect(await inTransaction(only, setting, { synchronous_commit: 'off' })).toBe('off');
        expect(await setting(only)).toBe('on');
      } finally {
        await only.end();
      }
    });

    it('survives the loss of its connection, which is not used again', async () => {
      const cut = inTransaction(pool, async (client) => {
        const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
        await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
        await client.query('select 1');
      });
      await expect(cut).rejects.toThrow();
      expect(await notes()).toEqual([]);
    });
  });

  describe('a lock', () => {
    it('is held by one at a time', async () => {
      let inside = 0;
      const most: number[] = [];
      const turn = () =>
        withAdvisoryLock(pool, 'turns', async (client) => {
          inside += 1;
          most.push(inside);
          await client.query('select pg_sleep(0.02)');
          inside -= 1;
        });
      await Promise.all([turn(), turn(), turn()]);
      expect(most).toEqual([1, 1, 1]);
    });

    it('is given back by work that fails, and ends with its connection', async () => {
      await expect(withAdvisoryLock(pool, 'failing', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
      const killed = withAdvisoryLock(pool, 'failing', (client) =>
        client.query('select pg_terminate_backend(pg_backend_pid())').then(() => undefined),
      );
      await expect(killed).rejects.toThrow();
      expect(await withAdvisoryLock(pool, 'failing', async () => 'ours')).toBe('ours');
    });

    it('says at once when somebody else has it', async () => {
      await withAdvisoryLock(pool, 'taken', async () => {
        const client = await pool.connect();
        expect(await tryAdvisoryLock(client, 'taken')).toBe(false);
        expect(await tryAdvisoryLock(client, 'free')).toBe(true);
        client.release(true);
      });
    });

    it('is waited for longer than other statements may wait', async () => {
      const hasty = new Pool({ connectionString: database.url, options: '-c statement_timeout=400 -c lock_timeout=400' });
      let end: () => void = () => undefined;
      let enter: () => void = () => undefined;
      const entered = new Promise<void>((resolve) => (enter = resolve));
      const first = withAdvisoryLock(hasty, 'slow', () => new Promise<void>((resolve) => (enter(), (end = resolve))));
      await entered;
      const second = withAdvisoryLock(hasty, 'slow', async () => 'second');
      await eventually(async () => expect((await pool.query(waitingForLock)).rowCount).toBe(1));
      await pool.query('select pg_sleep(0.5)');
      end();
      expect(await second).toBe('second');
      await first;
      await hasty.end();
    });

    const waitingForLock = `select from pg_locks join pg_database d on d.oid = database
      where locktype = 'advisory' and not granted and d.datname = current_database()`;
  });

  it('makes tables in one process at a time', async () => {
    const makeOnce = () =>
      migrate(pool, 'spec', async (client) => {
        const { rows } = await client.query<{ made: boolean }>(`select to_regclass('made') is not null as made`);
        if (!rows[0]?.made) await client.query('create table made (id integer)');
      });
    await Promise.all([makeOnce(), makeOnce(), makeOnce()]);
    await migrate(pool, 'spec', 'create table if not exists made (id integer); create table if not exists other (id integer)');
    expect((await pool.query('select from made, other')).rowCount).toBe(0);
  });
});
