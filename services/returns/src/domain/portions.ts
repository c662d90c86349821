import type { Grade } from '@cartage/contracts';
import { piecesIn } from './pieces';
import type { ReturnTerms } from './policy';
import { refundOf } from './refund';
import { gradedOf, type ReturnLine } from './return-line';
import type { SoldLine } from './sale';

export type Trigger = 'keep-it' | 'request' | 'scan' | 'receipt' | 'inspection';

/** Units of a line whose refund is decided now. */
export interface Portion {
  readonly line: ReturnLine;
  readonly sold: SoldLine;
  readonly terms: ReturnTerms;
  readonly quantity: number;
  readonly trigger: Trigger;
  readonly grade?: Grade;
  readonly atFault: boolean;
}

/** Up to how many units the refund is earned, and by what. */
const earned = (line: ReturnLine, { refundOn }: ReturnTerms, isScanned: boolean): readonly [trigger: Trigger, units: number] => {
  if (line.standing === 'kept') return ['keep-it', line.asked];
  if (refundOn === 'request') return ['request', Math.max(line.asked, line.received)];
  if (refundOn === 'scan' && isScanned) return ['scan', Math.max(line.asked, line.received)];
  if (refundOn === 'receipt' || refundOn === 'scan') return ['receipt', line.received];
  return ['inspection', gradedOf(line)];
};

type Units = Pick<Portion, 'quantity' | 'grade' | 'atFault'>;

/** Units that were graded, after the first `skip` of them. */
const gradedAfter = ({ gradings }: ReturnLine, skip: number): readonly Units[] => {
  let left = skip;
  return gradings.flatMap((grading) => {
    const skipped = Math.min(left, grading.quantity);
    left -= skipped;
    return grading.quantity > skipped ? [{ ...grading, quantity: grading.quantity - skipped }] : [];
  });
};

/** Not looked at yet: what the customer says is our fault is taken so. */
export const asSaid = ({ faulty, settledFaulty }: ReturnLine, quantity: number): readonly Units[] => {
  const ours = Math.min(quantity, Math.max(0, faulty - settledFaulty));
  return [
    { quantity: ours, atFault: true },
    { quantity: quantity - ours, atFault: false },
  ].filter((units) => units.quantity > 0);
};

interface Repaid extends Pick<Portion, 'sold' | 'terms'> {
  /** A carrier has it. */
  readonly isScanned: boolean;
}

export const portionsOf = (line: ReturnLine, { sold, terms, isScanned }: Repaid): readonly Portion[] => {
  const [trigger, units] = earned(line, terms, isScanned);
  const open = units - line.settled;
  if (open <= 0) return [];
  const portions = trigger === 'inspection' ? gradedAfter(line, line.settled) : asSaid(line, open);
  return portions.map((portion) => ({ line, sold, terms, trigger, ...portion }));
};

export interface Reckoned {
  readonly goods: number;
  readonly tax: number;
  readonly condition: number;
  readonly restocking: number;
  /** Of goods and tax: what the return fee may be taken off. */
  readonly chargeable: number;
}

const nothingYet: Reckoned = { goods: 0, tax: 0, condition: 0, restocking: 0, chargeable: 0 };

/** Counts the pieces as settled while it goes: what comes after them bears the shares that follow. */
export const reckoned = (portions: readonly Portion[], settled: Map<string, number>): Reckoned =>
  portions.reduce(
    (sum, { sold, line, quantity, terms, grade, atFault, trigger }) =>
      piecesIn(sold, { sku: line.sku, quantity }).reduce<Reckoned>((all, { piece, units }) => {
        const before = settled.get(piece.key) ?? 0;
        settled.set(piece.key, before + units);
        const { amount, ...made } = refundOf(piece, { before, quantity: units }, { terms, grade, atFault });
        return {
          goods: all.goods + made.goods,
          tax: all.tax + made.tax,
          condition: all.condition + made.condition,
          restocking: all.restocking + made.restocking,
          chargeable: all.chargeable + (atFault || trigger === 'keep-it' ? 0 : amount),
        };
      }, sum),
    nothingYet,
  );
