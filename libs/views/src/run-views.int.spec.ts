import { eventually } from '@cartage/testkit';
import type { Pool, PoolClient } from 'pg';
import { checksum, entries, newest, notebooks, type Notebooks, type Noted, rowsOf, runViews } from './entries.fixture';
import type { ViewRunner } from './runner';
import { put, type View } from './view';

/** As long as `eventually` may need on a busy machine. */
jest.setTimeout(60_000);

let books: Notebooks;
const running: ViewRunner[] = [];
const run = async (...args: Parameters<Notebooks['needs']>): Promise<ViewRunner> => {
  const runner = await runViews(books.needs(...args));
  running.push(runner);
  return runner;
};

beforeEach(async () => {
  books = await notebooks();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((runner) => runner.stop()));
  await books.close();
});

const many = async (n: number): Promise<string> => {
  let position = '';
  for (let i = 0; i < n; i += 1) position = await books.note(`book-${i % 7}`, `note ${i}`);
  return position;
};

it('shows what happened before it started and what happens after', async () => {
  await books.note('book-1', 'a', 'b');
  const views = await run([entries, newest]);
  await views.reached('newest', await books.note('book-1', 'c'));
  await views.reached('entries', await books.store.head());
  expect(await rowsOf(books.pool, 'select note from entries order by version')).toEqual([{ note: 'a' }, { note: 'b' }, { note: 'c' }]);
  expect(await rowsOf(books.pool, 'select stream, note from newest')).toEqual([{ stream: 'book-1', note: 'c' }]);
});

it('tells analysts in the database what tables and columns mean, and how fresh they are', async () => {
  const views = await run([entries]);
  await views.reached('entries', await books.note('book-1', 'a'));
  const [said] = await rowsOf(
    books.pool,
    `select obj_description('entries'::regclass) as about, col_description('entries'::regclass, 3) as note,
      (select shown_until <= now() and shown_until > now() - interval '1 minute' from view_state) as fresh`,
  );
  expect(said).toEqual({ about: 'What was noted?', note: 'What it says.', fresh: true });
});

it('keeps every type of column', async () => {
  const wide: View<Noted> = {
    name: 'wide',
    about: 'Anything.',
    columns: {
      id: { type: 'bigint', about: '' },
      tags: { type: `text[] not null default '{}'`, about: '' },
      body: { type: 'jsonb', about: '' },
      at: { type: 'timestamptz', about: '' },
      kind: { type: 'varchar(9)', about: '' },
      sure: { type: 'boolean not null default true', about: '' },
      weight: { type: 'numeric(10,2)', about: '' },
    },
    key: ['id'],
    indexes: ['using gin (tags)'],
    revision: 1,
    on: { Noted: ({ data }) => put(JSON.parse(data.note) as Record<string, unknown>) },
  };
  const full = {
    id: 1,
    tags: ['a', 'b"c'],
    body: { deep: [1, { x: null }] },
    at: '2026-01-02T03:04:05.678Z',
    kind: 'k',
    sure: false,
    weight: 1.25,
  };
  const views = await run([wide]);
  await books.note(
    'book-1',
    JSON.stringify(full),
    JSON.stringify({ id: 2, body: 'a text' }),
    JSON.stringify({ id: 3, body: null, kind: 'nul\0' }),
  );
  await views.reached('wide', await books.store.head());
  const empty = { tags: [], body: null, at: null, kind: null, sure: true, weight: null };
  expect(await rowsOf(books.pool, 'select * from wide order by id')).toEqual([
    { ...full, id: '1', at: new Date(full.at), weight: '1.25' },
    { ...empty, id: '2', body: 'a text' },
    { ...empty, id: '3', kind: 'nul�' },
  ]);
});

/** One statement, so one snapshot. */
const howFar = `select (select count(*)::int from entries) as rows,
  (select coalesce(nullif(position, ''), '0')::int from view_state where name = 'entries') as entries,
  (select coalesce(nullif(position, ''), '0')::int from view_state where name = 'newest') as newest`;

