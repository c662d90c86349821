import { inTransaction } from '@cartage/postgres';
import { idFor } from '@cartage/service-kit';
import { isoTime } from '@cartage/views';
import type { Pool, PoolClient } from 'pg';
import type { BookChange, HeardBatch, Shelf } from '../app/shelf';
import { nameOf } from '../domain/audit';
import type { Book } from '../domain/book';
import { forgotten } from '../domain/hearing';
import type { Finding } from '../domain/judging';

/** Locked in one order, so that no two wait for each other. */
const READ = `select key, content, version from book where key = any($1) order by key for update`;

const DUE = `select key, content, version from book where look_at < $1 order by look_at limit $2 for update skip locked`;

const SETTLED = `
  select key, content, version from book
  where kept and awaited = 0 and last_at < $1 and not exists (select from finding f where f.key = book.key and f.closed_at is null)
  order by last_at limit $2 for update skip locked`;

/** A book that somebody else began meanwhile is not written, and so the whole is not. */
const WRITE = `
  insert into book (key, content, version, awaited, kept, look_at, last_at)
  select x.key, x.content, x.version, x.awaited, x.kept, x.look, x.last
  from json_to_recordset($1::json) as x(key text, content json, version integer, awaited integer, kept boolean, look timestamptz, last timestamptz)
  order by x.key
  on conflict (key) do update set content = excluded.content, version = excluded.version, awaited = excluded.awaited, kept = excluded.kept,
    look_at = excluded.look_at, last_at = excluded.last_at
  where book.version = excluded.version - 1`;

/** What a person has closed stays closed; what ended by itself and is so once more is open again. */
const FOUND = `
  insert into finding as f (finding_id, kind, rule, expected, whose, key, order_id, about, cause_id, cause_type, since, found_at, late, came_id, came_type, came_at, closed_at)
  select x.id, x.kind, x.rule, x.expected, x.whose, x.key, x.of_order, x.about, x.cause_id, x.cause_type, x.since, $2, x.came_at is not null, x.came_id, x.came_type, x.came_at,
    case when x.came_at is not null then $2::timestamptz end
  from json_to_recordset($1::json) as x(id uuid, kind text, rule text, expected text, whose text, key text, of_order uuid, about text, cause_id uuid, cause_type text,
    since timestamptz, came_id uuid, came_type text, came_at timestamptz)
  order by x.id
  on conflict (finding_id) do update set late = excluded.late, came_id = excluded.came_id, came_type = excluded.came_type, came_at = excluded.came_at,
    since = excluded.since, closed_at = case when f.closed_by is null then excluded.closed_at else f.closed_at end
  where f.came_at is distinct from excluded.came_at or (f.closed_at is not null and f.closed_by is null and excluded.closed_at is null)`;

const ENDED = `update finding set closed_at = $2 where finding_id = any($1) and closed_at is null`;

const HEARD = `
  with minute as (
    insert into heard_minute as m (minute, oldest) values (date_trunc('minute', $1::timestamptz), $2)
    on conflict (minute) do update set oldest = least(m.oldest, excluded.oldest)
  )
  insert into heard_topic as t (topic, facts, last_at) select x.topic, x.facts, x.last
  from json_to_recordset($3::json) as x(topic text, facts bigint, last timestamptz) order by x.topic
  on conflict (topic) do update set facts = t.facts + excluded.facts, last_at = greatest(t.last_at, excluded.last_at)`;

const OLDEST = `select ${isoTime('min(oldest)')} as oldest from heard_minute where minute >= date_trunc('minute', $1::timestamptz)`;

interface BookRow {
  readonly key: string;
  readonly content: Book;
  readonly version: number;
}

/** Somebody else began the same book at the same moment: to be read again. */
class Contended extends Error {
  override readonly name = 'Contended';
}

const TRIES = 5;

export const findingIdOf = (name: string): string => idFor('finding', name);

const uuids = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

