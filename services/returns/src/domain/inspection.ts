import { Refused, type DataOf } from '@cartage/eventsourcing';
import { closing } from './closing';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import { policyOf } from './policy';
import { refundOf } from './refund';
import { lineOf, requireQuantities, requireStatus } from './require';
import type { Sale } from './sale';
import { evolve, type OrderReturns, type Receipt, type Rma } from './state';

type Grading = DataOf<ReturnCommand, 'GradeItem'>;

export const receiveReturn = (
  { orderId, returnId, receiptId, location, lines, now }: DataOf<ReturnCommand, 'ReceiveReturn'>,
  state: OrderReturns,
): readonly ReturnEvent[] => {
  const rma = requireStatus(state, returnId, 'authorized', 'received', 'refund-failed');
  const known = new Map(rma.lines.map((line) => [line.lineId, line]));
  const left = (lineId: string): number => {
    const line = known.get(lineId);
    return line && !line.declined ? line.asked - line.received : 0;
  };
  requireQuantities(lines, left, (i) => `lines[${i}].quantity`);
  const received = lines.map(({ lineId, quantity }) => ({ lineId, sku: known.get(lineId)?.sku ?? '', quantity, announced: true }));
  return [{ type: 'ReturnReceived', data: { orderId, returnId, receiptId, location, lines: received, receivedAt: now } }];
};

const ungraded = ({ received, graded }: Receipt, lineId: string): number => (received.get(lineId) ?? 0) - (graded.get(lineId) ?? 0);

/** The receipt that the units came with: the one named, or the first that holds some that were not graded. */
const receiptOf = (
  { returnId, receipts }: Rma,
  { receiptId, lineId, quantity }: Grading,
): readonly [receiptId: string, receipt: Receipt] => {
  const found = [...receipts].find(([id, receipt]) => (receiptId === undefined ? ungraded(receipt, lineId) > 0 : id === receiptId));
  requireQuantities(
    [{ lineId, quantity }],
    () =>
      receiptId === undefined ? [...receipts.values()].reduce((sum, each) => sum + ungraded(each, lineId), 0) : Number.POSITIVE_INFINITY,
    () => 'quantity',
  );
  if (!found)
    throw new Refused('RECEIPT_UNKNOWN', `Return ${returnId} has no receipt ${receiptId ?? ''} with units of line ${lineId}.`, 'invalid');
  const [id, receipt] = found;
  if (quantity > ungraded(receipt, lineId))
    throw new Refused(
      'QUANTITY_TOO_HIGH',
      `Receipt ${id} at ${receipt.location} has ${ungraded(receipt, lineId)} units of line ${lineId} to grade. Grade those of each receipt by themselves.`,
      'invalid',
      [{ field: 'quantity', code: 'QUANTITY_TOO_HIGH', message: `At most ${ungraded(receipt, lineId)}, of receipt ${id}.` }],
    );
  return found;
};

const due = (
  sale: Sale,
  { orderId, returnId, refundId, lineId, quantity, grade, now }: Grading,
  before: number,
): readonly ReturnEvent[] => {
  const line = sale.lines.find((sold) => sold.lineId === lineId);
  if (!line) return [];
  const { amount, ...made } = refundOf(line, { before, quantity, grade }, policyOf(sale.policy));
  if (amount === 0) return [];
  const lines = [{ lineId, sku: line.sku, quantity }];
  return [
    {
      type: 'RefundDue',
      data: {
        ...{ orderId, returnId, refundId, trigger: 'inspection', lines, currency: sale.currency, amount, ...made },
        ...{ delivery: 0, tender: 'original', dueAt: now },
      },
    },
  ];
};

/** Units are graded where they came in, and what they are worth to the customer is due at once. */
export const gradeItem = (command: Grading, state: OrderReturns): readonly ReturnEvent[] => {
  const { orderId, returnId, gradingId, lineId, quantity, grade, now } = command;
  const rma = requireStatus(state, returnId, 'received', 'refund-failed');
  const [receiptId, { location }] = receiptOf(rma, command);
  const { sale } = state;
  if (!sale) return [];
  const graded: ReturnEvent = {
    type: 'ItemGraded',
    data: {
      ...{ orderId, returnId, gradingId, receiptId, lineId, sku: lineOf(rma, lineId)?.sku ?? '', quantity, location, grade },
      disposition: command.disposition ?? policyOf(sale.policy).disposition[grade],
      gradedAt: now,
    },
  };
  const events = [graded, ...due(sale, command, state.graded.get(lineId) ?? 0)];
  return [...events, ...closing(events.reduce(evolve, state), command)];
};
