import type { NumbersOf, Policy, Standing } from './policies';
import { lived, noOutcome, type Outcome } from './shelf';

/** From which day on it counts, and what stretches of days are told apart. */
export interface Span {
  readonly days: number;
  /** Shelves do not open as they will be after a while. */
  readonly warmUp: number;
  readonly periodOf: (day: number) => number;
  readonly periods: number;
}

/** What a way to set reorder points came to, at one of its settings. */
export interface Run {
  readonly setting: number;
  readonly bySeries: readonly Outcome[];
  readonly byPeriod: readonly Outcome[];
}

export interface PolicyRuns {
  readonly policy: Policy;
  readonly runs: readonly Run[];
}

const sumInto = (sum: Outcome, one: Outcome): void => {
  for (const key of Object.keys(sum) as (keyof Outcome)[]) sum[key] += one[key];
};

export const sumOfOutcomes = (outcomes: readonly Outcome[]): Outcome => {
  const sum = noOutcome();
  for (const one of outcomes) sumInto(sum, one);
  return sum;
};

const runOf = (setting: number, numbersOf: NumbersOf, { history, leads, terms, known, spellDays }: Standing, span: Span): Run => {
  const byPeriod = Array.from({ length: span.periods }, noOutcome);
  const before = noOutcome();
  const bySeries = history.series.map(({ demand }, n) => {
    const own = byPeriod.map(noOutcome);
    const life = {
      ...{ demand: demand.subarray(known, known + span.days), takes: leads[n]?.takes ?? new Uint16Array(0) },
      // Not all on the same day.
      firstReview: n % terms.reviewDays,
    };
    lived(life, terms, {
      numbersOn: (day) => numbersOf(n, Math.floor(day / spellDays)),
      outcomeOf: (day) => (day < span.warmUp ? before : (own[span.periodOf(day)] ?? before)),
    });
    own.forEach((outcome, p) => sumInto(byPeriod[p] ?? before, outcome));
    return sumOfOutcomes(own);
  });
  return { setting, bySeries, byPeriod };
};

/** One way at each of its settings. */
export const runsOf = (policy: Policy, standing: Standing, span: Span): PolicyRuns => ({
  policy,
  runs: policy.prepared(standing).map((numbersOf, s) => runOf(policy.settings[s] ?? 0, numbersOf, standing, span)),
});
