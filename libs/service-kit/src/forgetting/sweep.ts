import type { Clock } from '@cartage/eventsourcing';
import type { Kit, Parts } from '../service';

export interface SweepNeeds {
  readonly clock: Clock;
  readonly log: Kit['log'];
  readonly everyMs: number;
  /** What is not done while it fails; for the log. */
  readonly trouble: string;
}

/**
 * Goes through something again and again, from the start of the service on: at once, then each time `everyMs` after the last. `sweep` takes the end of the slice before, and may answer with that of
 * its own, to go on there. What fails is a warning and is tried again, for whatever is not done waits. Stopping waits for the slice in hand.
 */
export const sweeping = (
  sweep: (after: string, stopping: AbortSignal) => Promise<unknown>,
  { clock, log, everyMs, trouble }: SweepNeeds,
): Required<Pick<Parts, 'start' | 'stop'>> => {
  const stopping = new AbortController();
  let swept: Promise<void> = Promise.resolve();
  const run = async (): Promise<void> => {
    let seen = '';
    while (!stopping.signal.aborted) {
      try {
        const end = await sweep(seen, stopping.signal);
        seen = typeof end === 'string' ? end : '';
      } catch (error) {
        log.warn({ err: error }, `${trouble}, which is tried again`);
      }
      await clock.pause(everyMs, stopping.signal);
    }
  };
  return {
    start: async () => {
      swept = run();
    },
    stop: () => {
      stopping.abort();
      return swept;
    },
  };
};
