import { canonicalJson, Refused, type FieldError, type Meta } from '@cartage/eventsourcing';
import type { SettlementLine } from '../../domain/settlements/line';
import { readLine, type DraftLine, type FileRecord } from '../../domain/settlements/reading';
import type { SettlementSource } from '../../domain/settlements/sources';
import type { SettlementLookups } from './lookups';

/** How the import of a file stands. Counts are of records, from the first line of the file. */
export interface SettlementFile {
  readonly fileId: string;
  /** That it is a part of: its own, unless it mends rows of another one. */
  readonly settlementId: string;
  readonly source: string;
  /** `broken-off`: send the same file again, and it goes on behind `lastLine`. */
  readonly status: 'running' | 'done' | 'broken-off';
  readonly records: number;
  readonly imported: number;
  /** Were here before. */
  readonly unchanged: number;
  readonly rejected: number;
  readonly lastLine: number;
  readonly startedAt: string;
  readonly changedAt: string;
  readonly by: string;
}

export interface FileRejection extends FieldError {
  readonly line: number;
}

/** What a slice of a file came to. */
export interface FileSlice {
  readonly lastLine: number;
  readonly records: number;
  readonly imported: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly rejections: readonly FileRejection[];
  /** Lines that came in another settlement first, and are a part of this one, too. */
  readonly repeats: readonly string[];
}

/** The port to the tables of files. */
export interface FileTable {
  /** Begins, or goes on; answers how it stands. Refuses while a file of the same source is in somebody’s hand. */
  begin(file: Pick<SettlementFile, 'fileId' | 'settlementId' | 'source' | 'by'>): Promise<SettlementFile>;
  /** A slice is done: its counts and rejections, together and once. */
  advance(file: Pick<SettlementFile, 'fileId' | 'settlementId'>, slice: FileSlice): Promise<void>;
  end(fileId: string, status: 'done' | 'broken-off'): Promise<SettlementFile>;
  find(fileId: string): Promise<SettlementFile | undefined>;
  list(after: readonly [startedAt: string, fileId: string] | undefined, limit: number): Promise<readonly SettlementFile[]>;
  filesOf(settlementId: string): Promise<readonly SettlementFile[]>;
  rejections(
    settlementId: string,
    after: number,
    limit: number,
  ): Promise<readonly (FileRejection & { readonly number: number; readonly fileId: string })[]>;
}

/** A record of a file, or why a line is none. */
export type FileLine = { readonly line: number; readonly value: FileRecord } | { readonly line: number; readonly refused: Refused };

export interface FilesNeeds {
  readonly table: FileTable;
  readonly lookups: Pick<SettlementLookups, 'known'>;
  readonly take: (lines: readonly SettlementLine[], meta: Meta) => Promise<void>;
  readonly idFor: (...parts: readonly string[]) => string;
  /** Waits until everything that was written is shown: lines that are here are found. */
  readonly caughtUp: () => Promise<void>;
}

/** A file that is to be taken. `hash` names it by what it holds. */
export interface FileToTake {
  readonly source: SettlementSource;
  readonly hash: string;
  readonly records: () => AsyncIterable<FileLine>;
  /** The settlement whose rows it mends. */
  readonly mends?: string;
}

/** So many lines are in memory at once, and share round trips. */
const SLICE = 500;

type ReadLine = SettlementLine | Refused;

/** What a line is called: its number at the source, or what it says and which one of those it is that say the same. */
class Names {
  private readonly seen = new Map<string, number>();

  constructor(
    private readonly source: string,
    private readonly idFor: FilesNeeds['idFor'],
  ) {}

  of({ number, ...draft }: DraftLine): string {
    if (number !== undefined) return this.idFor('settlement-line', this.source, draft.kind, number);
    const said = this.idFor('settlement-line', this.source, canonicalJson(draft));
    const times = (this.seen.get(said) ?? 0) + 1;
    this.seen.set(said, times);
    return times === 1 ? said : this.idFor('settlement-line', said, String(times));
  }
}

