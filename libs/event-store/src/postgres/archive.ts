import type { StoredEvent } from '@cartage/eventsourcing';
import type { ClientBase, Pool } from 'pg';
import { bytesOf, Chapter, digestOf, digestOfEvents, storedOfKept, type KeptEvent } from '../archive/chapter';
import type { ArchiveFiles } from '../archive/files';
import type { Stretch } from '../attestation/attestation';
import type { Most, Sized } from './read';

type Sql = Pool | ClientBase;

/** Files that are kept unpacked: whoever reads the log through, or a stream, asks for the same again at once. */
const CHAPTERS_KEPT = 4;

/** Of those that may belong to what is asked for, so many are looked at together. */
const LOOKED_AT = 500;

interface FileRow {
  readonly first: number;
  readonly last: number;
  readonly file: string;
  readonly digest: string;
}

interface PlacesRow {
  readonly nth: number;
  /** Of the last of them. */
  readonly version: number;
  readonly positions: readonly number[];
}

/** Those of one stream that are in the archive. */
export interface Wanted {
  readonly stream: string;
  /** Versions after this one, and before the other. */
  readonly after: number;
  readonly before: number;
}

const MEND = 'put it back from where its copies are';

const FILES = `select first::float8, last::float8, file, digest from log_archive where last >= $1 and first <= $2 order by first`;

const PLACES = `
  select w.nth::integer as nth, a.version, a.positions::float8[] as positions
  from unnest($1::text[], $2::integer[], $3::integer[]) with ordinality as w (stream, after, before, nth)
  join archived_stream a on a.stream = w.stream and a.version > w.after and a.version - cardinality(a.positions) < w.before - 1
  order by w.nth, a.version`;

const BY_ID = `select positions[array_position(ids, $1::uuid)]::float8 as position from archived_stream where ids @> array[$1::uuid] limit 1`;

const CORRELATED = `
  select position::float8 as position from archived_stream, unnest(positions) as position
  where correlations @> array[$1] and position > $2 order by position`;

/** Nothing says where the files are; or one is not there, or is not what was put there. */
export class ArchiveMissing extends Error {
  override readonly name = 'ArchiveMissing';

  constructor(
    readonly lacking: 'place' | 'file' | 'content',
    message: string,
  ) {
    super(message);
  }
}

/**
 * The events that have left the table for files (`archiveLog`): all positions up to some point of the log, so that whoever reads in the order of the log finds
 * each file whole. What of them still belongs to streams that go on is in the table as well.
 */
export class Archive {
  private readonly chapters = new Map<string, Promise<Chapter>>();

  constructor(private readonly files: ArchiveFiles | undefined) {}

  /** The next events after this number, of one file; none where the next is in the table. */
  async after(sql: Sql, number: number, most: Most): Promise<readonly Sized[]> {
    const [chapter] = await this.between(sql, number + 1, number + 1);
    const found: Sized[] = [];
    let bytes = 0;
    for (let at = number + 1; chapter && at <= chapter.last && found.length < most.events && bytes < most.bytes; at += 1) {
      const event = chapter.at(at);
      if (!event) break;
      const size = bytesOf(event);
      bytes += size;
      found.push({ event: storedOfKept(event), size });
    }
    return found;
  }

  async idAt(sql: Sql, number: number): Promise<string | null> {
    return (await this.at(sql, [number]))[0]?.id ?? null;
  }

  /** What of these streams is not in the table, in the order asked. */
  async ofStreams(sql: Sql, wanted: readonly Wanted[]): Promise<readonly (readonly StoredEvent[])[]> {
    const { rows } = await sql.query<PlacesRow>(PLACES, [
      wanted.map(({ stream }) => stream),
      wanted.map(({ after }) => after),
      wanted.map(({ before }) => before),
    ]);
    const places = wanted.map((): number[] => []);
    for (const { nth, version, positions } of rows) {
      const [{ after, before } = { after: 0, before: 0 }, first] = [wanted[nth - 1], version - positions.length + 1];
      places[nth - 1]?.push(...positions.slice(Math.max(after + 1 - first, 0), before - first));
    }
    const found: (readonly StoredEvent[])[] = [];
    for (const each of places) found.push((await this.at(sql, each)).map(storedOfKept));
    return found;
  }

