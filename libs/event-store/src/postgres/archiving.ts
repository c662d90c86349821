import { tryAdvisoryLock } from '@cartage/postgres';
import { Chapter, digestOf, digestOfEvents, packed, type KeptEvent } from '../archive/chapter';
import { CHAPTER_FORMAT, type ChapterManifest } from '../archive/manifest';
import type { Attestation } from '../attestation/attestation';
import { attestedLogIn } from './attested-log';
import { clearFiles, type ArchivedLog, type ArchivingNeeds, type ToArchive } from './clearing';

/** Events in a file, about: few enough that a stream is found again within some milliseconds. */
const MOST_EVENTS = 5_000;
const ATTESTATIONS_AT_ONCE = 200;

const ROWS = `
  select position::float8 as position, stream, version, sequence, id, type, extract(epoch from recorded_at)::float8 * 1000 as recorded,
    data::text as data, meta::text as meta
  from events where position between $1 and $2 order by position`;

const END = 'select coalesce(max(last), 0)::float8 as last from log_archive';

const OLD_ENOUGH = `
  select position::float8 as position from events
  where position = any($1) and recorded_at < $2 and position < (select max(position) from events) order by position`;

const KEEP = `
  insert into log_archive (first, last, file, digest, bytes, archived_at) values ($1, $2, $3, $4, $5, $6) on conflict (first) do nothing`;

type Row = Omit<KeptEvent, 'recordedAt'> & { readonly recorded: number };

const keptOf = ({ recorded, ...row }: Row): KeptEvent => ({ ...row, recordedAt: new Date(Math.round(recorded)).toISOString() });

/** Of these, those from the end of the archive on that fit into one file, as far as all are old enough. */
const fitting = (attestations: readonly Attestation[], end: number, old: ReadonlySet<number>): readonly Attestation[] => {
  const tooNew = attestations.findIndex(({ last }) => !old.has(last));
  const enough = tooNew === -1 ? attestations : attestations.slice(0, tooNew);
  return enough.filter(({ last }, i) => i === 0 || last - end <= MOST_EVENTS);
};

/** What goes into the next file: whole attestations, old enough; none where there are none. */
const nextAttestations = async ({ pool, name }: ArchivingNeeds, before: Date): Promise<readonly Attestation[]> => {
  const end = (await pool.query<{ last: number }>(END)).rows[0]?.last ?? 0;
  const attestations = await attestedLogIn(pool, name).attestationsAfter(end, ATTESTATIONS_AT_ONCE);
  const unlinked = attestations.find(({ first }, i) => first !== (attestations[i - 1]?.last ?? end) + 1);
  if (unlinked) throw notAttested(name, unlinked);
  const lasts = attestations.map(({ last }) => last);
  const { rows } = await pool.query<{ position: number }>(OLD_ENOUGH, [lasts, before]);
  return fitting(attestations, end, new Set(rows.map(({ position }) => position)));
};

const notAttested = (name: string, { first, last }: { readonly first: number; readonly last: number }): Error =>
  new Error(
    `Events ${first} to ${last} of ${name} are not what was signed for, and stay where they are: \`npm run log -- verify --log ${name}\`.`,
  );

/** What was signed for, out of the table; throws for anything else. */
const signedEvents = async ({ pool, name }: ArchivingNeeds, attestations: readonly Attestation[]): Promise<readonly KeptEvent[]> => {
  const { rows } = await pool.query<Row>(ROWS, [attestations[0]?.first, attestations.at(-1)?.last]);
  const events = rows.map(keptOf);
  for (const attestation of attestations) {
    const { first, last, digest } = attestation;
    const held = events.filter(({ position }) => position >= first && position <= last);
    if (held.length !== last - first + 1 || digestOfEvents(held) !== digest) throw notAttested(name, attestation);
  }
  return events;
};

const padded = (position: number): string => String(position).padStart(16, '0');

const isOf = (content: Buffer, first: number, last: number, said: string): boolean => {
  try {
    const chapter = Chapter.of(first, content);
    return chapter.last === last && digestOfEvents(chapter.between(first, last)) === said;
  } catch {
    return false;
  }
};

interface NextChapter {
  readonly events: readonly KeptEvent[];
  readonly attestations: readonly Attestation[];
  readonly first: number;
  readonly last: number;
}

/** Puts a file there unless the same is there already, and reads it again to be sure of it. Its name says what is in it, so that no two logs ever write to one. */
const writeContent = async ({ name, files }: ArchivingNeeds, { events, first, last }: NextChapter) => {
  const said = digestOfEvents(events);
  const file = `${name}/${padded(first)}-${padded(last)}-${said.slice(0, 16)}.ndjson.gz`;
  const there = async (): Promise<Buffer | undefined> => {
    const content = await files.read(file);
    return content && isOf(content, first, last, said) ? content : undefined;
  };
  if (!(await there())) await files.write(file, packed(events));
  const content = await there();
  if (content) return { file, digest: digestOf(content), bytes: content.length };
  throw new Error(`${file} cannot be read again from ${files.place} as it was written: nothing was taken out of the log.`);
};

const writeChapter = async (needs: ArchivingNeeds, chapter: NextChapter) => {
  const written = await writeContent(needs, chapter);
  const { first, last, events, attestations } = chapter;
  const manifest: ChapterManifest = {
    ...{ format: CHAPTER_FORMAT, log: needs.name, first, last, events: events.length },
    ...{ digest: written.digest, attestations },
  };
  const beside = written.file.replace(/ndjson\.gz$/, 'json');
  await needs.files.write(beside, Buffer.from(`${JSON.stringify(manifest, undefined, 1)}\n`));
  return written;
};

const archive = async (needs: ArchivingNeeds, what: ToArchive): Promise<ArchivedLog> => {
  const files = [...(await clearFiles(needs, what))];
  for (;;) {
    const attestations = await nextAttestations(needs, what.before);
    const [next, last] = [attestations[0], attestations.at(-1)];
    if (!next || !last) return { log: needs.name, files };
    const chapter = { attestations, first: next.first, last: last.last, events: await signedEvents(needs, attestations) };
    const { file, digest, bytes } = await writeChapter(needs, chapter);
    await needs.pool.query(KEEP, [chapter.first, chapter.last, file, digest, bytes, needs.now()]);
    files.push(...(await clearFiles(needs, { ...what, again: false })));
  }
};

/**
 * Moves what is old into files, from the beginning of the log on, as far as it is attested: first a file with all events of a stretch, which is read again and
 * compared with what was signed for; then it is written down where it is; then the streams in it that are over leave the table. Broken off at any place it is
 * begun again: what is in a file and still in the table counts once, for the order of the log is read from the file and a stream from the table.
 */
export const archiveLog = async (needs: ArchivingNeeds, what: ToArchive): Promise<ArchivedLog> => {
  const client = await needs.pool.connect();
  try {
    if (!(await tryAdvisoryLock(client, `cartage.archive.${needs.name}`)))
      throw new Error(`Somebody else archives the log of ${needs.name} now.`);
    return await archive(needs, what);
  } finally {
    // Closing the connection is the one way to give the lock back that cannot fail.
    client.release(true);
  }
};
