import { evolving, type DataOf } from '@cartage/eventsourcing';
import type { Reason } from '@cartage/contracts';
import type { ReturnEvent } from './events';
import { dueRefund, givenBack, refundStanding, withPart, type Refund } from './repayment';
import type { Sale } from './sale';

export type ReturnStatus = 'requested' | 'awaiting-review' | 'authorized' | 'declined' | 'received' | 'refund-failed' | 'closed';

/** One line of an RMA. asked ≥ received ≥ graded, always; of a declined line nothing comes. */
export interface ReturnLine {
  readonly lineId: string;
  readonly sku: string;
  /** The customer's reason codes. */
  readonly reasons: readonly string[];
  readonly asked: number;
  readonly declined: boolean;
  readonly received: number;
  readonly graded: number;
}

/** What came in at once, and how much of each line of it was graded. */
export interface Receipt {
  readonly location: string;
  readonly received: ReadonlyMap<string, number>;
  readonly graded: ReadonlyMap<string, number>;
}

export interface Rma {
  readonly returnId: string;
  readonly status: Exclude<ReturnStatus, 'refund-failed'>;
  readonly requestedAt: string;
  readonly closedAt?: string;
  readonly policy?: string;
  readonly reason?: Reason;
  readonly lines: readonly ReturnLine[];
  /** By receipt id, oldest first. */
  readonly receipts: ReadonlyMap<string, Receipt>;
  /** By refund id. */
  readonly refunds: ReadonlyMap<string, Refund>;
}

/** Everything about the returns of one order. */
export interface OrderReturns {
  readonly sale?: Sale;
  /** Units of each line that were graded in any RMA. */
  readonly graded: ReadonlyMap<string, number>;
  /** By return id, oldest first. */
  readonly rmas: ReadonlyMap<string, Rma>;
}

export const nothing: OrderReturns = { graded: new Map(), rmas: new Map() };

const plus = (units: ReadonlyMap<string, number>, lineId: string, quantity: number): ReadonlyMap<string, number> =>
  new Map(units).set(lineId, (units.get(lineId) ?? 0) + quantity);

/** Units of each line. */
const unitsIn = (lines: Iterable<{ readonly lineId: string; readonly quantity: number }>): ReadonlyMap<string, number> => {
  const units = new Map<string, number>();
  for (const { lineId, quantity } of lines) units.set(lineId, (units.get(lineId) ?? 0) + quantity);
  return units;
};

const unitsHeld = ({ status, lines }: Rma): readonly { readonly lineId: string; readonly quantity: number }[] =>
  lines
    .filter(({ declined }) => !declined)
    .map(({ lineId, asked, received }) => ({ lineId, quantity: status === 'closed' ? received : asked }));

/** Units of each line that live RMAs hold: what was asked for and not declined, or, once an RMA is closed, what really came. */
export const claimedUnits = ({ rmas }: OrderReturns): ReadonlyMap<string, number> => unitsIn([...rmas.values()].flatMap(unitsHeld));

export const owed = ({ refunds }: Rma): number => [...refunds.values()].reduce((sum, { amount }) => sum + amount, 0);
export const refunded = ({ refunds }: Rma): number => [...refunds.values()].reduce((sum, refund) => sum + givenBack(refund), 0);

const failure = ({ refunds }: Rma): { readonly reason?: Reason } | undefined =>
  [...refunds.values()].map(refundStanding).find(({ status }) => status === 'failed');

/** As people are told: a refund that failed stands before everything but the end. */
export const standingOf = (rma: Rma): { readonly status: ReturnStatus; readonly reason?: Reason } => {
  const failed = rma.status === 'closed' ? undefined : failure(rma);
  if (failed) return { status: 'refund-failed', ...(failed.reason ? { reason: failed.reason } : {}) };
  return { status: rma.status, ...(rma.reason ? { reason: rma.reason } : {}) };
};

const withRma = (state: OrderReturns, returnId: string, change: (rma: Rma) => Rma): OrderReturns => {
  const rma = state.rmas.get(returnId);
  return rma ? { ...state, rmas: new Map(state.rmas).set(returnId, change(rma)) } : state;
};

const withLines = (rma: Rma, change: (line: ReturnLine) => ReturnLine): Rma => ({ ...rma, lines: rma.lines.map(change) });

