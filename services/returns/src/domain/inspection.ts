import { Refused, type DataOf } from '@cartage/eventsourcing';
import type { ReturnCommand } from './commands';
import type { PurchasedLine, ReturnEvent } from './events';
import { evolve } from './evolve';
import { policyOf } from './policy';
import { refundOf } from './refund';
import { lineOf, requireQuantities, requireStatus } from './require';
import { purchasedLine, type ReturnLine, type Returns, type Rma } from './state';

export const receiveReturn = (
  { orderId, returnId, location, lines, now }: DataOf<ReturnCommand, 'ReceiveReturn'>,
  state: Returns,
): readonly ReturnEvent[] => {
  const rma = requireStatus(state, returnId, 'authorized', 'received');
  const left = (lineId: string): number => {
    const line = lineOf(rma, lineId);
    return line ? line.asked - line.received : 0;
  };
  requireQuantities(lines, left, (i) => `lines[${i}].quantity`);
  const received = lines.map(({ lineId, quantity }) => ({ lineId, sku: lineOf(rma, lineId)?.sku ?? '', quantity }));
  return [{ type: 'ReturnReceived', data: { orderId, returnId, location, lines: received, receivedAt: now } }];
};

/** The line of the RMA whose units are graded, and the line that was bought. An RMA's lines were taken from the purchase, so both are there. */
const inspected = (
  state: Returns,
  rma: Rma,
  { lineId, quantity }: DataOf<ReturnCommand, 'GradeItem'>,
): { readonly line: ReturnLine; readonly bought: PurchasedLine } => {
  const line = lineOf(rma, lineId);
  const bought = purchasedLine(state, lineId);
  requireQuantities(
    [{ lineId, quantity }],
    () => (line ? line.received - line.graded : 0),
    () => 'quantity',
  );
  if (!line || !bought) throw new Refused('LINE_UNKNOWN', `Return ${rma.returnId} has no line ${lineId}.`, 'invalid');
  return { line, bought };
};

export const gradeItem = (command: DataOf<ReturnCommand, 'GradeItem'>, state: Returns): readonly ReturnEvent[] => {
  const { orderId, returnId, lineId, quantity, grade, now } = command;
  const { line, bought } = inspected(state, requireStatus(state, returnId, 'received', 'refund-failed'), command);
  const policy = policyOf(state.purchase?.policy);
  const units = { lineTotal: bought.total, sold: bought.quantity, before: state.graded.get(lineId) ?? 0, quantity };
  const graded: ReturnEvent = {
    type: 'ItemGraded',
    data: {
      ...{ orderId, returnId, lineId, sku: line.sku, quantity, location: line.location ?? '', grade },
      disposition: command.disposition ?? policy.disposition[grade],
      currency: state.purchase?.currency ?? '',
      refund: refundOf(units, grade, policy),
      gradedAt: now,
    },
  };
  return [graded, ...closing(evolve(state, graded), returnId, now)];
};

/** Closes an RMA once everything that was allowed has come, was graded, and the money is back. */
export const closing = (state: Returns, returnId: string, now: string): readonly ReturnEvent[] => {
  const rma = state.rmas.get(returnId);
  return rma && isDone(rma) ? [closed(state, rma, now)] : [];
};

const isDone = ({ status, lines, owed, refunded }: Rma): boolean =>
  status === 'received' && refunded >= owed && lines.every(({ asked, graded }) => graded === asked);

export const closed = ({ purchase }: Returns, { returnId, refunded }: Rma, now: string): ReturnEvent => ({
  type: 'ReturnClosed',
  data: { orderId: purchase?.orderId ?? '', returnId, currency: purchase?.currency ?? '', refunded, closedAt: now },
});
