import type { Format, ReportDefinition } from './report';

export const runStates = ['waiting', 'running', 'done', 'failed'] as const;
export type RunState = (typeof runStates)[number];

/** A file that a run wrote, whole. */
export interface ReportFile {
  readonly format: Format;
  /** In the folder or the bucket. */
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Somebody who is told that a run has ended, and what came of it. */
export interface RunNotice {
  /** The webhook, or the address of a mail as `mailto:`. */
  readonly to: string;
  readonly state: 'waiting' | 'told' | 'refused';
  readonly attempts: number;
  /** When it is tried next. */
  readonly nextAt?: string;
  readonly endedAt?: string;
  /** Why it was refused. */
  readonly code?: string;
  readonly detail?: string;
}

/** One run of a report, as it was asked for: a change of the report changes none that is planned. */
export interface Run {
  readonly runId: string;
  readonly report: string;
  readonly revision: number;
  readonly state: RunState;
  /** The time that it is about: days ago are counted from it. */
  readonly plannedFor: string;
  /** Who asked for it, or `schedule`. */
  readonly plannedBy: string;
  /** What is bound to `$1`, `$2`, … */
  readonly values: readonly string[];
  readonly attempts: number;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly rows?: number;
  readonly files: readonly ReportFile[];
  /** Why it failed. */
  readonly code?: string;
  readonly detail?: string;
  /** Who is told that it has ended. */
  readonly notices?: readonly RunNotice[];
}

/** What whoever carries a run out needs beside it. */
export interface PlannedRun extends Run {
  readonly definition: Pick<ReportDefinition, 'sql' | 'formats' | 'webhook' | 'recipients'>;
}

/** Whoever was there before a crash may have been at fault for it: more tries would end more processes. */
export const MOST_ATTEMPTS = 5;

/** By report and day, and by a part that no other run has: `daily-sales/2026-11-28/daily-sales-0199a3c4….csv`. */
export const fileName = ({ report, plannedFor, runId }: Pick<Run, 'report' | 'plannedFor' | 'runId'>, format: Format): string =>
  `${report}/${plannedFor.slice(0, 10)}/${report}-${runId}.${format}`;

/** What is told of a run that ended. */
export const endingOf = (run: Run): object => ({
  type: run.state === 'done' ? 'report.ready' : 'report.failed',
  report: run.report,
  runId: run.runId,
  plannedFor: run.plannedFor,
  ...(run.rows === undefined ? {} : { rows: run.rows }),
  files: run.files,
  ...(run.code === undefined ? {} : { code: run.code, detail: run.detail }),
});
