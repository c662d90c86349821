import { codeOf, messageOf, Pauses, systemClock, type Clock } from '@cartage/eventsourcing';

/** Something in what was written is at fault (bad data, a broken constraint, a limit), not the database. */
export const isDataFault = (error: unknown): boolean => /^(22|23|54)[0-9A-Z]{3}$/.test(codeOf(error) ?? '');

/** Somebody else's row stands where this one was to go. */
export const isTaken = (error: unknown): boolean => codeOf(error) === '23505';

/** Lost, full, starting or stopping; a time limit of the session was reached (57014, 55P03, 25P03); the network says no. */
const AWAY = /^(08...|53...|57P0.|57014|55P03|25P03|E[A-Z_]{4,})$/;
const CUT_OFF = /connection (terminated|timeout)|timeout exceeded|read timeout/i;

/** The database cannot be reached, does not answer, or is busy starting, stopping or full: it may be back soon. */
export const isAway = (error: unknown): boolean => AWAY.test(codeOf(error) ?? '') || CUT_OFF.test(messageOf(error));

const RETRYABLE: ReadonlySet<string> = new Set(['40001', '40P01']);

/** Postgres chose this transaction as the victim of a deadlock or a clash: nothing of it happened, and it may be done again. */
export const isVictim = (error: unknown): boolean => RETRYABLE.has(codeOf(error) ?? '');

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