/** What payment gives back of its own accord for a return was never due here: it is counted, and nothing waits for it. */
const withRefund = (rma: Rma, refundId: string, change: (refund: Refund) => Refund): Rma => ({
  ...rma,
  refunds: new Map(rma.refunds).set(refundId, change(rma.refunds.get(refundId) ?? dueRefund(0))),
});

type Of<Type extends ReturnEvent['type']> = DataOf<ReturnEvent, Type>;

/** A line may be asked for twice, for two reasons: it is one line of the return. */
const linesOf = (asked: Of<'ReturnRequested'>['lines']): readonly ReturnLine[] => {
  const lines = new Map<string, ReturnLine>();
  for (const { lineId, sku, quantity, reason } of asked) {
    const line = lines.get(lineId) ?? { lineId, sku, reasons: [], asked: 0, declined: false, received: 0, graded: 0 };
    lines.set(lineId, { ...line, asked: line.asked + quantity, reasons: [...new Set([...line.reasons, reason])] });
  }
  return [...lines.values()];
};

const declined = (rma: Rma, { lines, reason, policy }: Of<'ReturnDeclined'>): Rma => {
  const refused = new Set(lines.map(({ lineId }) => lineId));
  const changed = withLines({ ...rma, reason, policy }, (line) => (refused.has(line.lineId) ? { ...line, declined: true } : line));
  return changed.lines.every((line) => line.declined) ? { ...changed, status: 'declined' } : changed;
};

const received = (rma: Rma, { receiptId, location, lines }: Of<'ReturnReceived'>): Rma => {
  const units = unitsIn(lines);
  const counted = withLines(rma, (line) => ({ ...line, received: line.received + (units.get(line.lineId) ?? 0) }));
  const receipt: Receipt = { location, received: units, graded: new Map() };
  return { ...counted, status: 'received', receipts: new Map(rma.receipts).set(receiptId, receipt) };
};

const graded = (rma: Rma, { receiptId, lineId, quantity }: Of<'ItemGraded'>): Rma => {
  const counted = withLines(rma, (line) => (line.lineId === lineId ? { ...line, graded: line.graded + quantity } : line));
  const receipt = rma.receipts.get(receiptId);
  if (!receipt) return counted;
  return {
    ...counted,
    receipts: new Map(rma.receipts).set(receiptId, { ...receipt, graded: plus(receipt.graded, lineId, quantity) }),
  };
};

/** What follows from what happened to the returns of an order. */
export const evolve = evolving<OrderReturns, ReturnEvent>({
  ReturnRequested: (state, { returnId, lines, requestedAt, sale = state.sale }) => ({
    ...state,
    ...(sale ? { sale } : {}),
    rmas: new Map(state.rmas).set(returnId, {
      ...{ returnId, status: 'requested', requestedAt, lines: linesOf(lines), receipts: new Map(), refunds: new Map() },
    }),
  }),
  ReturnReviewRequired: (state, { returnId, reason, policy }) =>
    withRma(state, returnId, (rma) => ({ ...rma, status: 'awaiting-review', reason, policy })),
  ReturnAuthorized: (state, { returnId, policy }) => withRma(state, returnId, (rma) => ({ ...rma, status: 'authorized', policy })),
  ReturnDeclined: (state, data) => withRma(state, data.returnId, (rma) => declined(rma, data)),
  ReturnReceived: (state, data) => withRma(state, data.returnId, (rma) => received(rma, data)),
  ItemGraded: (state, data) => ({
    ...withRma(state, data.returnId, (rma) => graded(rma, data)),
    graded: plus(state.graded, data.lineId, data.quantity),
  }),
  RefundDue: (state, { returnId, refundId, amount }) =>
    withRma(state, returnId, (rma) => withRefund(rma, refundId, () => dueRefund(amount))),
  RefundRecorded: (state, { returnId, refundId, paymentId, amount }) =>
    withRma(state, returnId, (rma) => withRefund(rma, refundId, (due) => withPart(due, paymentId, { status: 'refunded', amount }))),
  RefundFailureRecorded: (state, { returnId, refundId, paymentId, reason }) =>
    withRma(state, returnId, (rma) => withRefund(rma, refundId, (due) => withPart(due, paymentId, { status: 'failed', reason }))),
  ReturnClosed: (state, { returnId, closedAt }) => withRma(state, returnId, (rma) => ({ ...rma, status: 'closed', closedAt })),
});
