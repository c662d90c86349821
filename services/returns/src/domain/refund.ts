import type { Grade } from '@cartage/contracts';
import type { ReturnPolicy } from './policy';

export interface Units {
  /** What the customer paid for the whole line, minor units. */
  readonly lineTotal: number;
  /** Units sold on the line. */
  readonly sold: number;
  /** Units of the line that were graded before. */
  readonly before: number;
  /** Units to refund now. */
  readonly quantity: number;
}

/**
 * The part of a line's total that these units stand for: the difference of two rounded-down shares, so that however the units are cut up,
 * all of them together give exactly the line's total. BigInt, because total × units may pass the safe integers.
 */
export const shareOf = ({ lineTotal, sold, before, quantity }: Units): number => {
  const upTo = (units: number): bigint => (BigInt(lineTotal) * BigInt(units)) / BigInt(sold);
  return Number(upTo(before + quantity) - upTo(before));
};

/** What the customer gets back for units in this condition, rounded down to the minor unit after grade and restocking fee. */
export const refundOf = (units: Units, grade: Grade, { refundPercent, restockingFeePercent }: ReturnPolicy): number =>
  Number((BigInt(shareOf(units)) * BigInt(refundPercent[grade]) * BigInt(100 - restockingFeePercent)) / 10_000n);
