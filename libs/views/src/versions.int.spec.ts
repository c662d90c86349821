import { systemClock, type EventStore } from '@cartage/eventsourcing';
import { eventually } from '@cartage/testkit';
import { tableOf } from './definition';
import { entries, newest, notebooks, type Notebooks, type Noted, rowsOf, runViews } from './entries.fixture';
import type { ViewRunner } from './runner';
import { put, type AnyView, type View } from './view';

/** As long as `eventually` may need on a busy machine. */
jest.setTimeout(60_000);

let books: Notebooks;
const running: ViewRunner[] = [];
const run = async (...args: Parameters<Notebooks['needs']>): Promise<ViewRunner> => {
  const runner = await runViews(books.needs(...args));
  running.push(runner);
  return runner;
};
const stop = async (runner: ViewRunner): Promise<void> => {
  running.splice(running.indexOf(runner), 1);
  await runner.stop();
};

beforeEach(async () => {
  books = await notebooks();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((runner) => runner.stop()));
  await books.close();
});

/** The next version of `entries`: it has another column, and one less. */
const lengths: View<Noted> = {
  ...entries,
  columns: {
    stream: { type: 'text not null', about: 'Of which notebook.' },
    version: { type: 'bigint not null', about: 'Which entry of it.' },
    length: { type: 'integer not null', about: 'Characters.' },
  },
  indexes: [],
  on: { Noted: ({ stream, version, data }) => put({ stream, version, length: data.note.length }) },
};

/** A version that only adds a column at the end. */
const longer: View<Noted> = {
  ...entries,
  columns: { ...entries.columns, length: { type: 'integer', about: 'Characters.' } },
  on: { Noted: ({ stream, version, data }) => put({ stream, version, note: data.note, length: data.note.length }) },
};

const oldQuery = `select note from ${tableOf(entries)} order by version`;
const newQuery = `select length from ${tableOf(lengths)} order by version`;
const columnsOfName = async (name = 'entries'): Promise<readonly unknown[]> => {
  const { fields } = await books.pool.query(`select * from ${name} limit 0`);
  return fields.map((field) => field.name);
};
const shows = async (view: AnyView): Promise<void> =>
  eventually(async () => expect(await columnsOfName(view.name)).toEqual(Object.keys(view.columns)));

it('serves old and new code side by side, each from a table of its own that stays current', async () => {
  const old = await run([entries]);
  await old.reached('entries', await books.note('book-1', 'one', 'three'));
  const young = await run([lengths]);
  await young.filled();
  await shows(lengths);
  const position = await books.note('book-1', 'seventh');
  await Promise.all([old.reached('entries', position), young.reached('entries', position)]);
  expect(await rowsOf(books.pool, oldQuery)).toEqual([{ note: 'one' }, { note: 'three' }, { note: 'seventh' }]);
  expect(await rowsOf(books.pool, newQuery)).toEqual([{ length: 3 }, { length: 5 }, { length: 7 }]);
});

/** A store whose followers hear nothing before they are let. */
const heldBack = (store: EventStore): { readonly store: EventStore; readonly release: () => void } => {
  const released = new AbortController();
  async function* follow(options: Parameters<EventStore['follow']>[0]): ReturnType<EventStore['follow']> {
    await systemClock.pause(60_000, released.signal);
    yield* store.follow(options);
  }
  return { store: { ...store, follow }, release: () => released.abort() };
};

it('is not filled, and not shown by its name, before it shows all that was in the log at the start', async () => {
  const old = await run([entries]);
  await old.reached('entries', await books.note('book-1', 'one'));
  const { store, release } = heldBack(books.store);
  const young = await run([lengths], { store });
  let filled = false;
  const filling = young.filled().then(() => (filled = true));
  await old.reached('entries', await books.note('book-1', 'two'));
  expect(await young.health()).toMatchObject([{ table: tableOf(lengths), filling: true, behind: true }]);
  expect(await columnsOfName()).toContain('note');
  expect(filled).toBe(false);
  release();
  await filling;
  await shows(lengths);
  expect(await young.health()).toMatchObject([{ filling: false }]);
});

it('tells who waits for it to be filled when it is stopped first', async () => {
  await books.note('book-1', 'one');
  const { store, release } = heldBack(books.store);
  const runner = await run([entries], { store });
  const filling = expect(runner.filled()).rejects.toThrow('Stopped before entries');
  const stopping = stop(runner);
  release();
  await filling;
  await stopping;
});

it('is filled at once where the log is empty, and where nobody has a view', async () => {
  await (await run([entries])).filled();
  await (await run([])).filled();
});

