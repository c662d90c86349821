import type { Attestation, VerifyingKey } from '../attestation/attestation';
import { checkAllAttestations, type Checked } from '../attestation/attesting';
import { Chapter, digestOf, digestOfEvents, type KeptEvent } from './chapter';
import type { ArchiveFiles } from './files';
import { CHAPTER_FORMAT, type ChapterManifest } from './manifest';

/** A file that cannot prove anything, and why. */
export interface UnprovenFile {
  readonly file: string;
  readonly why: 'missing' | 'changed' | 'no-manifest' | 'manifest-unreadable';
}

/** What the files of one log prove by themselves. */
export interface ProvenLog extends Checked {
  readonly log: string;
  readonly files: number;
  readonly unproven: readonly UnprovenFile[];
}

const NAME = /^([^/]+)\/(\d{16})-(\d{16})-[0-9a-f]{16}\.(json|ndjson\.gz)$/;

/** A chapter as its manifest tells of it. */
interface NamedChapter {
  readonly file: string;
  readonly manifest: ChapterManifest;
}

const isAttestation = (value: unknown): value is Attestation => {
  const { first, last, signature } = (value ?? {}) as Partial<Record<keyof Attestation, unknown>>;
  return Number.isSafeInteger(first) && Number.isSafeInteger(last) && typeof signature === 'string';
};

/** Whether attestations hold all events of a file, from the first to the last. */
const holdsAll = (attestations: unknown, first: unknown, last: unknown): boolean =>
  Array.isArray(attestations) &&
  attestations.every(isAttestation) &&
  attestations[0]?.first === first &&
  attestations.at(-1)?.last === last;

const isManifest = (value: unknown): value is ChapterManifest => {
  const { format, attestations, digest, first, last } = (value ?? {}) as Partial<Record<keyof ChapterManifest, unknown>>;
  return format === CHAPTER_FORMAT && typeof digest === 'string' && holdsAll(attestations, first, last);
};

const manifestIn = (content: Buffer | undefined): ChapterManifest | undefined => {
  try {
    const value: unknown = JSON.parse(content?.toString('utf8') ?? '');
    return isManifest(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const isKept = (value: unknown): value is KeptEvent => {
  const event = (value ?? {}) as Partial<Record<keyof KeptEvent, unknown>>;
  return [event.stream, event.type, event.id, event.recordedAt, event.data, event.meta].every((each) => typeof each === 'string');
};

/** The events of a file that is the one that its manifest tells of. */
const eventsIn = (content: Buffer, { first, last, digest }: ChapterManifest): readonly KeptEvent[] | undefined => {
  if (digestOf(content) !== digest) return undefined;
  try {
    const chapter = Chapter.of(first, content);
    const events = chapter.between(first, last);
    return chapter.last === last && events.every(isKept) ? events : undefined;
  } catch {
    // Whoever wrote it mended its digest, and what is in it is no event.
    return undefined;
  }
};

/** One after the other through the log. A run that was broken off may have left a shorter file of a place beside the one that counts. */
const inOrder = (chapters: readonly NamedChapter[]): readonly NamedChapter[] => {
  const sorted = chapters.toSorted((a, b) => a.manifest.first - b.manifest.first || b.manifest.last - a.manifest.last);
  const found: NamedChapter[] = [];
  for (const each of sorted) if (each.manifest.first > (found.at(-1)?.manifest.last ?? 0)) found.push(each);
  return found;
};

/** The log as its files tell of it, the chapter in hand being the last that was asked for. */
class FiledLog {
  readonly unproven: UnprovenFile[] = [];
  private chapters: readonly NamedChapter[] = [];
  private open: { readonly file: string; readonly events: Promise<readonly KeptEvent[] | undefined> } | undefined;

  private constructor(
    readonly name: string,
    private readonly files: ArchiveFiles,
  ) {}

  static async of(name: string, names: readonly string[], files: ArchiveFiles): Promise<FiledLog> {
    const log = new FiledLog(name, files);
    await log.read(new Set(names));
    return log;
  }

  get count(): number {
    return this.chapters.length;
  }

  async attestationsAfter(position: number, limit: number): Promise<readonly Attestation[]> {
    return this.chapters
      .flatMap(({ manifest }) => manifest.attestations)
      .filter(({ first }) => first > position)
      .slice(0, limit);
  }

  async stretchOf(first: number, last: number) {
    const chapter = this.chapters.find(({ manifest }) => first >= manifest.first && last <= manifest.last);
    const held = (chapter && (await this.eventsOf(chapter)))?.filter(({ position }) => position >= first && position <= last);
    return held && { first, last, digest: digestOfEvents(held), events: held.length };
  }

  private async read(names: ReadonlySet<string>): Promise<void> {
    const chapters: NamedChapter[] = [];
    for (const name of names) {
      if (name.endsWith('.gz') && !names.has(name.replace(/ndjson\.gz$/, 'json'))) this.unproven.push({ file: name, why: 'no-manifest' });
      if (!name.endsWith('.json')) continue;
      const manifest = manifestIn(await this.files.read(name));
      if (manifest) chapters.push({ file: name.replace(/json$/, 'ndjson.gz'), manifest });
      else this.unproven.push({ file: name, why: 'manifest-unreadable' });
    }
    this.chapters = inOrder(chapters);
  }

  private eventsOf(chapter: NamedChapter): Promise<readonly KeptEvent[] | undefined> {
    if (this.open?.file !== chapter.file) this.open = { file: chapter.file, events: this.opened(chapter) };
    return this.open.events;
  }

  /** Nothing where it is gone, another one, or cannot be read: what was to be in it counts as missing. */
  private async opened({ file, manifest }: NamedChapter): Promise<readonly KeptEvent[] | undefined> {
    const content = await this.files.read(file);
    const events = content && eventsIn(content, manifest);
    if (!events) this.unproven.push({ file, why: content ? 'changed' : 'missing' });
    return events;
  }
}

/**
 * Whether these files are what was signed for, from the first event of each log on: by themselves, with the public key alone. What they cannot tell is whether later files were
 * taken away, all of them: the last event that is proven is for whoever asks to know.
 */
export const proofOf = async (files: ArchiveFiles, key: VerifyingKey): Promise<readonly ProvenLog[]> => {
  const byLog = new Map<string, string[]>();
  for (const name of await files.list()) {
    const log = NAME.exec(name)?.[1];
    if (log !== undefined) byLog.set(log, [...(byLog.get(log) ?? []), name]);
  }
  const proven: ProvenLog[] = [];
  for (const [name, names] of byLog) {
    const log = await FiledLog.of(name, names, files);
    const checked = await checkAllAttestations(log, [key]);
    proven.push({ log: name, files: log.count, ...checked, unproven: log.unproven });
  }
  return proven;
};
