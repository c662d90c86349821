import type { EventStore, StoredEvent } from '@cartage/eventsourcing';
import type { Pool } from 'pg';
import type { ArchiveFiles } from '../archive/files';

export interface ArchivingNeeds {
  /** Connections whose search path begins with the schema of the log. */
  readonly pool: Pool;
  /** The log's name: its schema. */
  readonly name: string;
  readonly files: ArchiveFiles;
  /** The same log, its events in their newest shape: by it streams are judged. */
  readonly store: Pick<EventStore, 'readMany'>;
  readonly now: () => Date;
}

/** What is to be kept in the database of an event that leaves its table, by its type, made of its data as it was stored. */
export type Excerpts = Readonly<Record<string, (data: unknown) => Readonly<Record<string, unknown>>>>;

export interface ToArchive {
  /** Only what was recorded before. */
  readonly before: Date;
  /** Whether nothing is expected to happen to a stream any more. Who is wrong loses nothing: what happens all the same is appended, and the stream read from both places. */
  readonly isOver: (stream: string, events: readonly StoredEvent[]) => boolean;
  /** Whether a stream never ends, and nobody reads it to go on with it: what is old of it leaves, whatever comes later. None does unless given. */
  readonly isEndless?: (stream: string) => boolean;
  /** What the service's own SQL asks of events, `LOGGED_EVENTS`; nothing unless given. */
  readonly excerpts?: Excerpts;
  /** Judges the streams of all files again, where what is over is judged otherwise than before. */
  readonly again?: boolean;
  /** Told of each file when it is done with. */
  readonly onFile?: (file: ArchivedFile) => void;
}

export interface ArchivedFile {
  readonly file: string;
  readonly first: number;
  readonly last: number;
  /** Events that left the table. */
  readonly left: number;
}

export interface ArchivedLog {
  readonly log: string;
  readonly files: readonly ArchivedFile[];
}

const STREAMS_AT_ONCE = 200;
/** Streams that leave the table behind the log's lock, at once: appends wait for as long as that takes. */
const STREAMS_TO_CLEAR = 50;

const TO_CLEAR = `
  select first::float8 as first, last::float8 as last, file from log_archive where cleared_at is null or $1 order by first`;

const STREAMS = `
  select stream, max(version) as version from events where position between $1 and $2 group by stream order by stream`;

const EXCERPTED = `
  select e.position::float8 as position, e.type, e.data from unnest($1::text[], $2::integer[]) as w (stream, version)
  join events e on e.stream = w.stream and e.version <= w.version where e.type = any($3)`;

const CLEAR = 'select archive_streams($1, $2, $3, $4, $5, $6) as gone';

interface Leaving {
  readonly stream: string;
  /** Up to which it leaves. */
  readonly version: number;
  /** Whether that must be all of it. */
  readonly ends: boolean;
}

interface FilePlaces {
  readonly first: number;
  readonly last: number;
}

/** What leaves of the streams in a file: those that are over, some at a time as they are judged, and what is old of those that never end. */
async function* leavingFrom({ pool, store }: ArchivingNeeds, { first, last }: FilePlaces, what: ToArchive): AsyncGenerator<Leaving> {
  const { isOver, isEndless = () => false } = what;
  const { rows } = await pool.query<Omit<Leaving, 'ends'>>(STREAMS, [first, last]);
  for (const row of rows) if (isEndless(row.stream)) yield { ...row, ends: false };
  const streams = rows.map(({ stream }) => stream).filter((stream) => !isEndless(stream));
  for (let at = 0; at < streams.length; at += STREAMS_AT_ONCE)
    for (const { stream, version, events } of await store.readMany(streams.slice(at, at + STREAMS_AT_ONCE)))
      if (isOver(stream, events)) yield { stream, version, ends: true };
}

/** Of these events, those of which something is kept. */
const excerptsOf = async ({ pool }: ArchivingNeeds, some: readonly Leaving[], { excerpts = {} }: ToArchive) => {
  const types = Object.keys(excerpts);
  if (types.length === 0) return [];
  const columns = [some.map(({ stream }) => stream), some.map(({ version }) => version), types];
  const { rows } = await pool.query<{ position: number; type: string; data: unknown }>(EXCERPTED, columns);
  return rows.map(({ position, type, data }) => ({ position, text: JSON.stringify({ ...excerpts[type]?.(data), type }) }));
};

const clearSome = async (needs: ArchivingNeeds, some: readonly Leaving[], { last }: FilePlaces, what: ToArchive): Promise<number> => {
  const kept = await excerptsOf(needs, some, what);
  const { rows } = await needs.pool.query<{ gone: number }>(CLEAR, [
    some.map(({ stream }) => stream),
    some.map(({ version }) => version),
    some.map(({ ends }) => ends),
    last,
    kept.map(({ position }) => position),
    kept.map(({ text }) => text),
  ]);
  return rows[0]?.gone ?? 0;
};

/** Takes what leaves of the streams of a file out of the table; answers how many events that were. */
const clear = async (needs: ArchivingNeeds, file: FilePlaces, what: ToArchive): Promise<number> => {
  let [left, some] = [0, [] as Leaving[]];
  for await (const each of leavingFrom(needs, file, what)) {
    some.push(each);
    if (some.length < STREAMS_TO_CLEAR) continue;
    left += await clearSome(needs, some, file, what);
    some = [];
  }
  if (some.length > 0) left += await clearSome(needs, some, file, what);
  await needs.pool.query('update log_archive set cleared_at = $2 where first = $1', [file.first, needs.now()]);
  return left;
};

/** Takes out of the table what leaves of the streams of each file that was written and has not been cleared; of all files where they are judged again. */
export const clearFiles = async (needs: ArchivingNeeds, what: ToArchive): Promise<readonly ArchivedFile[]> => {
  const { rows } = await needs.pool.query<Omit<ArchivedFile, 'left'>>(TO_CLEAR, [what.again ?? false]);
  const cleared: ArchivedFile[] = [];
  for (const row of rows) {
    const file = { ...row, left: await clear(needs, row, what) };
    what.onFile?.(file);
    cleared.push(file);
  }
  return cleared;
};
