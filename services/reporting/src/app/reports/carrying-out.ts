import { createHash, type Hash } from 'node:crypto';
import { Refused } from '@cartage/eventsourcing';
import { requireColumns, type Format, type ReportColumn } from '../../domain/reports/report';
import { fileName, type PlannedRun, type ReportFile } from '../../domain/reports/run';
import type { Answering, FileStore, NewFile, OpenAnswer, Row, RowWriter, RunEnding } from './ports';

export interface CarryingOutNeeds {
  readonly answering: Answering;
  readonly store: FileStore;
  readonly writerOf: (format: Format, columns: readonly ReportColumn[]) => RowWriter;
  /** More rows than that, or more bytes in one file, are no report. */
  readonly most: { readonly rows: number; readonly bytes: number };
}

interface Written {
  readonly format: Format;
  readonly name: string;
  readonly file: NewFile;
  readonly writer: RowWriter;
  readonly most: number;
}

/** One file of a run, as far as it is written. */
class FileInHand {
  private bytes = 0;
  private readonly hash: Hash = createHash('sha256');

  constructor(private readonly of: Written) {}

  rows(rows: readonly Row[]): Promise<void> {
    return this.write(this.of.writer.rows(rows));
  }

  async finish(): Promise<ReportFile> {
    const { format, name, file, writer } = this.of;
    await this.write(writer.end());
    await file.finish();
    return { format, name, bytes: this.bytes, sha256: this.hash.digest('hex') };
  }

  abort(): Promise<void> {
    return this.of.file.abort();
  }

  private async write(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return;
    this.bytes += bytes.length;
    if (this.bytes > this.of.most) throw tooLarge(`${Math.floor(this.of.most / 1_000_000)} MB in one file`, 'REPORTS_MOST_MB');
    this.hash.update(bytes);
    await this.of.file.write(bytes);
  }
}

const tooLarge = (what: string, setting: string): Refused =>
  new Refused('REPORT_TOO_LARGE', `It comes to more than ${what}: ask for less, or have ${setting} raised.`, 'invalid');

const written = async (answer: OpenAnswer, files: readonly FileInHand[], most: number): Promise<number> => {
  let count = 0;
  for (;;) {
    const rows = await answer.next();
    if (rows.length === 0) return count;
    count += rows.length;
    if (count > most) throw tooLarge(`${most} rows`, 'REPORTS_MOST_ROWS');
    for (const file of files) await file.rows(rows);
  }
};

const opened = async ({ store, writerOf, most }: CarryingOutNeeds, run: PlannedRun, columns: readonly ReportColumn[]) => {
  const files: FileInHand[] = [];
  try {
    for (const format of run.definition.formats) {
      const name = fileName(run, format);
      files.push(new FileInHand({ format, name, file: await store.create(name), writer: writerOf(format, columns), most: most.bytes }));
    }
    return files;
  } catch (error) {
    await abortAll(files);
    throw error;
  }
};

/** What cannot even be given up is nothing that anybody sees. */
const abortAll = async (files: readonly FileInHand[]): Promise<void> => void (await Promise.allSettled(files.map((file) => file.abort())));

/** Asks, and writes what is answered as it comes. The files are there when all of it is written; of a run that fails there is none. */
export const carriedOut = async (needs: CarryingOutNeeds, run: PlannedRun, signal: AbortSignal): Promise<RunEnding> => {
  const answer = await needs.answering.open({ sql: run.definition.sql, values: run.values }, signal);
  try {
    requireColumns(answer.columns);
    const inHand = await opened(needs, run, answer.columns);
    try {
      const rows = await written(answer, inHand, needs.most.rows);
      const files: ReportFile[] = [];
      for (const file of inHand) files.push(await file.finish());
      return { state: 'done', rows, files };
    } catch (error) {
      await abortAll(inHand);
      throw error;
    }
  } finally {
    await answer.close();
  }
};
