import { Refused, type DataOf } from '@cartage/eventsourcing';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import { evolve } from './evolve';
import { closed, closing } from './inspection';
import { policyOf } from './policy';
import { requireRma, requireStatus } from './require';
import type { Returns } from './state';

export const decideReturn = (
  { orderId, returnId, decision, note, now }: DataOf<ReturnCommand, 'DecideReturn'>,
  state: Returns,
): readonly ReturnEvent[] => {
  const { lines } = requireStatus(state, returnId, 'awaiting-review');
  const policy = policyOf(state.purchase?.policy).version;
  if (decision === 'decline') return [{ type: 'ReturnDeclined', data: { orderId, returnId, reason: note, policy, declinedAt: now } }];
  const authorized = lines.map(({ lineId, sku, asked }) => ({ lineId, sku, quantity: asked }));
  return [{ type: 'ReturnAuthorized', data: { orderId, returnId, lines: authorized, policy, by: 'operator', authorizedAt: now } }];
};

export const recordRefund = (
  { orderId, returnId, refundId, amount, now }: DataOf<ReturnCommand, 'RecordRefund'>,
  state: Returns,
): readonly ReturnEvent[] => {
  requireRma(state, returnId);
  if (state.refunds.has(refundId)) return [];
  const recorded: ReturnEvent = { type: 'RefundRecorded', data: { orderId, returnId, refundId, amount, recordedAt: now } };
  return [recorded, ...closing(evolve(state, recorded), returnId, now)];
};

/** A failure that is heard after the refund went through, or a second time, changes nothing. */
export const recordRefundFailure = (
  { orderId, returnId, refundId, reason, now }: DataOf<ReturnCommand, 'RecordRefundFailure'>,
  state: Returns,
): readonly ReturnEvent[] => {
  const { status } = requireRma(state, returnId);
  if (state.refunds.has(refundId) || status === 'refund-failed' || status === 'closed') return [];
  return [{ type: 'RefundFailureRecorded', data: { orderId, returnId, refundId, reason, recordedAt: now } }];
};

/** A person gives up waiting for the rest: what came is graded and refunded, the claim on the rest is dropped. */
export const closeReturn = ({ returnId, now }: DataOf<ReturnCommand, 'CloseReturn'>, state: Returns): readonly ReturnEvent[] => {
  if (requireRma(state, returnId).status === 'closed') return [];
  const rma = requireStatus(state, returnId, 'authorized', 'received');
  if (rma.lines.some(({ received, graded }) => graded < received))
    throw new Refused('RETURN_NOT_GRADED', `Return ${returnId} has units that came in and were not graded. Grade them first.`);
  if (rma.refunded < rma.owed)
    throw new Refused('RETURN_NOT_REFUNDED', `Return ${returnId} still waits for a refund. Close it when the money is back.`);
  return [closed(state, rma, now)];
};
