import { Refused, type DataOf } from '@cartage/eventsourcing';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import { evolve } from './evolve';
import { settling } from './exchanging';
import { isGivenBack } from './repayment';
import { repaying } from './repaying';
import { requireRma, requireStatus } from './require';
import { gradedOf, isUndecided, type ReturnLine } from './return-line';
import { refunded, type OrderReturns, type Rma } from './state';

interface OnReturn {
  readonly orderId: string;
  readonly returnId: string;
  readonly now: string;
}

const closed = ({ sale }: OrderReturns, rma: Rma, { orderId, returnId, now }: OnReturn): ReturnEvent => ({
  type: 'ReturnClosed',
  data: { orderId, returnId, currency: sale?.currency ?? '', amount: refunded(rma), closedAt: now },
});

/** Each refund by itself: what is given back too much of one makes up for no other. */
const isSettled = ({ refunds }: Rma): boolean => [...refunds.values()].every(isGivenBack);

const isInspected = (line: ReturnLine): boolean => gradedOf(line) >= line.received;

const isDoneWith = (line: ReturnLine, isOver: boolean): boolean => {
  if ((isUndecided(line) && !isOver) || !isInspected(line)) return false;
  return line.standing !== 'authorized' || line.received >= (isOver ? line.settled : line.asked);
};

/** Where everything was declined there is nothing to close, unless it came all the same. */
const isDone = (rma: Rma): boolean =>
  !rma.ended &&
  isSettled(rma) &&
  rma.lines.every((line) => isDoneWith(line, rma.endedAtChannel === true)) &&
  rma.lines.some(({ standing, received }) => standing !== 'declined' || received > 0);

/** Closes a return once everything that was allowed has come, was graded, and the money is back. */
const closing = (state: OrderReturns, on: OnReturn): readonly ReturnEvent[] => {
  const rma = state.rmas.get(on.returnId);
  return rma && isDone(rma) ? [closed(state, rma, on)] : [];
};

/** These facts, and what follows from them: refunds that are due now, the end where nothing is left, and exchanges that are settled with it. */
export const following = (
  state: OrderReturns,
  on: OnReturn & { readonly refundId: string },
  facts: readonly ReturnEvent[],
): readonly ReturnEvent[] => {
  const after = facts.reduce(evolve, state);
  const refunds = repaying(after, on);
  return settling(state, on, [...facts, ...refunds, ...closing(refunds.reduce(evolve, after), on)]);
};

/** Of a return, or of a claim. */
const refundsOf = (state: OrderReturns, id: string): Rma['refunds'] => (state.claims.get(id) ?? requireRma(state, id)).refunds;

/** Payment gave money back, to one way of paying. That it came through says nothing of another part, or of another refund. */
export const recordRefund = (command: DataOf<ReturnCommand, 'RecordRefund'>, state: OrderReturns): readonly ReturnEvent[] => {
  const { orderId, returnId, refundId, paymentId, amount, now } = command;
  if (refundsOf(state, returnId).get(refundId)?.parts.get(paymentId)?.status === 'refunded') return [];
  const recorded: ReturnEvent = { type: 'RefundRecorded', data: { orderId, returnId, refundId, paymentId, amount, recordedAt: now } };
  return settling(state, command, [recorded, ...closing(evolve(state, recorded), command)]);
};

/** A failure that is heard after the money came, or a second time, changes nothing. */
export const recordRefundFailure = (
  { orderId, returnId, refundId, paymentId, reason, now }: DataOf<ReturnCommand, 'RecordRefundFailure'>,
  state: OrderReturns,
): readonly ReturnEvent[] => {
  const refund = refundsOf(state, returnId).get(refundId);
  if (state.rmas.get(returnId)?.ended || !refund || isGivenBack(refund) || refund.parts.has(paymentId)) return [];
  return [{ type: 'RefundFailureRecorded', data: { orderId, returnId, refundId, paymentId, reason, recordedAt: now } }];
};

/** A person gives up waiting for the rest: what came is graded and refunded, the claim on the rest is dropped. */
export const closeReturn = (command: DataOf<ReturnCommand, 'CloseReturn'>, state: OrderReturns): readonly ReturnEvent[] => {
  const { returnId } = command;
  if (requireRma(state, returnId).ended?.how === 'closed') return [];
  const rma = requireStatus(state, returnId, 'authorized', 'received');
  if (!rma.lines.every(isInspected))
    throw new Refused('RETURN_NOT_GRADED', `Return ${returnId} has units that came in and were not graded. Grade them first.`);
  if (!isSettled(rma))
    throw new Refused('RETURN_NOT_REFUNDED', `Return ${returnId} still waits for a refund. Close it when the money is back.`);
  return settling(state, command, [closed(state, rma, command)]);
};
