import { shareOfUnits, sharesOf, type Grade } from '@cartage/contracts';
import type { ReturnPolicy } from './policy';
import type { SoldLine } from './sale';

/** What is owed for some units, and how it is made up: `amount` is goods and tax. */
export interface UnitsRefund {
  readonly amount: number;
  readonly goods: number;
  readonly tax: number;
  /** Kept back of what was paid for them: for their condition, or for restocking. */
  readonly fee: number;
}

type Line = Pick<SoldLine, 'total' | 'tax' | 'quantity'>;

/** What the customer paid for `quantity` units of a line, after `before` of its units came back: the same shares that they were charged in. */
export const paidFor = ({ total, quantity: of }: Line, before: number, quantity: number): number =>
  shareOfUnits(total, { before, units: quantity, of });

/**
 * The tax in what was paid for these units. It is shared over the minor units of the line's total, as a line's total is over its units: so it is never more than the
 * share that it is in, and the parts of all units add up to the line's tax.
 */
const taxIn = (line: Line, before: number, quantity: number): number =>
  shareOfUnits(line.tax, { before: paidFor(line, 0, before), units: paidFor(line, before, quantity), of: line.total });

/** Percent of an amount, of a percent; rounded half up, once. */
const percentOf = (amount: number, ...percents: readonly number[]): number => {
  const whole = percents.reduce((product) => product * 100n, 1n);
  const exact = percents.reduce((product, percent) => product * BigInt(percent), BigInt(amount));
  return Number((2n * exact + whole) / (2n * whole));
};

/** What the customer gets back for units in this condition: their share of what was paid, less what the policy keeps for grade and restocking. */
export const refundOf = (
  line: Line,
  { before, quantity, grade }: { readonly before: number; readonly quantity: number; readonly grade: Grade },
  { refundPercent, restockingFeePercent }: ReturnPolicy,
): UnitsRefund => {
  const paid = paidFor(line, before, quantity);
  const paidTax = taxIn(line, before, quantity);
  const amount = percentOf(paid, refundPercent[grade], 100 - restockingFeePercent);
  const [goods = 0, tax = 0] = sharesOf(amount, [paid - paidTax, paidTax]);
  return { amount, goods, tax, fee: paid - amount };
};
