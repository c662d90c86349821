import { randomUUID } from 'node:crypto';
import { memoryStore, type EventStore, type Named, type Position } from '@cartage/eventsourcing';
import { sessionOptions } from '@cartage/postgres';
import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { runViews as runViewsAsTheyAre } from './run-views';
import type { ViewNeeds, ViewRunner } from './runner';
import { add, patch, put, type AnyView, type Fold, type View } from './view';

export type Noted = Named<'Noted', { readonly note: string }>;

/** A row for each event: as many rows as the position says, or something is wrong. */
export const entries: View<Noted> = {
  name: 'entries',
  about: 'What was noted?',
  columns: {
    stream: { type: 'text not null', about: 'Of which notebook.' },
    version: { type: 'bigint not null', about: 'Which entry of it.' },
    note: { type: 'text not null', about: 'What it says.' },
  },
  key: ['stream', 'version'],
  indexes: ['(note)'],
  revision: 1,
  on: { Noted: ({ stream, version, data }) => put({ stream, version, note: data.note }) },
};

/** A row for each notebook, with its newest note. */
export const newest: View<Noted> = {
  name: 'newest',
  about: 'What does each notebook say last?',
  columns: { stream: { type: 'text', about: 'Notebook.' }, note: { type: 'text', about: 'Its newest note.' } },
  key: ['stream'],
  revision: 1,
  on: { Noted: ({ stream, data }) => put({ stream, note: data.note }) },
};

/** The longest note of a notebook so far. */
const longest: Fold<number, Noted> = { initial: 0, evolve: (length, { data }) => Math.max(length, data.note.length) };

/** A row for each notebook, counted up, with what only the whole notebook can tell. */
export const totals: View<Noted, number> = {
  name: 'totals',
  about: 'How much is in each notebook?',
  columns: {
    stream: { type: 'text', about: 'Notebook.' },
    longest: { type: 'bigint not null', about: 'Letters of its longest note.' },
    notes: { type: 'integer not null', about: 'Number of its notes.' },
    letters: { type: 'bigint', about: 'Letters of all its notes.' },
  },
  key: ['stream'],
  revision: 1,
  fold: longest,
  on: {
    Noted: ({ stream, version, data }, state) => [
      ...(version === 1 ? [put({ stream, longest: 0, notes: 0, letters: null })] : []),
      patch({ stream }, { longest: state() }),
      add({ stream }, { notes: 1, letters: data.note.length }),
    ],
  },
};

const meta = { commandId: 'c', correlationId: 'c', actor: 'test' };
export const silent: ViewNeeds['log'] = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** As in a service, but that on a busy machine views may take long to get anywhere. */
export const runViews = async (needs: ViewNeeds): Promise<ViewRunner> => {
  const runner = await runViewsAsTheyAre(needs);
  return { ...runner, reached: (view, position, { timeoutMs = 120_000 } = {}) => runner.reached(view, position, { timeoutMs }) };
};

/** A notebook service of one's own: a log, a database, and pools that are closed with it. */
export interface Notebooks {
  readonly store: EventStore;
  readonly pool: Pool;
  note(stream: string, ...notes: readonly string[]): Promise<Position>;
  needs(views: readonly AnyView[], over?: Partial<ViewNeeds>): ViewNeeds;
  close(): Promise<void>;
}

export const notebooks = async (): Promise<Notebooks> => {
  const database: TestDatabase = await testDatabase();
  const pool = new Pool({ connectionString: database.url, options: sessionOptions(), max: 8 });
  const store = memoryStore();
  const note = async (stream: string, ...notes: readonly string[]): Promise<Position> => {
    const [read] = await store.readMany([stream]);
    const events = notes.map((text) => ({ type: 'Noted', data: { note: text }, id: randomUUID(), meta }));
    const [outcome] = await store.appendMany([{ stream, expected: read?.version ?? 0, events }]);
    if (outcome?.status !== 'appended') throw new Error('not noted');
    return outcome.position;
  };
  return {
    store,
    pool,
    note,
    needs: (views, over = {}) => ({ store, pool, views, log: silent, firstPauseMs: 5, tendEveryMs: 50, ...over }),
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
};

export const rowsOf = async (pool: Pool, sql: string): Promise<readonly object[]> => (await pool.query<object>(sql)).rows;

/** Number of rows and a hash of all of them. */
export const checksum = async (pool: Pool, table: string): Promise<unknown> => {
  const { rows } = await pool.query<object>(
    `select count(*)::int as rows, md5(string_agg(t::text, '|' order by t::text)) as hash from ${table} t`,
  );
  return rows[0];
};