it('moves rows and position together, whatever fails at whichever statement', async () => {
  let troubled = false;
  const needs = books.needs([entries, newest]);
  const views = await runViews({ ...needs, pool: failingOften(books.pool, () => troubled), batchSize: 3, longestPauseMs: 5 });
  running.push(views);
  troubled = true;
  const position = await many(120);
  const torn: object[] = [];
  await eventually(async () => {
    const [seen] = (await rowsOf(books.pool, howFar)) as readonly [
      { readonly rows: number; readonly entries: number; readonly newest: number },
    ];
    if (seen.rows !== seen.entries) torn.push(seen);
    expect(seen).toEqual({ rows: 120, entries: Number(position), newest: Number(position) });
  });
  expect(torn).toEqual([]);
});

it('runs once in two processes, and the second takes over when the first ends', async () => {
  const first = await runViews(books.needs([entries]));
  await first.reached('entries', await books.note('book-1', 'a'));
  const second = await run([entries]);
  await second.reached('entries', await books.note('book-1', 'b'));
  await first.stop();
  await second.reached('entries', await books.note('book-1', 'c'));
  expect(await rowsOf(books.pool, 'select note from entries order by version')).toEqual([{ note: 'a' }, { note: 'b' }, { note: 'c' }]);
});

it('gives up its turn when its connection is lost, and goes on', async () => {
  const views = await run([entries]);
  await views.reached('entries', await books.note('book-1', 'a'));
  books.pool.on('error', () => undefined);
  await books.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await views.reached('entries', await books.note('book-1', 'b'));
  expect(await rowsOf(books.pool, 'select note from entries order by version')).toEqual([{ note: 'a' }, { note: 'b' }]);
});

it('stops only the view whose projector fails, says so, and lets it catch up once it is well', async () => {
  let well = false;
  const moody: View<Noted> = {
    ...newest,
    name: 'moody',
    on: {
      Noted: ({ stream, data }) => {
        if (!well && data.note === 'bad') throw new Error('a bad note');
        return put({ stream, note: data.note });
      },
    },
  };
  const views = await run([moody, entries], { longestPauseMs: 20 });
  await books.note('book-1', 'good', 'bad');
  await views.reached('entries', await books.note('book-1', 'fine'));
  await eventually(async () =>
    expect(await views.health()).toContainEqual(expect.objectContaining({ view: 'moody', behind: true, error: 'a bad note' })),
  );
  expect(await views.health()).toContainEqual(expect.objectContaining({ view: 'entries', behind: false }));
  well = true;
  await views.reached('moody', await books.store.head());
  const after = await books.note('book-1', 'after');
  for (const view of ['moody', 'entries']) await views.reached(view, after);
  expect(await rowsOf(books.pool, 'select note from moody')).toEqual([{ note: 'after' }]);
  expect((await views.health()).every(({ behind, error }) => !behind && error === undefined)).toBe(true);
});

it('lets a view that was added later catch up with the others', async () => {
  const before = await runViews(books.needs([entries]));
  await before.reached('entries', await many(30));
  await before.stop();
  const views = await run([entries, newest], { batchSize: 4 });
  const position = await many(10);
  await views.reached('newest', position);
  await views.reached('entries', position);
  expect(await checksum(books.pool, 'newest')).toMatchObject({ rows: 7 });
  expect(await checksum(books.pool, 'entries')).toMatchObject({ rows: 40 });
});

it('refuses to wait for ever for a position that nobody wrote', async () => {
  const views = await run([entries]);
  await expect(views.reached('entries', '9'.repeat(16), { timeoutMs: 60 })).rejects.toMatchObject({ code: 'VIEW_BEHIND', kind: 'stale' });
});

/** A pool whose every ninth statement of a transaction fails; now and then after it was done, as when an answer is lost. */
const failingOften = (pool: Pool, troubled: () => boolean): Pool => {
  let n = 0;
  const query = async (client: PoolClient, args: Parameters<PoolClient['query']>): Promise<unknown> => {
    n += troubled() ? 1 : 0;
    if (n % 9 === 8) throw new Error('the statement was lost');
    const result: unknown = await client.query(...args);
    if (n % 31 === 30) throw new Error('the answer was lost');
    return result;
  };
  const failing = (client: PoolClient): PoolClient =>
    instead(client, 'query', (...args: Parameters<PoolClient['query']>) => query(client, args));
  return instead(pool, 'connect', async () => failing(await pool.connect()));
};

/** The same thing with one method of its own. */
const instead = <Thing extends object>(thing: Thing, method: keyof Thing, own: unknown): Thing =>
  new Proxy(thing, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (name === method) return own;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
