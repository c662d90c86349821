import { Pauses, TooContended, type Clock } from '@cartage/eventsourcing';
import { Raced } from './ledger';

export interface RacingOptions {
  readonly attempts?: number;
  readonly clock?: Clock;
}

/** Does it again, from the first look on, while others write first: each time after a longer pause, so that a crowd comes one after the other. */
export const againWhenRaced = async <Result>(work: () => Promise<Result>, options: RacingOptions = {}): Promise<Result> => {
  const { attempts = 12, clock } = options;
  const pauses = new Pauses({ firstMs: 1, longestMs: 64, ...(clock ? { clock } : {}) });
  for (let left = attempts; left > 0; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Raced)) throw error;
    }
    if (left > 1) await pauses.rest();
  }
  throw new TooContended(`Others changed the same ${attempts} times while it was being decided.`);
};

/** Runs what is asked of one thing, and lets nobody else at it meanwhile. */
export type InTurns = <Result>(thing: string, work: () => Promise<Result>) => Promise<Result>;

/**
 * In this process one after the other for each thing: whoever would write the same need not race for it here. Other processes may still be first, as often as
 * they have something to write.
 */
export const inTurns = (): InTurns => {
  const last = new Map<string, Promise<unknown>>();
  return async (thing, work) => {
    const mine = (last.get(thing) ?? Promise.resolve()).then(work);
    const over = mine.catch(() => undefined);
    last.set(thing, over);
    await over;
    if (last.get(thing) === over) last.delete(thing);
    return mine;
  };
};
