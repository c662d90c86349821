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

/**
 * What made-up requests cannot be sure to find: there is none in the seeded world, or it takes two values that belong together. That they answer is shown by the
 * suite of the OpenAPI document, which asks each for one that was made; here they only have to hold every other promise.
 */
const hardToFind: ReadonlySet<string> = new Set([
  'GET /operations/{service}/dead-letters/{id}',
  'GET /operations/{service}/events/{eventId}',
  'GET /operations/{service}/events/{eventId}/graph',
  'GET /operations/{service}/correlations/{correlationId}',
  'GET /inventory/price-lists/{list}',
  'GET /imports/{importId}',
  'GET /imports/{importId}/rejections',
  'GET /orders/{orderId}/diff',
  'GET /orders/{orderId}/versions/compare',
  'GET /payments/{orderId}/diff',
  'GET /payments/{orderId}/invoices/{documentId}/document.pdf',
  'GET /payments/verification-rules/{version}',
  'GET /payments/verification-rules/{version}/trial',
  'GET /returns/policies/{version}',
]);

const unansweredIn = ({ valid_rates: rates }: Report): readonly Trouble[] =>
  Object.entries(rates)
    .filter(
      ([operation, phases]) =>
        operation.startsWith('GET ') && !hardToFind.has(operation) && Object.values(phases).every(({ accepted }) => accepted === 0),
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
