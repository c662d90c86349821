import { pauseAfter } from '@cartage/eventsourcing';

/** What is known of how an endpoint takes what it is sent. */
export interface CircuitBreaker {
  /** Failures in a row, over all deliveries. */
  readonly failures: number;
  /** When the first of them was. */
  readonly failingSince?: string;
  /** How often it opened in a row. */
  readonly openings: number;
  /** Nothing is tried before; then one delivery at a time, until one is taken. */
  readonly openUntil?: string;
  /** Why it opened last. */
  readonly reason?: string;
}

export const closedBreaker: CircuitBreaker = { failures: 0, openings: 0 };

/** So many failures in a row are the endpoint's, and not those of single events. */
export const FAILURES_TO_OPEN = 10;

/** How long it stays open: twice as long each time in a row. */
const PAUSES = { firstMs: 60_000, longestMs: 60 * 60_000 };

export type BreakerState = 'closed' | 'open' | 'half-open';

export const breakerState = ({ openUntil }: CircuitBreaker, now: Date): BreakerState => {
  if (openUntil === undefined) return 'closed';
  return now.toISOString() < openUntil ? 'open' : 'half-open';
};

/** How many deliveries may be under way at once. */
export const roomIn = (breaker: CircuitBreaker, now: Date, parallel: number): number =>
  ({ closed: parallel, open: 0, 'half-open': 1 })[breakerState(breaker, now)];

/** After a failure. Those that were under way when it opened make it stay open no longer. */
export const afterFailure = (breaker: CircuitBreaker, at: Date, reason: string): CircuitBreaker => {
  const failures = breaker.failures + 1;
  const failing = { ...breaker, failures, failingSince: breaker.failingSince ?? at.toISOString() };
  const state = breakerState(breaker, at);
  if (state === 'open' || (state === 'closed' && failures < FAILURES_TO_OPEN)) return failing;
  const openings = breaker.openings + 1;
  return { ...failing, openings, openUntil: new Date(at.getTime() + pauseAfter(openings, PAUSES)).toISOString(), reason };
};
