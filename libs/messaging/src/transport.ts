import type { AnyListener } from './listener';

/** A listener at work. */
export interface Subscription {
  /** Finishes what is in hand, saves the checkpoint, leaves the group. */
  stop(): Promise<void>;
}

/** The messaging port: brings a topic's events to a listener. Every adapter passes `transportContract`. */
export interface Transport {
  /** Begins at once, and does not wait for a broker: one that is away is asked again and again, and `health` says so. */
  listen(listener: AnyListener): Promise<Subscription>;
  /** How the groups of this process are. */
  health(): readonly GroupHealth[];
  close(): Promise<void>;
}

export interface GroupHealth {
  readonly group: string;
  /** `waiting`: for something that is away, a database or a carrier. `connecting`: to the broker. Times are ISO 8601 UTC. */
  readonly status: 'listening' | 'waiting' | 'connecting';
  /** Since when it is not listening, and why. */
  readonly since?: string;
  readonly why?: string;
  /** Records that this member had not done when it fetched last; absent where nobody fetches, and a checkpoint tells how far it is. */
  readonly behind?: number;
  /** Keys behind a dead letter. */
  readonly deadKeys: number;
  /** Keys that wait for what a neighbour has not told yet, and the longest of these waits. */
  readonly earlyKeys: number;
  readonly earlySince?: string;
}

/** How patient a group is. */
export interface RetryPolicy {
  /** An event that itself cannot be taken becomes a dead letter after so many tries. What is away, or early, counts none. */
  readonly attempts: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** So long an early event waits in memory; then it is stored, its key with it, and the group goes on behind it. */
  readonly earlyMs: number;
}

export const usualPolicy: RetryPolicy = { attempts: 8, firstPauseMs: 50, longestPauseMs: 10_000, earlyMs: 5_000 };
