import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Row, RowWriter } from '../../app/reports/ports';
import type { ReportColumn } from '../../domain/reports/report';
import { parquetColumn, type ParquetColumn } from './parquet-types';

/** Rows wait in memory until there are so many of them: few enough for a small process, enough to be packed well. */
const GROUP_ROWS = 20_000;

/** Parquet with snappy, a group of rows at a time. */
class ParquetRows implements RowWriter {
  private readonly columns: readonly ParquetColumn[];
  private readonly bytes = new ByteWriter();
  private readonly file: ParquetWriter;
  private values: unknown[][] = [];
  private waiting = 0;

  constructor(columns: readonly ReportColumn[]) {
    this.columns = columns.map(parquetColumn);
    const schema = [{ name: 'report', num_children: columns.length }, ...this.columns.map(({ element }) => element)];
    this.file = new ParquetWriter({ writer: this.bytes, schema, codec: 'SNAPPY', createdBy: 'cartage' });
    this.values = this.columns.map(() => []);
  }

  rows(rows: readonly Row[]): Uint8Array {
    for (const row of rows) {
      this.add(row);
      if (this.waiting === GROUP_ROWS) this.writeGroup();
    }
    return this.taken();
  }

  end(): Uint8Array {
    this.writeGroup();
    void this.file.finish();
    return this.taken();
  }

  private add(row: Row): void {
    this.waiting += 1;
    for (const [i, column] of this.columns.entries()) {
      const text = row[i] ?? null;
      this.values[i]?.push(text === null ? null : column.valueOf(text));
    }
  }

  private writeGroup(): void {
    const columnData = this.columns.map(({ element: { name } }, i) => ({ name, data: this.values[i] ?? [] }));
    if (this.waiting > 0) void this.file.write({ columnData, rowGroupSize: this.waiting });
    this.waiting = 0;
    this.values = this.columns.map(() => []);
  }

  /** What was written so far; positions in the file count on. */
  private taken(): Uint8Array {
    const copy = Uint8Array.from(this.bytes.getBytes());
    this.bytes.index = 0;
    return copy;
  }
}

export const parquetWriter = (columns: readonly ReportColumn[]): RowWriter => new ParquetRows(columns);
