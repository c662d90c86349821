import { TooContended } from '@cartage/eventsourcing';
import { Raced } from './ledger';

/** Does it again, from the first look on, while others write first. */
export const againWhenRaced = async <Result>(work: () => Promise<Result>, attempts = 12): Promise<Result> => {
  for (let left = attempts; left > 0; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Raced)) throw error;
    }
  }
  throw new TooContended(`Others changed the same ${attempts} times while it was being decided.`);
};
