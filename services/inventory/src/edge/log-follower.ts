import type { Clock } from '@cartage/eventsourcing';
import type { Logger } from 'pino';

export interface FollowerNeeds {
  /** `catchUp` follows the log up to where it stands now. */
  readonly feed: { catchUp(signal: AbortSignal): Promise<void> };
  readonly clock: Clock;
  /** What happens in between is seen together. */
  readonly everyMs: number;
  readonly log: Logger;
  /** What did not happen when it fails. */
  readonly failed: string;
}

/** Looks at the log every so often; stopping waits for the look in hand. A fault is tried again with the next. */
export const logFollower = ({ feed, clock, everyMs, log, failed }: FollowerNeeds) => {
  const stopped = new AbortController();
  let running = Promise.resolve();
  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await clock.pause(everyMs, stopped.signal);
      await feed.catchUp(stopped.signal).catch((error: unknown) => {
        if (!stopped.signal.aborted) log.error({ err: error }, `${failed}; it will be tried again`);
      });
    }
  };
  return {
    start: async (): Promise<void> => {
      running = run();
    },
    stop: async (): Promise<void> => {
      stopped.abort();
      await running;
    },
  };
};
