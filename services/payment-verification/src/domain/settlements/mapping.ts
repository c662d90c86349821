import type { LineKind } from './line';

/** What a line can say, whatever a file calls it. */
export const lineFields = [
  'kind',
  'line',
  'reference',
  'ownReference',
  'trackingNumber',
  'orderNumber',
  'gross',
  'fee',
  'net',
  'currency',
  'customerGross',
  'customerCurrency',
  'rate',
  'settledAt',
] as const;
export type LineField = (typeof lineFields)[number];

/** How the files of one source are read. */
export interface SourceMapping {
  /** `stripe`: balance transactions as Stripe’s API and exports have them; nothing else has to be said then. */
  readonly format: 'columns' | 'stripe';
  /** Which column holds which field; a column of NDJSON may be a path, such as `amount.value`. */
  readonly columns: Partial<Readonly<Record<LineField, string>>>;
  /** What the words in the column `kind` mean, beside our own. */
  readonly kinds: Readonly<Record<string, LineKind>>;
  /** Of lines whose kind is not said, or in a word that is not listed; absent: those are refused. */
  readonly kind?: LineKind;
  /** Of lines that do not say theirs. */
  readonly currency?: string;
  /** `iso`, `unix` (seconds), or a pattern of yyyy, MM, MMM, dd, HH, mm, ss and what stands between them. */
  readonly dateFormat: string;
  /** IANA zone of times that do not name theirs. */
  readonly zone: string;
  readonly decimalMark: '.' | ',';
  readonly units: 'major' | 'minor';
  /** `signed`: below zero is taken from us; `unsigned`: the kind says it. */
  readonly signs: 'signed' | 'unsigned';
  /** Whether a fee that we pay is written above or below zero. */
  readonly fees: 'above-zero' | 'below-zero';
  /** Between the cells of a CSV file. */
  readonly delimiter: ',' | ';' | '\t' | '|';
}

/** Whose money a source settles, and how soon. */
export interface SourceTerms {
  /** After so many days what is not settled is overdue. */
  readonly overdueDays: number;
  /** Adapters of providers, channels and carriers whose money comes in its files. */
  readonly providers: readonly string[];
  readonly channels: readonly string[];
  readonly carriers: readonly string[];
}

export const usualMapping: SourceMapping = {
  ...{ format: 'columns', columns: {}, kinds: {}, dateFormat: 'iso', zone: 'UTC', decimalMark: '.', units: 'major' },
  ...{ signs: 'signed', fees: 'above-zero', delimiter: ',' },
};
