import { counted, table } from '../../simulator/terminal';
import { countedChecks, linesOf, type Checked } from '../judge/check';
import type { Outcome } from './load';

/** What a run of overload found out. */
export interface Overload {
  readonly maxRequests: number;
  /** Orders a second that it takes when it is asked by so many at a time as it likes. */
  readonly capacity: number;
  readonly offered: number;
  readonly seconds: number;
  readonly outcomes: readonly Outcome[];
  /** Until an order was taken again at once. */
  readonly recoveredMs: number;
  /** Until every order that was accepted had come to its end. */
  readonly completedSeconds: number;
  readonly accepted: number;
  readonly checks: readonly Checked[];
}

const isAccepted = ({ status }: Outcome): boolean => status >= 200 && status < 300;
const isShed = ({ status }: Outcome): boolean => status === 503;

/** Whatever is neither taken nor turned away as it should be, a line for each kind. */
export const wrongAnswers = (outcomes: readonly Outcome[]): readonly string[] => {
  const without = outcomes.filter((outcome) => isShed(outcome) && !outcome.retryAfter).length;
  const others = new Map<number, number>();
  for (const outcome of outcomes)
    if (!isAccepted(outcome) && !isShed(outcome)) others.set(outcome.status, (others.get(outcome.status) ?? 0) + 1);
  return [
    ...(without > 0 ? [`${without} were turned away with 503 and without Retry-After`] : []),
    ...[...others].map(([status, count]) => (status === 0 ? `${count} had no answer` : `${count} were answered ${status}`)),
  ];
};

/** One that takes all that comes was not overloaded, and one that takes nothing any more does not shed: it is down. */
export const sheds = (outcomes: readonly Outcome[]): readonly string[] => [
  ...(outcomes.some(isShed) ? [] : ['nothing was turned away: it was not overloaded; offer more, or for longer']),
  ...(outcomes.some(isAccepted) ? [] : ['nothing was accepted any more']),
];

const quantile = (values: readonly number[], q: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0);
};

const row = (name: string, outcomes: readonly Outcome[]): readonly string[] => {
  const times = outcomes.map(({ ms }) => ms);
  return [name, counted(outcomes.length), `${counted(quantile(times, 0.5))} ms`, `${counted(quantile(times, 0.99))} ms`];
};

export const countsOf = ({ checks }: Overload): { readonly passed: number; readonly failed: number } => countedChecks(checks);

/** For a person; its last line is what a pipeline reads. */
export const overloadText = (overload: Overload): string => {
  const { capacity, offered, seconds, outcomes, recoveredMs, completedSeconds, accepted, checks, maxRequests } = overload;
  const { passed, failed } = countsOf(overload);
  return [
    `Overload: ${Math.round(offered)} orders a second were offered for ${seconds} s to one that takes ${Math.round(capacity)}; MAX_REQUESTS ${maxRequests}.`,
    '',
    table([
      ['', 'requests', 'median', 'p99'],
      row('accepted', outcomes.filter(isAccepted)),
      row('turned away with 503', outcomes.filter(isShed)),
      row(
        'otherwise',
        outcomes.filter((outcome) => !isAccepted(outcome) && !isShed(outcome)),
      ),
    ]),
    '',
    `An order was taken at once ${counted(Math.round(recoveredMs))} ms after the load had stopped. All ${counted(accepted)} that were accepted had come to their end after ${completedSeconds} s.`,
    '',
    ...checks.flatMap(linesOf).map((line) => `  ${line}`),
    '',
    `${passed} passed, ${failed} failed, 0 skipped`,
  ].join('\n');
};
