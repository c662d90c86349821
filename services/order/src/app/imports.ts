import { Refused, type Meta } from '@cartage/eventsourcing';
import { countsOf, faultsOf, takenFile, type FileProgress, type LineFault, type SliceCounts } from '@cartage/service-kit';
import type { ImportOrders, ImportedPlacement } from './import-orders';

/** Why a line of a file was not taken. */
export interface Rejection extends LineFault {
  /** As it was sent; null where it has none. */
  readonly externalOrderId: string | null;
}

/** How an import stands. */
export interface ImportState extends FileProgress {
  readonly importId: string;
  readonly kind: 'orders';
}

/** A record of a file: an order that ended elsewhere, or why the line is none. */
export type ImportLine =
  | { readonly line: number; readonly externalOrderId: string | null; readonly order: ImportedPlacement }
  | { readonly line: number; readonly externalOrderId: string | null; readonly refused: Refused };

/** What a slice of a file came to. */
export interface Slice extends SliceCounts {
  readonly rejections: readonly Rejection[];
}

/** The port to the tables of imports. */
export interface ImportTable {
  /** Begins, or goes on; answers how it stands. Refuses one that somebody else has in hand. */
  begin(importId: string, by: string): Promise<ImportState>;
  /** A slice is done: its counts and rejections, together. */
  advance(importId: string, slice: Slice): Promise<void>;
  end(importId: string, status: 'done' | 'broken-off'): Promise<ImportState>;
  find(importId: string): Promise<ImportState | undefined>;
  list(after: readonly [string, string] | undefined, limit: number): Promise<readonly ImportState[]>;
  rejections(importId: string, after: number, limit: number): Promise<readonly (Rejection & { readonly number: number })[]>;
}

export interface ImportsNeeds {
  readonly table: ImportTable;
  readonly take: ImportOrders;
}

/** So many lines are in memory at once, and share round trips. */
const SLICE = 100;

type Outcome = 'imported' | 'unchanged' | Refused;

const sliceOf = (lines: readonly ImportLine[], outcomes: readonly Outcome[]): Slice => {
  const counted = (is: (outcome: Outcome) => boolean): number => outcomes.filter(is).length;
  const isRefused = (outcome: Outcome): boolean => outcome instanceof Refused;
  return {
    ...countsOf(lines, { imported: counted((outcome) => outcome === 'imported'), rejected: counted(isRefused) }),
    rejections: lines.flatMap(({ line, externalOrderId }, i) => {
      const outcome = outcomes[i];
      return outcome instanceof Refused ? faultsOf(outcome).map((fault) => ({ line, externalOrderId, ...fault })) : [];
    }),
  };
};

export class Imports {
  constructor(private readonly needs: ImportsNeeds) {}

  /**
   * Takes a file as it comes in, a slice at a time. An order is named by its channel and number, so that a line that comes again changes nothing; what was
   * counted is counted with its slice. One that broke off goes on behind the last slice when the same file is sent again.
   */
  async run(importId: string, lines: AsyncIterable<ImportLine>, meta: Meta): Promise<ImportState> {
    const { table } = this.needs;
    return takenFile(await table.begin(importId, meta.actor), {
      size: SLICE,
      lines: () => lines,
      take: (slice) => this.taken(importId, slice, meta),
      advance: (slice) => table.advance(importId, slice),
      end: (status) => table.end(importId, status),
    });
  }

  async find(importId: string): Promise<ImportState> {
    const found = await this.needs.table.find(importId);
    if (found) return found;
    throw new Refused('IMPORT_UNKNOWN', `There is no import ${importId}.`, 'unknown');
  }

  list(...asked: Parameters<ImportTable['list']>): ReturnType<ImportTable['list']> {
    return this.needs.table.list(...asked);
  }

  async rejections(...asked: Parameters<ImportTable['rejections']>): ReturnType<ImportTable['rejections']> {
    await this.find(asked[0]);
    return this.needs.table.rejections(...asked);
  }

  private async taken(importId: string, lines: readonly ImportLine[], meta: Meta): Promise<Slice> {
    const outcomes = await Promise.all(
      lines.map((each): Outcome | Promise<Outcome> => ('refused' in each ? each.refused : this.needs.take(importId, each.order, meta))),
    );
    return sliceOf(lines, outcomes);
  }
}
