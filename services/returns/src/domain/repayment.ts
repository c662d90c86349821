import type { Reason } from '@cartage/contracts';

/** What goes back to one way of paying: its share of a refund. */
type Part = { readonly status: 'refunded'; readonly amount: number } | { readonly status: 'failed'; readonly reason: Reason };

/** What is due for some units. It goes back to the ways of paying that it was paid in, to each at its own time. */
export interface Refund {
  /** Due in all. */
  readonly amount: number;
  /** By payment id: what is known of each. */
  readonly parts: ReadonlyMap<string, Part>;
}

export interface RefundStanding {
  readonly status: 'due' | 'refunded' | 'failed';
  readonly reason?: Reason;
}

export const dueRefund = (amount: number): Refund => ({ amount, parts: new Map() });

export const withPart = ({ amount, parts }: Refund, paymentId: string, part: Part): Refund => ({
  amount,
  parts: new Map(parts).set(paymentId, part),
});

export const givenBack = ({ parts }: Refund): number =>
  [...parts.values()].reduce((sum, part) => sum + (part.status === 'refunded' ? part.amount : 0), 0);

export const isGivenBack = (refund: Refund): boolean => givenBack(refund) >= refund.amount;

/** One part that failed stands before all that are on their way; once everything is given back, it no longer matters how. */
export const refundStanding = (refund: Refund): RefundStanding => {
  if (isGivenBack(refund)) return { status: 'refunded' };
  for (const part of refund.parts.values()) if (part.status === 'failed') return part;
  return { status: 'due' };
};
