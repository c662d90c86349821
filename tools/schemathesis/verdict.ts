/** Schemathesis's own report, as far as it is looked at. */
export interface Report {
  readonly complete: boolean;
  readonly operations: { readonly tested: number; readonly selected: number };
  readonly test_cases: { readonly generated: number };
  readonly failures: readonly { readonly title: string; readonly operations: readonly string[] }[];
  readonly errors: readonly { readonly operation?: string; readonly title?: string }[];
  /** By operation and phase, how many requests were accepted and how many not. */
  readonly valid_rates: Readonly<Record<string, Readonly<Record<string, { readonly accepted: number }>>>>;
}

export interface Verdict {
  readonly passed: number;
  /** A line for a person each. */
  readonly failures: readonly string[];
}

type Trouble = readonly [operation: string, what: string];

const foundIn = ({ failures, errors }: Report): readonly Trouble[] => [
  ...failures.flatMap(({ title, operations }) => operations.map((operation): Trouble => [operation, title])),
  ...errors.map(({ operation = 'the run', title = 'could not be tested' }): Trouble => [operation, title]),
];

/** In a system where all is well, and nothing is due, there is none of these to be asked for; the suite of the OpenAPI document asks for one that was made. */
const ofTrouble: ReadonlySet<string> = new Set([
  'GET /operations/{service}/dead-letters/{id}',
  'GET /payments/links/{token}',
  'GET /payments/links/{token}/page',
]);

const unansweredIn = ({ valid_rates: rates }: Report): readonly Trouble[] =>
  Object.entries(rates)
    .filter(
      ([operation, phases]) =>
        operation.startsWith('GET ') && !ofTrouble.has(operation) && Object.values(phases).every(({ accepted }) => accepted === 0),
    )
    .map(([operation]) => [operation, 'no request of this kind was ever answered: does it get ids that exist?']);

const cutShort = ({ complete, operations: { tested, selected } }: Report): readonly Trouble[] =>
  complete && tested === selected ? [] : [['the run', 'did not come to its end']];

/**
 * An operation passes when nothing was found against it, and, if it is a question, when it was answered at least once: requests that were all refused
 * for naming what does not exist prove nothing.
 */
export const verdictOf = (report: Report): Verdict => {
  const troubles = [...foundIn(report), ...unansweredIn(report), ...cutShort(report)];
  return {
    passed: report.operations.tested - new Set(troubles.map(([operation]) => operation)).size,
    failures: troubles.map(([operation, what]) => `${operation}: ${what}`),
  };
};
