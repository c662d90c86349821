import type { ReactNode } from 'react';
import type { WordId } from '../words/languages';

/** What can be seen of a row, and how. */
export interface Column<Row> {
  readonly id: string;
  readonly heading: WordId;
  readonly show: (row: Row) => ReactNode;
  /** As it stands in a file; absent: not exported. */
  readonly write?: (row: Row) => string | number | null;
  /** A number or an amount, which stands at the end of its cell. */
  readonly isAmount?: boolean;
  /** Seen only by who chooses it. */
  readonly isUnseenAtFirst?: boolean;
}

/** A list of one kind: its name, by which choices are kept on the device, and its columns, of which the first is always seen. */
export interface Columns<Row> {
  readonly list: string;
  readonly of: readonly Column<Row>[];
  readonly rowId: (row: Row) => string;
}
