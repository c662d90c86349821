import type { Kit, Parts } from '../service';
import { sweeping } from './sweep';

/** Rows that are over, and of no use to anybody after some days. What happened stays in the log. */
export interface Forgettable {
  /** For the log: `answered messages of channels`. */
  readonly what: string;
  readonly days: number;
  /** Forgets so many of those that were over before then; answers how many it were. */
  readonly forget: (before: string, limit: number) => Promise<number>;
}

const DAY_MS = 86_400_000;
/** Often enough for a limit of days. */
const EVERY_MS = 3_600_000;
/** Few enough that nobody waits for the rows. */
const AT_ONCE = 500;

/** Forgets as many as there are, or until it is stopped. */
export const forgetOld = async ({ days, forget }: Forgettable, now: () => Date, stopping?: AbortSignal): Promise<void> => {
  const before = new Date(now().getTime() - days * DAY_MS).toISOString();
  while (!stopping?.aborted && (await forget(before, AT_ONCE)) === AT_ONCE);
};

/** Forgets each of these again and again; one that fails keeps no other from it. */
export const forgetting = (
  things: readonly Forgettable[],
  { now, clock, log }: Pick<Kit, 'now' | 'clock' | 'log'>,
): Required<Pick<Parts, 'start' | 'stop'>> => {
  const sweeps = things.map((thing) =>
    sweeping((_, stopping) => forgetOld(thing, now, stopping), {
      ...{ clock, log, everyMs: EVERY_MS },
      trouble: `${thing.what} could not be forgotten`,
    }),
  );
  return {
    start: async () => {
      for (const sweep of sweeps) await sweep.start();
    },
    stop: async () => {
      await Promise.all(sweeps.map((sweep) => sweep.stop()));
    },
  };
};
