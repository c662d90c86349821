import type { Clock } from '@cartage/eventsourcing';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { keepInUse, renewNames, showStar, type Shown } from './generations';

export interface TendingNeeds {
  readonly pool: Pool;
  readonly shown: Shown;
  readonly clock: Clock;
  readonly log: Logger;
}

const LOOK_MS = 2_000;
const KEEP_MS = 60_000;

/** Shows the star as soon as it may be, by the names that this program has for it, and says from then on that somebody fills it. */
export const tending = ({
  pool,
  shown,
  clock,
  log,
}: TendingNeeds): { readonly start: () => Promise<void>; readonly stop: () => Promise<void> } => {
  const ending = new AbortController();
  let running = Promise.resolve();
  let named = false;

  const once = async (): Promise<number> => {
    try {
      await keepInUse(pool, shown.generation);
      if (!(await showStar(pool, shown))) return LOOK_MS;
      if (!named) await renewNames(pool, shown);
      named = true;
      return KEEP_MS;
    } catch (error) {
      log.warn({ err: error }, 'the star could not be shown, and is tried again');
      return LOOK_MS;
    }
  };
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) await clock.pause(await once(), ending.signal);
  };
  return {
    start: async () => {
      running = run();
    },
    stop: async () => {
      ending.abort();
      await running;
    },
  };
};
