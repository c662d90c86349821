import { timingSafeEqual } from 'node:crypto';

/** Compares what must not be guessed: how long it takes does not tell how much of it was right. */
export const isSameText = (one: string, other: string): boolean => {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
};
