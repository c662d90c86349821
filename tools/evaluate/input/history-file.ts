import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { messageOf } from '@cartage/eventsourcing';
import { Trouble } from '../../client/client';
import type { KindTable } from '../kind';
import type { FileRead, RowsRead } from '../output/evaluation';
import type { Filter } from '../request';
import type { BadRows } from './bad-rows';
import type { Cells } from './cells';
import { rowsIn, type TableRead } from './table-file';

const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (error) {
    throw new Trouble(`${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  return hash.digest('hex');
};

export interface FileNeeds {
  readonly path: string;
  /** What the whole names of its columns begin with. */
  readonly prefix: string;
  readonly headings: ReadonlyMap<string, string>;
  readonly filters: readonly Filter[];
  readonly bad: BadRows;
}

/** A file while it is read: its rows as they come, and afterwards how many there were. */
export class HistoryFile<Row> {
  private readonly table: TableRead = { rows: 0, layout: undefined };
  private leftOut = 0;

  private constructor(
    private readonly of: KindTable<Row>,
    private readonly needs: FileNeeds,
    readonly file: FileRead,
  ) {}

  static async opened<Row>(of: KindTable<Row>, needs: FileNeeds): Promise<HistoryFile<Row>> {
    return new HistoryFile(of, needs, { name: basename(needs.path), sha256: await sha256Of(needs.path) });
  }

  /** What no filter leaves out. */
  async *rows(): AsyncGenerator<Row> {
    const [{ columns }, filters] = [this.of, this.ownFilters()];
    const rowOf = (cells: Cells): Row | undefined =>
      filters.every(({ column, form }) => form.test(cells.optional(column) ?? '')) ? this.of.rowOf(cells) : undefined;
    for await (const row of rowsIn({ ...this.needs, columns, open: this.of.open?.form }, rowOf, this.table)) {
      if (row === undefined) this.leftOut += 1;
      else yield row;
    }
  }

  get read(): RowsRead {
    return { read: this.table.rows, leftOut: this.leftOut, unusedColumns: this.table.layout?.unused ?? [] };
  }

  private ownFilters(): readonly Filter[] {
    const { filters, prefix } = this.needs;
    const names = this.of.columns.map(({ name }) => name);
    return filters
      .filter(({ column }) => column.startsWith(prefix) && names.includes(column.slice(prefix.length)))
      .map(({ column, form }) => ({ column: column.slice(prefix.length), form }));
  }
}
