import { shareOfUnits, sharesOf, type Grade } from '@cartage/contracts';
import type { Piece } from './pieces';
import type { ReturnTerms } from './policy';

/** What is owed for some units, and how it is made up: `amount` is goods and tax. */
export interface UnitsRefund {
  readonly amount: number;
  readonly goods: number;
  readonly tax: number;
  /** Kept back of what was paid for them. */
  readonly condition: number;
  readonly restocking: number;
}

type Priced = Pick<Piece, 'total' | 'tax' | 'quantity'>;

/** What the customer paid for `quantity` units, after `before` of them: the same shares that they were charged in. */
export const paidFor = ({ total, quantity: of }: Priced, before: number, quantity: number): number =>
  shareOfUnits(total, { before, units: quantity, of });

/**
 * The tax in what was paid for these units. It is shared over the minor units of the total, as the total is over the units: so it is never more than the share that it
 * is in, and the parts of all units add up to the whole tax.
 */
const taxIn = (line: Priced, before: number, quantity: number): number =>
  shareOfUnits(line.tax, { before: paidFor(line, 0, before), units: paidFor(line, before, quantity), of: line.total });

/** Hundredths of a percent. */
const WHOLE = 10_000n;

/** A part of an amount, in hundredths of a percent; rounded half up, once. */
const partOf = (amount: number, part: bigint): number => Number((2n * BigInt(amount) * part + WHOLE) / (2n * WHOLE));

/** What is kept back of units in this condition; of what is not their customer's fault, nothing. */
export interface Deduction {
  readonly terms: Pick<ReturnTerms, 'refundPercent' | 'restockingFeePercent'>;
  /** Absent: as new. */
  readonly grade?: Grade | undefined;
  readonly atFault: boolean;
}

/** How much of the price comes back: for the condition, and after the restocking fee. */
const partsBack = ({ terms, grade, atFault }: Deduction): { readonly condition: bigint; readonly all: bigint } => {
  if (atFault) return { condition: WHOLE, all: WHOLE };
  const percent = BigInt(grade === undefined ? 100 : terms.refundPercent[grade]);
  return { condition: 100n * percent, all: percent * (100n - BigInt(terms.restockingFeePercent)) };
};

/**
 * What the customer gets back for units in this condition: their share of what was paid, less what the policy keeps. For the first units of a line it is reckoned from their
 * price together, and for later ones it is what comes on top of that: so it is the same in all, however the units are split over returns and inspections.
 */
export const refundOf = (
  line: Priced,
  units: { readonly before: number; readonly quantity: number },
  deduction: Deduction,
): UnitsRefund => {
  const { before, quantity } = units;
  const paid = paidFor(line, before, quantity);
  const [from, to] = [paidFor(line, 0, before), paidFor(line, 0, before + quantity)];
  const back = (part: bigint): number => partOf(to, part) - partOf(from, part);
  const parts = partsBack(deduction);
  const amount = back(parts.all);
  const condition = Math.min(paid - amount, paid - back(parts.condition));
  const tax = taxIn(line, before, quantity);
  const [goods = 0, taxBack = 0] = sharesOf(amount, [paid - tax, tax]);
  return { amount, goods, tax: taxBack, condition, restocking: paid - amount - condition };
};
