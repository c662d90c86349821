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
import type { NameId } from '../../domain/carrier-invoices/bill-events';
import type { InvoiceLine } from '../../domain/carrier-invoices/invoice-line';
import type { CarrierTerms } from '../../domain/carrier-invoices/terms';
import { readCharges, type DraftCharge } from './invoice-reading';

/** How the import of a file stands. */
export interface InvoiceFile extends FileProgress {
  readonly fileId: string;
  readonly carrier: string;
}

export interface InvoiceSlice extends SliceCounts {
  readonly rejections: readonly LineFault[];
}

export type InvoiceRejection = LineFault & { readonly number: number };

/** The port to the tables of files. */
export interface InvoiceFileTable {
  /** Begins, or goes on; answers how it stands. Refuses while a file of the same carrier is in somebody’s hand. */
  begin(file: Pick<InvoiceFile, 'fileId' | 'carrier' | 'by'>): Promise<InvoiceFile>;
  /** A slice is done: its counts and rejections, together and once. */
  advance(fileId: string, slice: InvoiceSlice): Promise<void>;
  end(fileId: string, status: 'done' | 'broken-off'): Promise<InvoiceFile>;
  find(fileId: string): Promise<InvoiceFile | undefined>;
  list(after: readonly [startedAt: string, fileId: string] | undefined, limit: number): Promise<readonly InvoiceFile[]>;
  rejections(fileId: string, after: number, limit: number): Promise<readonly InvoiceRejection[]>;
}

/** A record of a file, or why a line is none. */
export type FileLine = { readonly line: number; readonly value: MappedRecord } | { readonly line: number; readonly refused: Refused };

export interface InvoiceFilesNeeds {
  readonly table: InvoiceFileTable;
  /** Which of these lines are here. */
  readonly known: (lineIds: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly take: (lines: readonly InvoiceLine[], terms: CarrierTerms, meta: Meta) => Promise<void>;
  readonly idFor: NameId;
  /** Waits until everything that was written is shown: lines and labels that are here are found. */
  readonly caughtUp: () => Promise<void>;
}

export interface FileToTake {
  readonly terms: CarrierTerms;
  /** Names it by what it holds. */
  readonly hash: string;
  readonly records: () => AsyncIterable<FileLine>;
}

/** So many rows are in memory at once, and share round trips. */
const SLICE = 500;

interface Row {
  readonly line: number;
  readonly read: readonly InvoiceLine[] | Refused;
}

const linesIn = (slice: readonly Row[]): readonly InvoiceLine[] => slice.flatMap(({ read }) => (read instanceof Refused ? [] : read));

const rejectionsIn = (slice: readonly Row[]): readonly LineFault[] =>
  slice.flatMap(({ line, read }) => (read instanceof Refused ? faultsOf(read).map((fault) => ({ line, ...fault })) : []));

/** Takes files of carriers’ invoices, whatever their size. */
export class InvoiceFiles {
  constructor(private readonly needs: InvoiceFilesNeeds) {}

  /** The same file twice changes nothing; one that broke off goes on behind its last slice. */
  async take({ terms, hash, records }: FileToTake, meta: Meta): Promise<InvoiceFile> {
    const { table, idFor } = this.needs;
    const fileId = idFor('carrier-invoice-file', terms.carrier, hash);
    const begun = await table.begin({ fileId, carrier: terms.carrier, by: meta.actor });
    return takenFile(begun, {
      size: SLICE,
      lines: () => this.read(records(), terms),
      take: (slice) => this.taken(slice, terms, meta),
      advance: (slice) => table.advance(fileId, slice),
      end: (status) => table.end(fileId, status),
    });
  }

  async find(fileId: string): Promise<InvoiceFile> {
    const found = await this.needs.table.find(fileId);
    if (found) return found;
    throw new Refused('INVOICE_FILE_UNKNOWN', `There is no file ${fileId}.`, 'unknown');
  }

  /** A row is new where any charge of it is. */
  private async taken(slice: readonly Row[], terms: CarrierTerms, meta: Meta): Promise<InvoiceSlice> {
    const lines = new Map(linesIn(slice).map((line) => [line.lineId, line]));
    const known = await this.needs.known([...lines.keys()]);
    const fresh = [...lines.values()].filter(({ lineId }) => !known.has(lineId));
    if (fresh.length > 0) await this.needs.take(fresh, terms, meta);
    const [rejected, imported] = [
      slice.filter(({ read }) => read instanceof Refused).length,
      slice.filter(({ read }) => !(read instanceof Refused) && read.some(({ lineId }) => !known.has(lineId))).length,
    ];
    return { ...countsOf(slice, { imported, rejected }), rejections: rejectionsIn(slice) };
  }

  /** All of them, from the first: what a line is called may hang on those before it. */
  private async *read(records: AsyncIterable<FileLine>, terms: CarrierTerms): AsyncGenerator<Row> {
    await this.needs.caughtUp();
    const names = new LineNames(this.needs.idFor, ['carrier-invoice-line', terms.carrier]);
    for await (const record of records)
      yield { line: record.line, read: 'refused' in record ? record.refused : this.charges(record.value, terms, names) };
  }

  private charges(value: MappedRecord, { carrier, mapping }: CarrierTerms, names: LineNames): Row['read'] {
    try {
      return readCharges(value, mapping).map(({ number, ...draft }) => ({
        ...{ ...draft, carrier, lineId: nameIn(names, draft, number) },
        invoiceId: this.needs.idFor('carrier-invoice', carrier, draft.invoice),
      }));
    } catch (error) {
      if (error instanceof Refused) return error;
      throw error;
    }
  }
}

/** The numbers of rows are those of their invoice. */
const nameIn = (names: LineNames, draft: Omit<DraftCharge, 'number'>, number: string | undefined): string =>
  number === undefined ? names.saying(draft) : names.numbered(draft.invoice, number, draft.kind, draft.charge ?? '');
