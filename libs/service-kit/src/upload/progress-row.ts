import type { FileProgress } from './slices';

/** How a file stands, as its table has it. */
export interface ProgressRow {
  readonly status: FileProgress['status'];
  readonly records: number;
  readonly imported: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly last_line: number;
  readonly started_at: Date;
  readonly changed_at: Date;
  readonly actor: string;
}

/** Columns of every table of files. */
export const PROGRESS = 'status, records, imported, unchanged, rejected, last_line, started_at, changed_at, actor';

/** Adds a slice once, as `$2` to `$7`, to the file whose `key` is `$1`: it was added before where the file stands behind its last line. */
export const advancing = (table: string, key: string): string => `
  update ${table} set records = records + $2, imported = imported + $3, unchanged = unchanged + $4, rejected = rejected + $5,
    last_line = $6, changed_at = $7
  where ${key} = $1 and last_line < $6`;

export const progressOf = (row: ProgressRow): FileProgress => ({
  status: row.status,
  records: row.records,
  imported: row.imported,
  unchanged: row.unchanged,
  rejected: row.rejected,
  lastLine: row.last_line,
  startedAt: row.started_at.toISOString(),
  changedAt: row.changed_at.toISOString(),
  by: row.actor,
});
