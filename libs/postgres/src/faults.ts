import { codeOf, isAway, Pauses, systemClock, type Clock } from '@cartage/eventsourcing';

/** Something in what was written is at fault (bad data, a broken constraint, a limit), not the database. */
export const isDataFault = (error: unknown): boolean => /^(22|23|54)[0-9A-Z]{3}$/.test(codeOf(error) ?? '');

/** Somebody else's row stands where this one was to go. */
export const isTaken = (error: unknown): boolean => codeOf(error) === '23505';

const RETRYABLE: ReadonlySet<string> = new Set(['40001', '40P01']);

/** Postgres chose this transaction as the victim of a deadlock or a clash: nothing of it happened, and it may be done again. */
export const isVictim = (error: unknown): boolean => RETRYABLE.has(codeOf(error) ?? '');

/** The connection is of no more use: the database is away, and did not merely choose a victim. */
export const isCutOff = (error: unknown): boolean => isAway(error) && !isVictim(error);

export interface RetryingOptions {
  readonly attempts?: number;
  /** What may be done again. */
  readonly when?: (error: unknown) => boolean;
  readonly clock?: Clock;
}

const RETRYING = { attempts: 6, when: isVictim, clock: systemClock };

/** Does it again, after pauses that grow, when nothing of it happened. */
export const retrying = async <Result>(work: () => Promise<Result>, options: RetryingOptions = {}): Promise<Result> => {
  const { attempts, when, clock } = { ...RETRYING, ...options };
  const pauses = new Pauses({ firstMs: 5, longestMs: 80, clock });
  for (let left = attempts; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left <= 1 || !when(error)) throw error;
      await pauses.rest();
    }
  }
};
