import type { Disposition, Grade } from '@cartage/contracts';

/** What was promised about returns at the time of sale. Versions are never changed, only added: an order is judged by the one that it was sold under. */
export interface ReturnPolicy {
  readonly version: string;
  /** Days after delivery in which a return may be asked for. */
  readonly windowDays: number;
  /** A return worth more than this (minor units of the order's currency) is looked at by a person first. */
  readonly reviewAbove: number;
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
  reviewAbove: 50_000,
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

const day = 86_400_000;

/** The last instant at which a return may be asked for, ISO 8601. */
export const windowEnd = ({ windowDays }: ReturnPolicy, deliveredAt: string): string =>
  new Date(Date.parse(deliveredAt) + windowDays * day).toISOString();
