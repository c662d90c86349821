import type { Measured } from './statistics/interval';

/** A figure by which methods are judged. */
export interface Measure {
  readonly key: string;
  readonly label: string;
  /** What is better: less, more, or to be near this number. */
  readonly better: 'less' | 'more' | number;
  readonly digits: number;
}

export interface JudgedMethod {
  readonly name: string;
  readonly version: string;
  readonly isBaseline: boolean;
  readonly figures: Readonly<Record<string, Measured>>;
}

/** How much higher a figure of a method is than the same of a baseline, on the same blocks. */
export interface Comparison {
  readonly method: string;
  readonly baseline: string;
  readonly measure: string;
  readonly difference: Measured;
}

/** One figure over time, by method. */
export interface Drift {
  readonly measure: string;
  readonly periods: readonly string[];
  readonly byMethod: Readonly<Record<string, readonly number[]>>;
}

/** What each method pays for what it gives, from little to much. */
export interface TradeOff {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly byMethod: Readonly<Record<string, readonly { readonly x: number; readonly y: number }[]>>;
}

export interface Slice {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What was found: the same for every kind of decision, so that table, picture, report and card are made in one way. */
export interface Judgement {
  readonly facts: Readonly<Record<string, string | number>>;
  readonly measures: readonly Measure[];
  /** Measures of which only differences are known. */
  readonly compared?: readonly Measure[];
  /** The measure that the picture shows. */
  readonly headline: string;
  readonly methods: readonly JudgedMethod[];
  readonly comparisons: readonly Comparison[];
  readonly drift: readonly Drift[];
  readonly tradeOff?: TradeOff;
  readonly slices: readonly Slice[];
  /** What the intervals do not cover, and what else a reader must know. */
  readonly notes: readonly string[];
  readonly notFor: readonly string[];
}
