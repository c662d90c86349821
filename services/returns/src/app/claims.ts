import type { ClaimDecisionKind, CostBearer } from '@cartage/contracts';
import { Refused, type EventStore, type Handled, type Meta, type Send } from '@cartage/eventsourcing';
import { claimStatus, type Claim } from '../domain/claim';
import { requireClaim } from '../domain/claiming';
import type { LineToClaim, ReturnCommand } from '../domain/commands';
import type { ReturnEvent } from '../domain/events';
import type { RefundTender } from '../domain/policy';
import { returnStream } from '../domain/return';
import { givenBack, refundStanding } from '../domain/repayment';
import type { OrderReturns } from '../domain/state';
import type { By } from './asking';
import type { OrderFacts } from './order-facts';
import { loadReturns, requireOrder, requireOrderOf, type KnowingNeeds, type Loaded, theClaim } from './requiring';

const HOUR_MS = 3_600_000;

export interface ClaimsNeeds extends KnowingNeeds {
  readonly send: Send<ReturnCommand, OrderReturns, ReturnEvent>;
  readonly store: Pick<EventStore, 'readMany'>;
  readonly facts: OrderFacts;
  readonly now: () => Date;
  readonly newId: () => string;
  /** The id that follows from these parts, always the same. */
  readonly idFor: (...parts: readonly string[]) => string;
  /** A claim is to be decided within so many hours. */
  readonly decideWithinHours: number;
}

export interface ClaimRequest {
  readonly orderId: string;
  readonly lines: readonly LineToClaim[];
  readonly photos: readonly string[];
}

export interface ClaimVerdict {
  readonly decision: ClaimDecisionKind;
  readonly percent?: number | undefined;
  readonly withDelivery?: boolean | undefined;
  readonly tender?: RefundTender | undefined;
  readonly costBearer?: CostBearer | undefined;
  readonly note: string;
}

/** A claim as it stands, with what its answer's headers need. */
export interface ClaimFound extends Omit<Loaded, 'state'> {
  readonly orderId: string;
  readonly currency: string;
  readonly claim: Claim;
}

type Done = Handled<OrderReturns, ReturnEvent>;

const found = (orderId: string, claimId: string, { state, version, position, repeated }: Omit<Done, 'events' | 'current'>): ClaimFound => ({
  ...{ orderId, currency: state.sale?.currency ?? '', claim: requireClaim(state, claimId) },
  ...{ version, position, repeated },
});

/** Everything that can be asked of claims. */
export class Claims {
  constructor(private readonly needs: ClaimsNeeds) {}

  async open({ orderId, lines, photos }: ClaimRequest, meta: Meta): Promise<ClaimFound> {
    const { facts, idFor, now, decideWithinHours } = this.needs;
    const known = await requireOrder(this.needs, orderId);
    const claimId = idFor('claim', orderId, meta.commandId);
    if (!meta.preview) await facts.keepReturn(claimId, orderId);
    const decideBy = new Date(now().getTime() + decideWithinHours * HOUR_MS).toISOString();
    const data = { orderId, claimId, lines, photos, decideBy, ...known, now: this.now() };
    return found(orderId, claimId, await this.needs.send(returnStream(orderId), { type: 'OpenClaim', data }, meta));
  }

  async decide(claimId: string, verdict: ClaimVerdict, { meta, ifVersion }: By): Promise<ClaimFound> {
    const { facts, idFor, newId, send } = this.needs;
    const orderId = await this.orderOf(claimId);
    const [replacementOrderId, returnId] = [idFor('order', 'claim', claimId), idFor('return', 'claim', claimId)];
    if (!meta.preview && verdict.decision === 'send-again') await facts.keepReplacement(replacementOrderId, { orderId, claimId });
    if (!meta.preview && verdict.decision === 'return') await facts.keepReturn(returnId, orderId);
    const ids = { replacementOrderId, returnId, refundId: newId() };
    const data = { orderId, claimId, ...verdict, ...ids, by: meta.actor, now: this.now() };
    return found(orderId, claimId, await send(returnStream(orderId), { type: 'DecideClaim', data }, meta, ifVersion));
  }

  async get(claimId: string): Promise<ClaimFound> {
    const orderId = await this.orderOf(claimId);
    return found(orderId, claimId, await loadReturns(this.needs.store, orderId));
  }

  /** Units of an order will not ship: where it was to send goods again, they are paid back. */
  async notShipped(orderId: string, units: readonly { readonly lineId: string; readonly quantity: number }[], meta: Meta): Promise<void> {
    const { facts, newId, send } = this.needs;
    const replaced = await facts.replacedBy(orderId);
    if (!replaced) return;
    const data = { ...replaced, units, refundId: newId(), now: this.now() };
    await send(returnStream(replaced.orderId), { type: 'RepayUnsent', data }, meta);
  }

  async noticeOverdue(
    waited: { readonly orderId: string; readonly claimId: string; readonly decideBy: string },
    meta: Meta,
  ): Promise<void> {
    const data = { ...waited, now: this.now() };
    await this.needs.send(returnStream(waited.orderId), { type: 'NoticeClaimOverdue', data }, meta).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
    });
  }

  private orderOf(claimId: string): Promise<string> {
    return requireOrderOf(this.needs, claimId, theClaim);
  }

  private now(): string {
    return this.needs.now().toISOString();
  }
}

/** A claim as callers see it. */
export const shownClaim = ({ orderId, currency, claim, version }: ClaimFound) => ({
  ...{ claimId: claim.claimId, orderId, status: claimStatus(claim), openedAt: claim.openedAt, decideBy: claim.decideBy },
  ...{ lines: claim.lines, photos: claim.photos, currency },
  ...(claim.decision
    ? {
        decision: claim.decision.kind,
        decidedAt: claim.decision.at,
        reason: claim.decision.reason,
        ...(claim.decision.costBearer === undefined ? {} : { costBearer: claim.decision.costBearer }),
        ...(claim.decision.replacementOrderId === undefined ? {} : { replacementOrderId: claim.decision.replacementOrderId }),
        ...(claim.decision.returnId === undefined ? {} : { returnId: claim.decision.returnId }),
      }
    : {}),
  refunds: [...claim.refunds].map(([refundId, refund]) => {
    const { status, reason } = refundStanding(refund);
    return { refundId, status, amount: refund.amount, refunded: givenBack(refund), ...(reason ? { reason } : {}) };
  }),
  version,
});

export type ShownClaim = ReturnType<typeof shownClaim>;
