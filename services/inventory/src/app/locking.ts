import { Unlocked } from '../domain/book';
import type { Cell } from '../domain/stock';
import { Unseen } from './ledger';

/** Rows to be locked beside those that are known before anything is read, and which of them may have to be made first. */
export interface More {
  readonly cells: readonly Cell[];
  readonly making: readonly Cell[];
}

/** What kits are made of is read with their rows: once, again and, where one stands in the way of another, some more. */
const MOST = 10;

/** Rows can only be locked in one go, in their order: does it again, with more of them, when one turns out to be missing. */
export const lockingMore = async <Result>(work: (more: More) => Promise<Result>): Promise<Result> => {
  let more: More = { cells: [], making: [] };
  for (let left = MOST; ; left -= 1) {
    try {
      return await work(more);
    } catch (error) {
      const found = left > 0 ? foundBy(error) : undefined;
      if (!found) throw error;
      more = { cells: [...more.cells, ...found.cells], making: [...more.making, ...found.making] };
    }
  }
};

const foundBy = (error: unknown): More | undefined => {
  // Who waits for a SKU that never was anywhere needs a row to wait at.
  if (error instanceof Unseen) return { cells: [], making: error.skus.map((sku) => ({ sku })) };
  return error instanceof Unlocked
    ? { cells: error.cells, making: error.cells.filter(({ location }) => location !== undefined) }
    : undefined;
};
