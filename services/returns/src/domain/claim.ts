import type { ClaimDecisionKind, ClaimKind, CostBearer, Reason } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { ReturnEvent } from './events';
import { itemKey } from './return-line';
import { dueRefund, refundStanding, type Refund } from './repayment';

export interface ClaimedLine {
  readonly lineId: string;
  /** Of the line, or of a part of its kit. */
  readonly sku: string;
  readonly quantity: number;
  readonly kind: ClaimKind;
}

export interface ClaimDecision {
  readonly kind: ClaimDecisionKind;
  readonly costBearer?: CostBearer;
  readonly reason: Reason;
  readonly replacementOrderId?: string;
  readonly returnId?: string;
  readonly at: string;
}

/** Something was wrong with goods when they came. */
export interface Claim {
  readonly claimId: string;
  readonly openedAt: string;
  readonly decideBy: string;
  readonly isOverdue: boolean;
  readonly lines: readonly ClaimedLine[];
  /** URLs. */
  readonly photos: readonly string[];
  readonly decision?: ClaimDecision;
  /** Units whose refund was decided, by item key. */
  readonly repaid: ReadonlyMap<string, number>;
  /** By refund id. */
  readonly refunds: ReadonlyMap<string, Refund>;
}

export type Claims = ReadonlyMap<string, Claim>;

export const claimStatuses = [
  'open',
  'overdue',
  'rejected',
  'return-asked',
  'sent-again',
  'refund-due',
  'refund-failed',
  'refunded',
] as const;
export type ClaimStatus = (typeof claimStatuses)[number];

const settledAs: { readonly [Kind in ClaimDecisionKind]: ClaimStatus } = {
  refund: 'refunded',
  'send-again': 'sent-again',
  return: 'return-asked',
  reject: 'rejected',
};
const refundAs = { due: 'refund-due', failed: 'refund-failed', refunded: 'refunded' } as const;

/** Of several refunds the one that needs most attention says how the claim stands. */
export const claimStatus = ({ decision, isOverdue, refunds }: Claim): ClaimStatus => {
  if (!decision) return isOverdue ? 'overdue' : 'open';
  const standings = [...refunds.values()].map((refund) => refundStanding(refund).status);
  const worst = (['failed', 'due', 'refunded'] as const).find((status) => standings.includes(status));
  return worst ? refundAs[worst] : settledAs[decision.kind];
};

/** Units that nobody else may send back or claim: not where the claim was rejected, and a return holds its own. */
export const isHeldBy = ({ decision }: Claim): boolean => decision?.kind !== 'reject' && decision?.kind !== 'return';

type Of<Type extends ReturnEvent['type']> = DataOf<ReturnEvent, Type>;

const changed = (claims: Claims, claimId: string, change: (claim: Claim) => Claim): Claims => {
  const claim = claims.get(claimId);
  return claim ? new Map(claims).set(claimId, change(claim)) : claims;
};

export const claimOpened = (claims: Claims, { claimId, lines, photos, decideBy, openedAt }: Of<'ClaimOpened'>): Claims =>
  new Map(claims).set(claimId, {
    ...{ claimId, openedAt, decideBy, photos, isOverdue: false, repaid: new Map(), refunds: new Map() },
    lines: lines.map(({ lineId, sku, quantity, kind }) => ({ lineId, sku, quantity, kind: kind as ClaimKind })),
  });

export const claimDecided = (claims: Claims, { claimId, decision, costBearer, reason, decidedAt, ...more }: Of<'ClaimDecided'>): Claims =>
  changed(claims, claimId, (claim) => ({
    ...claim,
    decision: {
      ...{ kind: decision as ClaimDecisionKind, reason, at: decidedAt },
      ...(costBearer === undefined ? {} : { costBearer: costBearer as CostBearer }),
      ...(more.replacementOrderId === undefined ? {} : { replacementOrderId: more.replacementOrderId }),
      ...(more.returnId === undefined ? {} : { returnId: more.returnId }),
    },
  }));

export const claimOverdue = (claims: Claims, { claimId }: Of<'ClaimOverdue'>): Claims =>
  changed(claims, claimId, (claim) => ({ ...claim, isOverdue: true }));

export const claimRepaid = (claims: Claims, { returnId, lines }: Pick<Of<'RefundDue'>, 'returnId' | 'lines'>): Claims =>
  changed(claims, returnId, (claim) => {
    const repaid = new Map(claim.repaid);
    for (const line of lines) repaid.set(itemKey(line), (repaid.get(itemKey(line)) ?? 0) + line.quantity);
    return { ...claim, repaid };
  });

export const claimRefund = (claims: Claims, [claimId, refundId]: readonly [string, string], change: (refund: Refund) => Refund): Claims =>
  changed(claims, claimId, (claim) => ({
    ...claim,
    refunds: new Map(claim.refunds).set(refundId, change(claim.refunds.get(refundId) ?? dueRefund(0))),
  }));
