import type { Chance } from '../simulation/random';
import type { Cells } from './input/cells';
import type { Column } from './input/columns';
import type { Judgement } from './judgement';

/** An option of a kind, beside those that all have. Its value is a number. */
export interface KindOption {
  readonly name: string;
  readonly usual: number;
  readonly least: number;
  readonly most: number;
  readonly about: string;
}

/** A table that is judged by: the file itself, or one that stands beside it. */
export interface KindTable<Row = unknown> {
  readonly columns: readonly Column[];
  /** Of a file that may have columns of its own: how they are named. */
  readonly open?: { readonly form: RegExp; readonly about: string; readonly sample: readonly string[] };
  /** Throws BadCell for a row that cannot be used. */
  rowOf(cells: Cells): Row;
  /** Rows that are made up, in the order of the columns: to see the form of a file, and to try the command. */
  sample(chance: Chance): readonly (readonly (string | number)[])[];
}

/** A further file, given by an option of this name. */
export interface KindFile<Row = unknown> extends KindTable<Row> {
  readonly name: string;
  readonly required: boolean;
  readonly about: string;
}

export interface Judging<Row> {
  /** In the order of the file. */
  readonly rows: AsyncIterable<Row>;
  readonly seed: number;
  option(name: string): number;
  /** The rows of a further file; nothing where it was not given. */
  file<Other>(file: KindFile<Other>): AsyncIterable<Other> | undefined;
}

/** A kind of decision that can be judged on a history. */
export interface Kind<Row = unknown> extends KindTable<Row> {
  readonly name: string;
  readonly title: string;
  readonly options: readonly KindOption[];
  readonly files?: readonly KindFile[];
  judge(judging: Judging<Row>): Promise<Judgement>;
}
