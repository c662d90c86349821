import type { Report, ReportColumn, ReportDefinition, Schedule } from '../../domain/reports/report';
import type { PlannedRun, ReportFile, Run, RunState } from '../../domain/reports/run';

/** Cells as Postgres writes them; null where there is nothing. */
export type Row = readonly (string | null)[];

/** An answer, read bit by bit. */
export interface OpenAnswer {
  readonly columns: readonly ReportColumn[];
  /** The next rows, as many as fit a bound of bytes; none at the end. Throws `Refused` for what the SQL is at fault for. */
  next(): Promise<readonly Row[]>;
  close(): Promise<void>;
}

export interface Question {
  readonly sql: string;
  readonly values: readonly string[];
}

/** Asks the numbers as somebody who may read their public names and nothing else, in one statement that changes nothing. */
export interface Answering {
  /** Throws `Refused` with the place in the SQL where it is wrong. */
  open(question: Question, signal: AbortSignal): Promise<OpenAnswer>;
}

/** A file that is being written. */
export interface NewFile {
  write(bytes: Uint8Array): Promise<void>;
  /** From now on it is there, whole. */
  finish(): Promise<void>;
  /** It never was. */
  abort(): Promise<void>;
}

/** Where files are kept; every adapter passes `fileStoreContract`. `Away` while it cannot be reached. */
export interface FileStore {
  create(name: string): Promise<NewFile>;
  read(name: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** One that is not there is removed already. */
  remove(name: string): Promise<void>;
}

/** Turns rows into the bytes of a file, bit by bit. */
export interface RowWriter {
  rows(rows: readonly Row[]): Uint8Array;
  end(): Uint8Array;
}

/** The first time after this one. Throws `Refused` for what no clock ever shows. */
export type NextTime = (schedule: Schedule, after: Date) => Date;

export interface PutReport extends ReportDefinition {
  readonly name: string;
  readonly columns: readonly ReportColumn[];
  readonly by: string;
  readonly nextAt: Date | undefined;
  /** The revision that the caller speaks of. */
  readonly ifRevision: number | undefined;
}

export interface ReportShelf {
  put(report: PutReport, at: Date): Promise<Report>;
  find(name: string): Promise<Report | undefined>;
  list(after: string | undefined, limit: number): Promise<readonly Report[]>;
  /** Answers whether it was there. Its runs stay until they are forgotten. */
  remove(name: string, ifRevision: number | undefined): Promise<boolean>;
  /** Those whose time has come. */
  due(now: Date): Promise<readonly Report[]>;
}

export interface NewRun {
  readonly runId: string;
  readonly report: Report;
  readonly plannedFor: Date;
  readonly plannedBy: string;
  readonly values: readonly string[];
}

export interface RunsQuery {
  readonly report: string | undefined;
  readonly state: RunState | undefined;
  readonly after: readonly [plannedFor: string, runId: string] | undefined;
  readonly limit: number;
}

export interface RunEnding {
  readonly state: 'done' | 'failed';
  readonly rows?: number;
  readonly files?: readonly ReportFile[];
  readonly code?: string;
  readonly detail?: string;
}

export interface RunTable {
  /** The same id again is the same run. Answers nothing when so many of the report wait already that one more is no use. */
  plan(run: NewRun): Promise<Run | undefined>;
  /** Plans the run of a report’s time that has come and sets its next one, unless another process has done so. */
  planDue(run: NewRun, next: Date): Promise<void>;
  find(runId: string): Promise<Run | undefined>;
  list(query: RunsQuery): Promise<readonly Run[]>;
  /** One that waits, or whose process is taken for dead; in hand until then. */
  claim(now: Date, until: Date): Promise<PlannedRun | undefined>;
  /** Whether it still is in the same hands. */
  keep(run: PlannedRun, until: Date): Promise<boolean>;
  /** It is to be tried again then. */
  postpone(run: PlannedRun, until: Date): Promise<void>;
  end(run: PlannedRun, ending: RunEnding, at: Date): Promise<void>;
  /** Runs that ended before then and their files, to be forgotten. */
  old(before: string, limit: number): Promise<readonly Run[]>;
  forget(runIds: readonly string[]): Promise<void>;
}
