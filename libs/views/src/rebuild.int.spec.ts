import { eventually } from '@cartage/testkit';
import { checksum, entries, newest, notebooks, type Notebooks, type Noted, rowsOf, runViews, totals } from './entries.fixture';
import { tableOf } from './definition';
import type { ViewRunner } from './runner';
import type { AnyView } from './view';

/** As long as `eventually` may need on a busy machine. */
jest.setTimeout(60_000);

let books: Notebooks;
const running: ViewRunner[] = [];
const run = async (views: readonly AnyView[], batchSize = 10): Promise<ViewRunner> => {
  const runner = await runViews(books.needs(views, { batchSize }));
  running.push(runner);
  return runner;
};
const stopAll = (): Promise<unknown> => Promise.all(running.splice(0).map((runner) => runner.stop()));

beforeEach(async () => {
  books = await notebooks();
});
afterEach(async () => {
  await stopAll();
  await books.close();
});

/** Which table this very one is, whatever it is called. */
const oid = async (view: AnyView): Promise<unknown> => (await rowsOf(books.pool, `select '${tableOf(view)}'::regclass::oid as oid`))[0];

it('rebuilds while events come in: the new table is the old one to the row', async () => {
  const views = await run([entries, newest]);
  for (let i = 0; i < 300; i += 1) await books.note(`book-${i % 11}`, `note ${i}`);
  await views.reached('entries', await books.store.head());
  const before = await oid(entries);
  const noting = (async () => {
    for (let i = 0; i < 200; i += 1) {
      await books.note(`book-${i % 13}`, `more ${i}`);
      // Read while the tables are being swapped: it is never away and never falls back.
      await books.pool.query('select count(*) from entries');
    }
  })();
  await views.rebuild('entries', { compares: true });
  expect((await views.health())[0]).toMatchObject({ rebuiltAlike: true });
  await noting;
  await views.reached('entries', await books.store.head());
  await books.pool.query(`create table expected as select stream, version, note from entries where false`);
  await books.pool.query(`insert into expected select * from json_to_recordset($1) as x(stream text, version bigint, note text)`, [
    JSON.stringify(await allNotes()),
  ]);
  expect(await checksum(books.pool, 'entries')).toEqual(await checksum(books.pool, 'expected'));
  expect(await oid(entries)).not.toEqual(before);
});

it('rebuilds what rests on the state of whole streams, while these grow: counts and checksums are the same', async () => {
  const views = await run([totals, entries], 7);
  const noting = (async () => {
    for (let i = 0; i < 300; i += 1) await books.note(`book-${i % 11}`, 'x'.repeat((i * 7) % 40));
  })();
  await eventually(async () => expect(await checksum(books.pool, 'totals')).toMatchObject({ rows: 11 }));
  await views.rebuild('totals');
  await noting;
  await views.reached('totals', await books.store.head());
  const before = await checksum(books.pool, 'totals');
  const shown = `select stream, max(length(note)) as longest, count(*)::int as notes, sum(length(note))::bigint as letters from entries group by stream`;
  expect(await rowsOf(books.pool, `select * from totals order by stream`)).toEqual(
    (await rowsOf(books.pool, `${shown} order by stream`)).map((row) => ({ ...row, longest: String(Reflect.get(row, 'longest')) })),
  );
  await views.rebuild('totals');
  expect(await checksum(books.pool, 'totals')).toEqual(before);
});

it('goes on with the state of streams that began before this process did', async () => {
  const before = await run([totals]);
  await before.reached('totals', await books.note('book-1', 'four', 'seventh'));
  await stopAll();
  const views = await run([totals]);
  await views.reached('totals', await books.note('book-1', 'a'));
  expect(await rowsOf(books.pool, 'select * from totals')).toEqual([{ stream: 'book-1', longest: '7', notes: 3, letters: '12' }]);
});

it('leaves alone what analysts built upon the name', async () => {
  const views = await run([entries]);
  await books.pool.query('create view lengths as select length(note) as length from entries');
  await views.reached('entries', await books.note('book-1', 'a', 'bc'));
  await views.rebuild('entries');
  await views.reached('entries', await books.note('book-1', 'def'));
  expect(await rowsOf(books.pool, 'select length from lengths order by 1')).toEqual([{ length: 1 }, { length: 2 }, { length: 3 }]);
});

it('repairs a table that somebody damaged', async () => {
  const views = await run([entries]);
  await views.reached('entries', await books.note('book-1', 'a', 'b', 'c'));
  const before = await checksum(books.pool, 'entries');
  await books.pool.query(`delete from entries where note = 'b'; update entries set note = 'z' where note = 'c'`);
  await views.rebuild('entries', { compares: true });
  expect(await checksum(books.pool, 'entries')).toEqual(before);
  expect(await views.health()).toMatchObject([{ view: 'entries', rebuilding: false, rebuiltAlike: false }]);
  await views.rebuild('entries', { compares: true });
  expect(await views.health()).toMatchObject([{ rebuiltAlike: true, rebuiltAt: expect.any(String) as unknown }]);
  await views.rebuild('entries');
  expect((await views.health())[0]?.rebuiltAlike).toBeUndefined();
});

it('rebuilds an empty view of an empty log', async () => {
  const views = await run([entries]);
  await views.rebuild('entries');
  expect(await checksum(books.pool, 'entries')).toMatchObject({ rows: 0 });
});

it('is asked in one process and done by the one that runs the views', async () => {
  const first = await run([entries]);
  await first.reached('entries', await books.note('book-1', 'a'));
  const second = await run([entries]);
  const before = await oid(entries);
  await second.rebuild('entries');
  expect(await oid(entries)).not.toEqual(before);
});

it('keeps grants, comments and indexes', async () => {
  const views = await run([entries]);
  await books.pool.query(`create role "r${process.pid}"`);
  try {
    await books.pool.query(`grant select on entries, ${tableOf(entries)} to "r${process.pid}"`);
    await views.rebuild('entries');
    const [kept] = await rowsOf(
      books.pool,
      `select has_table_privilege('r${process.pid}', 'entries', 'select') as readable, obj_description('entries'::regclass) as about,
         has_table_privilege('r${process.pid}', '${tableOf(entries)}', 'select') as table_readable,
         (select count(*)::int from pg_indexes where tablename = '${tableOf(entries)}') as indexes`,
    );
    expect(kept).toEqual({ readable: true, about: entries.about, table_readable: true, indexes: 2 });
  } finally {
    await books.pool.query(`drop owned by "r${process.pid}"; drop role "r${process.pid}"`);
  }
});

it('goes on where it was when it is stopped half way', async () => {
  const before = await run([entries]);
  await before.reached('entries', await books.note('book-1', ...Array.from({ length: 3_000 }, (_, i) => `note ${i}`)));
  const asked = expect(before.rebuild('entries')).rejects.toThrow('the next start goes on with it');
  await eventually(async () => expect((await before.health())[0]).toMatchObject({ rebuilding: true }));
  await stopAll();
  await asked;
  const views = await run([entries]);
  await eventually(async () => expect((await views.health())[0]).toMatchObject({ rebuilding: false, behind: false }));
  expect(await checksum(books.pool, 'entries')).toMatchObject({ rows: 3_000 });
});

const allNotes = async (): Promise<readonly object[]> => {
  const streams = await books.store.readMany(Array.from({ length: 13 }, (_, i) => `book-${i}`));
  return streams.flatMap(({ events }) =>
    events.map(({ stream, version, data }) => ({ stream, version, note: (data as Noted['data']).note })),
  );
};
