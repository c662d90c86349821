import type { Amount, Disposition, Grade } from '@cartage/contracts';

/** What was promised about returns at the time of sale. Versions are never changed, only added: an order is judged by the one that it was sold under. */
export interface ReturnPolicy {
  readonly version: string;
  /** A return may be asked for until the end of this many days after the day of delivery, by the clocks of the destination. */
  readonly windowDays: number;
  /** A return worth more than this is looked at by a person first: in the first currency, and so in every other by its rough worth there. */
  readonly reviewAbove: readonly Amount[];
  /** Kept back from every refund, percent. */
  readonly restockingFeePercent: number;
  /** How much of the price comes back for a unit in this condition, percent. */
  readonly refundPercent: Readonly<Record<Grade, number>>;
  /** What becomes of a unit in this condition, unless the inspector says otherwise. */
  readonly disposition: Readonly<Record<Grade, Disposition>>;
}

const current: ReturnPolicy = {
  version: 'returns-2026-11',
  windowDays: 30,
  reviewAbove: [{ currency: 'GBP', amount: 50_000 }],
  restockingFeePercent: 0,
  refundPercent: { A: 100, B: 100, C: 50, scrap: 0 },
  disposition: { A: 'restock', B: 'refurbish', C: 'liquidate', scrap: 'destroy' },
};

const before: ReturnPolicy = {
  ...current,
  version: 'returns-2025-01',
  windowDays: 14,
  restockingFeePercent: 10,
  refundPercent: { A: 100, B: 80, C: 50, scrap: 0 },
};

export const policies: readonly ReturnPolicy[] = [current, before];
export const currentPolicy = current;

/** The policy of this version; orders that name none, or one that this service never heard of, are judged by the current one. */
export const policyOf = (version: string | undefined): ReturnPolicy => policies.find((policy) => policy.version === version) ?? current;
