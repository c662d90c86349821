import type { Clock } from '@cartage/eventsourcing';
import type { Logger } from 'pino';
import type { AvailabilityFeed } from '../../app/availability/availability-feed';

export interface FollowerNeeds {
  readonly feed: Pick<AvailabilityFeed, 'catchUp'>;
  readonly clock: Clock;
  /** A SKU is told at most so often: what happens in between is told as one change. */
  readonly everyMs: number;
  readonly log: Logger;
}

/** Looks at the log every so often; stopping waits for the look in hand. A fault is tried again with the next. */
export const availabilityFollower = ({ feed, clock, everyMs, log }: FollowerNeeds) => {
  const stopped = new AbortController();
  let running = Promise.resolve();
  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await clock.pause(everyMs, stopped.signal);
      await feed.catchUp(stopped.signal).catch((error: unknown) => {
        if (!stopped.signal.aborted) log.error({ err: error }, 'what can be promised could not be told; it will be tried again');
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
