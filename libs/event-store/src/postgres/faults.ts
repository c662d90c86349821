import { codeOf, messageOf } from '@cartage/eventsourcing';

const RETRYABLE: ReadonlySet<string> = new Set(['40001', '40P01']);

/** Something in what was written is at fault (bad data, a broken constraint, a limit), not the database. */
export const isDataFault = (error: unknown): boolean => /^(22|23|54)[0-9A-Z]{3}$/.test(codeOf(error) ?? '');

const AWAY = /^(08...|53...|57P0.|E[A-Z_]{4,})$/;

/** The database cannot be reached or is busy starting, stopping or full: it may be back soon. */
export const isAway = (error: unknown): boolean =>
  AWAY.test(codeOf(error) ?? '') || /connection (terminated|timeout)|timeout exceeded/i.test(messageOf(error));

/** Does it again when Postgres chose it as the victim of a deadlock or a clash: then nothing of it happened. */
export const retrying = async <Result>(work: () => Promise<Result>, attempts = 5): Promise<Result> => {
  for (let left = attempts; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left <= 1 || !RETRYABLE.has(codeOf(error) ?? '')) throw error;
    }
  }
};
