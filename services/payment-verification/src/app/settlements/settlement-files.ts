import { Refused, type Meta } from '@cartage/eventsourcing';
import {
  countsOf,
  faultsOf,
  LineNames,
  takenFile,
  type FileProgress,
  type LineFault,
  type MappedRecord,
  type SliceCounts,
} from '@cartage/service-kit';
import type { SettlementLine } from '../../domain/settlements/line';
import type { SettlementSource } from '../../domain/settlements/sources';
import { readLine } from './line-reading';
import type { SettlementLookups } from './lookups';

/** How the import of a file stands. */
export interface SettlementFile extends FileProgress {
  readonly fileId: string;
  /** That it is a part of: its own, unless it mends rows of another one. */
  readonly settlementId: string;
  readonly source: string;
}

/** What a slice of a file came to. */
export interface FileSlice extends SliceCounts {
  readonly rejections: readonly LineFault[];
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
  ): Promise<readonly (LineFault & { readonly number: number; readonly fileId: string })[]>;
}

/** A record of a file, or why a line is none. */
export type FileLine = { readonly line: number; readonly value: MappedRecord } | { readonly line: number; readonly refused: Refused };

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

interface Numbered {
  readonly line: number;
  readonly read: ReadLine;
}

const rejectionsIn = (slice: readonly Numbered[]): readonly LineFault[] =>
  slice.flatMap(({ line, read }) => (read instanceof Refused ? faultsOf(read).map((fault) => ({ line, ...fault })) : []));

const linesIn = (slice: readonly Numbered[]): readonly SettlementLine[] =>
  slice.flatMap(({ read }) => (read instanceof Refused ? [] : [read]));

/** Takes files of settlements, whatever their size. */
export class SettlementFiles {
  constructor(private readonly needs: FilesNeeds) {}

  /** The same file twice changes nothing; one that broke off goes on behind its last slice. */
  async take({ source, hash, records, mends }: FileToTake, meta: Meta): Promise<SettlementFile> {
    const { table, idFor } = this.needs;
    const fileId = idFor('settlement-file', source.source, hash);
    const settlementId = mends === undefined ? fileId : await this.settlementOf(mends);
    const begun = await table.begin({ fileId, settlementId, source: source.source, by: meta.actor });
    return takenFile(begun, {
      size: SLICE,
      lines: () => this.read(records(), { ...begun, mapping: source.mapping }),
      take: (slice) => this.taken(slice, begun.settlementId, meta),
      advance: (slice) => table.advance(begun, slice),
      end: (status) => table.end(fileId, status),
    });
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
      ...countsOf(slice, { imported: fresh.length, rejected }),
      rejections: rejectionsIn(slice),
      repeats: [...known].filter(([, first]) => first !== settlementId).map(([lineId]) => lineId),
    };
  }

  /** All of them, from the first: what a line is called may hang on those before it. */
  private async *read(
    records: AsyncIterable<FileLine>,
    { settlementId, source, mapping }: Pick<SettlementFile, 'settlementId' | 'source'> & Pick<SettlementSource, 'mapping'>,
  ): AsyncGenerator<Numbered> {
    await this.needs.caughtUp();
    const names = new LineNames(this.needs.idFor, ['settlement-line', source]);
    for await (const record of records)
      yield {
        line: record.line,
        read: 'refused' in record ? record.refused : lineOf(record.value, { mapping, names, settlementId, source }),
      };
  }
}

const lineOf = (
  value: MappedRecord,
  {
    mapping,
    names,
    settlementId,
    source,
  }: Pick<SettlementSource, 'mapping'> & { readonly names: LineNames; readonly settlementId: string; readonly source: string },
): ReadLine => {
  try {
    const draft = readLine(value, mapping);
    const { number, ...said } = draft;
    const lineId = number === undefined ? names.saying(said) : names.numbered(said.kind, number);
    return { ...said, lineId, settlementId, source };
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
};
