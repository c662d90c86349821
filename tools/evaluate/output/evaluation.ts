import type { BadRow } from '../input/bad-rows';
import type { Judgement } from '../judgement';

/** A judgement, and everything that it follows from. */
export interface Evaluation {
  readonly kind: string;
  readonly title: string;
  readonly seed: number;
  readonly options: Readonly<Record<string, string | number>>;
  readonly file: { readonly name: string; readonly sha256: string };
  readonly rows: { readonly read: number; readonly leftOut: number; readonly unusedColumns: readonly string[] };
  readonly badRows: { readonly count: number; readonly byReason: Readonly<Record<string, number>>; readonly first: readonly BadRow[] };
  readonly judgement: Judgement;
}