it('shares the table of what did not change: the version that runs it goes on, and leaves it to the next', async () => {
  const loud: View<Noted> = { ...newest, revision: 2, on: { Noted: ({ stream, data }) => put({ stream, note: data.note.toUpperCase() }) } };
  const old = await run([entries, newest]);
  await old.reached('newest', await books.note('book-1', 'a'));
  const young = await run([entries, loud]);
  await young.filled();
  await young.reached('entries', await books.note('book-1', 'b'));
  await stop(old);
  const position = await books.note('book-1', 'c');
  await Promise.all([young.reached('entries', position), young.reached('newest', position)]);
  expect(await rowsOf(books.pool, oldQuery)).toEqual([{ note: 'a' }, { note: 'b' }, { note: 'c' }]);
  expect(await rowsOf(books.pool, `select note from ${tableOf(loud)}`)).toEqual([{ note: 'C' }]);
});

const usedAgo = (view: AnyView, ago: string): Promise<unknown> =>
  books.pool.query(`update view_state set used_at = now() - $2::interval where table_name = $1`, [tableOf(view), ago]);

it('keeps the name on the newest version though an older one starts again, until nobody runs the newest', async () => {
  await stop(await run([entries]));
  const young = await run([lengths]);
  await shows(lengths);
  await (await run([entries])).reached('entries', await books.note('book-1', 'one'));
  await stop(young);
  expect(await columnsOfName()).toContain('length');
  await usedAgo(lengths, '2 minutes');
  await shows(entries);
  expect(await rowsOf(books.pool, 'select note from entries')).toEqual([{ note: 'one' }]);
});

const tables = async (): Promise<readonly unknown[]> =>
  (await rowsOf(books.pool, 'select table_name from view_state order by created_at')).map((row) => Reflect.get(row, 'table_name'));

it('drops the tables that nobody has used for a day, and no others', async () => {
  const gone: View<Noted> = { ...newest, name: 'gone' };
  await stop(await run([entries, newest, gone]));
  const young = await run([lengths, newest]);
  await shows(lengths);
  await stop(young);
  await Promise.all([entries, newest, gone].map((view) => usedAgo(view, '25 hours')));
  await run([lengths, newest]);
  await eventually(async () => expect(await tables()).toEqual([tableOf(newest), tableOf(lengths)]));
  const left = `select relname from pg_class where relkind in ('r', 'v') and relnamespace = current_schema()::regnamespace order by 1`;
  expect((await rowsOf(books.pool, left)).map((row) => Reflect.get(row, 'relname'))).toEqual(
    ['entries', tableOf(lengths), 'newest', tableOf(newest), 'view_state'].toSorted(),
  );
});

describe('the name of a view', () => {
  const role = `r${process.pid}`;
  it('keeps the grants and comments of analysts when its columns change', async () => {
    await stop(await run([entries]));
    await books.pool.query(`create role "${role}"`);
    try {
      await books.pool.query(`grant select on entries to "${role}"`);
      await run([lengths]);
      await shows(lengths);
      const said = `select has_table_privilege('${role}', 'entries', 'select') as readable, obj_description('entries'::regclass) as about,
        col_description('entries'::regclass, 3) as length`;
      expect(await rowsOf(books.pool, said)).toEqual([{ readable: true, about: entries.about, length: 'Characters.' }]);
    } finally {
      await books.pool.query(`drop owned by "${role}"; drop role "${role}"`);
    }
  });

  it('gets a new column under what analysts built upon it', async () => {
    await stop(await run([entries]));
    await books.pool.query('create view noted as select note from entries');
    await books.note('book-1', 'one');
    await run([longer]);
    await shows(longer);
    expect(await rowsOf(books.pool, 'select note from noted')).toEqual([{ note: 'one' }]);
  });

  it('stays where it is when what analysts built upon it forbids the change, and the program goes on', async () => {
    await stop(await run([entries]));
    await books.pool.query('create view noted as select note from entries');
    const warned: unknown[] = [];
    const log = { info: () => undefined, warn: (line: object) => warned.push(line), error: () => undefined };
    const young = await run([lengths], { log });
    await young.reached('entries', await books.note('book-1', 'one'));
    await eventually(() => expect(JSON.stringify(warned)).toContain('2BP01'));
    expect(await columnsOfName()).toContain('note');
    expect(await rowsOf(books.pool, newQuery)).toEqual([{ length: 3 }]);
    expect(await young.health()).toMatchObject([{ behind: false, filling: false }]);
  });
});

it('refuses a name that Postgres would cut off', () =>
  expect(() => tableOf({ ...entries, name: 'n'.repeat(60) })).toThrow('its name is longer than 48 letters'));
