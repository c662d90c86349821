import type { BadRow } from '../input/bad-rows';
import type { Judgement } from '../judgement';

export interface FileRead {
  readonly name: string;
  readonly sha256: string;
}

export interface RowsRead {
  readonly read: number;
  readonly leftOut: number;
  readonly unusedColumns: readonly string[];
}

/** A judgement, and everything that it follows from. */
export interface Evaluation {
  readonly kind: string;
  readonly title: string;
  readonly seed: number;
  readonly options: Readonly<Record<string, string | number>>;
  readonly file: FileRead;
  readonly rows: RowsRead;
  /** Of kinds that are judged by more than one file. */
  readonly files?: Readonly<Record<string, FileRead & RowsRead>>;
  readonly badRows: { readonly count: number; readonly byReason: Readonly<Record<string, number>>; readonly first: readonly BadRow[] };
  readonly judgement: Judgement;
}
