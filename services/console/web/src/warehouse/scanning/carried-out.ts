import { Refusal } from '../../api/client';

const TRIES = 3;

const isLost = (fault: unknown): boolean => fault instanceof Refusal && (fault.status === 0 || fault.status >= 500);

/** A scan whose answer was lost on the way is sent again under its own key: it counts once. */
export const carriedOut = async <Answer>(send: () => Promise<Answer>): Promise<Answer> => {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await send();
    } catch (fault) {
      if (left === 1 || !isLost(fault)) throw fault;
    }
  }
};