const rowOf = (finding: Finding): object => {
  const { kind, rule, expected, whose, key, about, cause, since, came } = finding;
  return {
    ...{ id: findingIdOf(nameOf(finding)), kind, rule, expected, whose, key, about, since },
    of_order: uuids.test(key) ? key : null,
    ...{ cause_id: cause?.id, cause_type: cause?.type },
    ...{ came_id: came?.id, came_type: came?.type, came_at: came?.at },
  };
};

const bookRow = ({ book, awaited, lookAt }: BookChange, version: number): object => ({
  ...{ key: book.key, content: book, version, awaited, look: lookAt },
  kept: Object.keys(book.entries).length + Object.keys(book.claims).length > 0,
  last: book.last === '' ? null : book.last,
});

const write = async (client: PoolClient, rows: readonly BookRow[], changes: readonly BookChange[]): Promise<void> => {
  if (changes.length === 0) return;
  const versions = new Map(rows.map(({ key, version }) => [key, version]));
  const written = changes.map((change) => bookRow(change, (versions.get(change.book.key) ?? 0) + 1));
  const { rowCount } = await client.query(WRITE, [JSON.stringify(written)]);
  if (rowCount !== changes.length) throw new Contended('A book was begun by somebody else.');
};

const tell = async (client: PoolClient, changes: readonly BookChange[], at: string): Promise<void> => {
  const ended = changes.flatMap((change) => change.ended.map(findingIdOf));
  const found = new Map(changes.flatMap((change) => change.found.map((finding) => [nameOf(finding), rowOf(finding)] as const)));
  if (ended.length > 0) await client.query(ENDED, [ended, at]);
  if (found.size > 0) await client.query(FOUND, [JSON.stringify([...found.values()]), at]);
};

const noteHeard = async (client: PoolClient, { at, facts }: HeardBatch): Promise<void> => {
  const topics = new Map<string, { readonly facts: number; readonly last: string }>();
  for (const { topic, time } of facts) {
    const known = topics.get(topic);
    topics.set(topic, { facts: (known?.facts ?? 0) + 1, last: known && known.last > time ? known.last : time });
  }
  const oldest = facts.map(({ time }) => time).toSorted()[0];
  await client.query(HEARD, [at, oldest, JSON.stringify([...topics].map(([topic, heard]) => ({ topic, ...heard })))]);
};

const contentsOf = (rows: readonly BookRow[]): ReadonlyMap<string, Book> => new Map(rows.map(({ key, content }) => [key, content]));

/** In the tables `book`, `finding`, `heard_topic` and `heard_minute`: one statement for each table and batch. */
export const shelfIn = (pool: Pool, now: () => Date): Shelf => {
  const changeOnce: Shelf['change'] = (keys, work, batch) =>
    inTransaction(pool, async (client) => {
      const { rows } = await client.query<BookRow>(READ, [keys]);
      const changes = work(contentsOf(rows));
      await write(client, rows, changes);
      await tell(client, changes, batch.at);
      await noteHeard(client, batch);
    });

  /** Books that these find, once each. */
  const eachOf = (statement: string, work: (books: ReadonlyMap<string, Book>) => readonly BookChange[]) => (values: readonly unknown[]) =>
    inTransaction(pool, async (client) => {
      const { rows } = await client.query<BookRow>(statement, [...values]);
      const changes = work(contentsOf(rows));
      await write(client, rows, changes);
      await tell(client, changes, now().toISOString());
      return rows.length;
    });

  return {
    change: async (keys, work, batch) => {
      for (let left = TRIES; ; left -= 1) {
        try {
          return await changeOnce(keys, work, batch);
        } catch (error) {
          if (!(error instanceof Contended) || left <= 1) throw error;
        }
      }
    },
    look: (until, limit, work) => eachOf(DUE, work)([until, limit]),
    oldestHeardSince: async (since) => (await pool.query<{ readonly oldest: string | null }>(OLDEST, [since])).rows[0]?.oldest ?? undefined,
    find: async (key) => (await pool.query<BookRow>('select key, content, version from book where key = $1', [key])).rows[0]?.content,
    forget: (before, limit) =>
      eachOf(SETTLED, (books) => [...books.values()].map((book) => ({ book: forgotten(book), awaited: 0, found: [], ended: [] })))([
        before,
        limit,
      ]),
  };
};
