import { countedChecks, few, linesOf, type Checked } from './judge/check';
import type { Injected } from './run-plan';

/** What a run of chaos found out. */
export interface Report {
  readonly seed: number;
  readonly brokers: number;
  readonly replicas: number;
  readonly seconds: number;
  readonly faults: readonly Injected[];
  /** Whatever ended the life of the shop early; nothing, where it came to its end. */
  readonly interrupted?: string;
  /** Answers that did not come, or said no for now, by status; 0: no answer at all. */
  readonly refusals: Readonly<Record<string, number>>;
  /** Processes that ended otherwise than by a kill, with their exit codes: most often because what they need was away when they were started. */
  readonly ends: Readonly<Record<string, readonly number[]>>;
  readonly figures: Readonly<Record<string, number>>;
  readonly explainedLetters: readonly string[];
  readonly checks: readonly Checked[];
}

/** By kind, and by what became of them. */
export const countedFaults = (faults: readonly Injected[]): Readonly<Record<string, number>> => {
  const counted: Record<string, number> = {};
  for (const { kind, outcome } of faults) {
    const name = outcome === 'injected' ? kind : `${kind}, ${outcome}`;
    counted[name] = (counted[name] ?? 0) + 1;
  }
  return counted;
};

const failedFaults = ({ faults }: Report): number => faults.filter(({ outcome }) => outcome === 'failed').length;

export const counts = (report: Report): { readonly passed: number; readonly failed: number; readonly skipped: number } => {
  const { passed, failed } = countedChecks(report.checks);
  const life = report.interrupted === undefined ? 0 : 1;
  const broken = failedFaults(report) > 0 ? 1 : 0;
  return {
    passed: passed + (1 - life),
    failed: failed + life + broken,
    skipped: new Set(report.faults.filter(({ outcome }) => outcome === 'not run').map(({ kind }) => kind)).size,
  };
};

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];

const listed = (counted: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(counted).map(([name, count]) => `${String(count).padStart(7)}  ${name}`);

/** For a person; its last line is what a pipeline reads. */
export const textOf = (report: Report): string => {
  const { passed, failed, skipped } = counts(report);
  const failures = report.faults.flatMap(({ number, kind, target, error }) =>
    error === undefined ? [] : [`${number}: ${kind} ${target}: ${error}`],
  );
  return [
    `Chaos, seed ${report.seed}: ${report.replicas} processes a service, ${report.brokers} Kafka node(s), ${report.seconds} s.`,
    ...section('What was done', listed(countedFaults(report.faults))),
    ...section('What could not be ended as it should', few(failures)),
    ...section('What callers met, by status (0: no answer)', listed(report.refusals)),
    ...section(
      'Processes that ended by themselves, with their exit codes',
      Object.entries(report.ends).map(([name, codes]) => `${name}: ${codes.join(', ')}`),
    ),
    ...section('Figures', listed(report.figures)),
    ...section('Dead letters that the faults explain', few(report.explainedLetters)),
    ...section('What must be so', report.checks.flatMap(linesOf)),
    ...(report.interrupted === undefined ? [] : ['', `The life of the shop came to no end: ${report.interrupted}`]),
    '',
    `${passed} passed, ${failed} failed, ${skipped} skipped`,
  ].join('\n');
};
