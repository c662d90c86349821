import type { AnyListener } from './listener';

/** A listener at work. */
export interface Subscription {
  /** Finishes what is in hand, saves the position, leaves the group. */
  stop(): Promise<void>;
}

/** The messaging port: brings a topic's events to a listener. Every adapter passes `transportContract` of the test kit. */
export interface Transport {
  listen(listener: AnyListener): Promise<Subscription>;
  close(): Promise<void>;
}

/** Growing pauses between tries of a failing event; after the last one it becomes a dead letter. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/** Half a minute in all: what an event waits for may come over another topic, from a service that has just been restarted. */
export const patient: RetryPolicy = { attempts: 11, firstPauseMs: 50, longestPauseMs: 10_000 };
