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

export interface Judging<Row> {
  /** In the order of the file. */
  readonly rows: AsyncIterable<Row>;
  readonly seed: number;
  option(name: string): number;
}

/** A kind of decision that can be judged on a history. */
export interface Kind<Row = unknown> {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly options: readonly KindOption[];
  /** Throws BadCell for a row that cannot be used. */
  rowOf(cells: Cells): Row;
  judge(judging: Judging<Row>): Promise<Judgement>;
  /** Rows that are made up, in the order of the columns: to see the form of a file, and to try the command. */
  sample(chance: Chance): readonly (readonly (string | number)[])[];
}