const faultsOf = ({ code, message, errors }: Refused): readonly FieldError[] =>
  errors.length > 0 ? errors : [{ field: '', code, message }];

interface Numbered {
  readonly line: number;
  readonly read: ReadLine;
}

const rejectionsIn = (slice: readonly Numbered[]): readonly FileRejection[] =>
  slice.flatMap(({ line, read }) => (read instanceof Refused ? faultsOf(read).map((fault) => ({ line, ...fault })) : []));

const linesIn = (slice: readonly Numbered[]): readonly SettlementLine[] =>
  slice.flatMap(({ read }) => (read instanceof Refused ? [] : [read]));

/** Takes files of settlements, whatever their size. */
export class SettlementFiles {
  constructor(private readonly needs: FilesNeeds) {}

  /** The same file twice changes nothing; one that broke off goes on behind its last slice. */
  async take({ source, hash, records, mends }: FileToTake, meta: Meta): Promise<SettlementFile> {
    const { table, idFor, caughtUp } = this.needs;
    const fileId = idFor('settlement-file', source.source, hash);
    const settlementId = mends === undefined ? fileId : await this.settlementOf(mends);
    const begun = await table.begin({ fileId, settlementId, source: source.source, by: meta.actor });
    if (begun.status === 'done') return begun;
    try {
      await caughtUp();
      for await (const slice of this.slices(records(), { ...begun, mapping: source.mapping }))
        await table.advance(begun, await this.taken(slice, begun.settlementId, meta));
      return await table.end(fileId, 'done');
    } catch (error) {
      await table.end(fileId, 'broken-off');
      throw error;
    }
  }

  async find(settlementId: string): Promise<SettlementFile> {
    const found = await this.needs.table.find(settlementId);
    if (found) return found;
    throw new Refused('SETTLEMENT_UNKNOWN', `There is no settlement ${settlementId}.`, 'unknown');
  }

  private async settlementOf(mended: string): Promise<string> {
    return (await this.find(mended)).settlementId;
  }

  private async taken(slice: readonly Numbered[], settlementId: string, meta: Meta): Promise<FileSlice> {
    const lines = new Map(linesIn(slice).map((line) => [line.lineId, line]));
    const known = await this.needs.lookups.known([...lines.keys()]);
    const fresh = [...lines.values()].filter(({ lineId }) => !known.has(lineId));
    if (fresh.length > 0) await this.needs.take(fresh, meta);
    const rejected = slice.filter(({ read }) => read instanceof Refused).length;
    return {
      lastLine: slice.at(-1)?.line ?? 0,
      records: slice.length,
      imported: fresh.length,
      unchanged: slice.length - rejected - fresh.length,
      rejected,
      rejections: rejectionsIn(slice),
      repeats: [...known].filter(([, first]) => first !== settlementId).map(([lineId]) => lineId),
    };
  }

  private async *slices(
    records: AsyncIterable<FileLine>,
    {
      lastLine,
      settlementId,
      source,
      mapping,
    }: Pick<SettlementFile, 'lastLine' | 'settlementId' | 'source'> & Pick<SettlementSource, 'mapping'>,
  ): AsyncGenerator<readonly Numbered[]> {
    const names = new Names(source, this.needs.idFor);
    let slice: Numbered[] = [];
    for await (const record of records) {
      const read = 'refused' in record ? record.refused : lineOf(record.value, { mapping, names, settlementId, source });
      if (record.line <= lastLine) continue;
      slice.push({ line: record.line, read });
      if (slice.length < SLICE) continue;
      yield slice;
      slice = [];
    }
    if (slice.length > 0) yield slice;
  }
}

const lineOf = (
  value: FileRecord,
  {
    mapping,
    names,
    settlementId,
    source,
  }: Pick<SettlementSource, 'mapping'> & { readonly names: Names; readonly settlementId: string; readonly source: string },
): ReadLine => {
  try {
    const draft = readLine(value, mapping);
    const { number: _, ...said } = draft;
    return { ...said, lineId: names.of(draft), settlementId, source };
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
};