  async find(sql: Sql, id: string): Promise<StoredEvent | undefined> {
    const { rows } = await sql.query<{ position: number }>(BY_ID, [id]);
    const [event] = rows[0] ? await this.at(sql, [rows[0].position]) : [];
    return event && storedOfKept(event);
  }

  async correlated(sql: Sql, correlationId: string, after: number, limit: number): Promise<readonly StoredEvent[]> {
    const { rows } = await sql.query<{ position: number }>(CORRELATED, [correlationId, after]);
    const found: StoredEvent[] = [];
    for (let next = 0; next < rows.length && found.length < limit; next += LOOKED_AT) {
      const some = rows.slice(next, next + LOOKED_AT).map(({ position }) => position);
      const stored = (await this.at(sql, some)).map(storedOfKept);
      found.push(...stored.filter(({ meta }) => meta.correlationId === correlationId));
    }
    return found.slice(0, limit);
  }

  /** Whether the event of this number is in a file. */
  async has(sql: Sql, number: number): Promise<boolean> {
    return (await sql.query<FileRow>(FILES, [number, number])).rows.length > 0;
  }

  /** What the files say of these positions; nothing where a file is gone, and no digest where one is another than was put there. */
  async stretch(sql: Sql, first: number, last: number): Promise<(Stretch & { readonly events: number }) | undefined> {
    try {
      const events = (await this.between(sql, first, last)).flatMap((chapter) => chapter.between(first, last));
      return { first, last, digest: digestOfEvents(events), events: events.length };
    } catch (error) {
      if (!(error instanceof ArchiveMissing) || error.lacking === 'place') throw error;
      return error.lacking === 'file' ? undefined : { first, last, digest: '', events: last - first + 1 };
    }
  }

  /** In ascending order. */
  private async at(sql: Sql, positions: readonly number[]): Promise<readonly KeptEvent[]> {
    const [first, last] = [positions[0], positions.at(-1)];
    if (first === undefined || last === undefined) return [];
    const { rows } = await sql.query<FileRow>(FILES, [first, last]);
    const found: KeptEvent[] = [];
    for (const row of rows) {
      const here = positions.filter((each) => each >= row.first && each <= row.last);
      const chapter = here.length > 0 ? await this.chapter(row) : undefined;
      found.push(...here.flatMap((position) => chapter?.at(position) ?? []));
    }
    return found;
  }

  private async between(sql: Sql, first: number, last: number): Promise<readonly Chapter[]> {
    const { rows } = await sql.query<FileRow>(FILES, [first, last]);
    return Promise.all(rows.map((row) => this.chapter(row)));
  }

  private chapter(row: FileRow): Promise<Chapter> {
    const chapter = this.chapters.get(row.file) ?? this.open(row);
    this.chapters.delete(row.file);
    this.chapters.set(row.file, chapter);
    chapter.catch(() => this.chapters.delete(row.file));
    for (const oldest of this.chapters.keys()) {
      if (this.chapters.size <= CHAPTERS_KEPT) break;
      this.chapters.delete(oldest);
    }
    return chapter;
  }

  private async open({ first, last, file, digest }: FileRow): Promise<Chapter> {
    const what = `Events ${first} to ${last} of this log are in the archive (${file})`;
    if (!this.files) throw new ArchiveMissing('place', `${what}, and nothing says where that is: set LOG_ARCHIVE.`);
    const [{ place }, content] = [this.files, await this.files.read(file)];
    if (!content) throw new ArchiveMissing('file', `${what}, and there is no such file in ${place}: ${MEND}.`);
    if (digestOf(content) !== digest)
      throw new ArchiveMissing('content', `${what}, and that file in ${place} is not as it was written: ${MEND}.`);
    return Chapter.of(first, content);
  }
}
