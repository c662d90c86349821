import { evolving, type DataOf } from '@cartage/eventsourcing';
import type { ReturnEvent } from './events';
import { decided, graded, linesOf, received, settledIn, withoutDoubt } from './line-fold';
import { dueRefund, withPart, type Refund } from './repayment';
import { itemKey } from './return-line';
import { addPieces, type OrderReturns, type ReturnEnd, type Rma } from './state';

type Of<Type extends ReturnEvent['type']> = DataOf<ReturnEvent, Type>;

const withRma = (state: OrderReturns, returnId: string, change: (rma: Rma) => Rma): OrderReturns => {
  const rma = state.rmas.get(returnId);
  return rma ? { ...state, rmas: new Map(state.rmas).set(returnId, change(rma)) } : state;
};

/** What payment gives back of its own accord for a return was never due here: it is counted, and nothing waits for it. */
const withRefund = (rma: Rma, refundId: string, change: (refund: Refund) => Refund): Rma => ({
  ...rma,
  refunds: new Map(rma.refunds).set(refundId, change(rma.refunds.get(refundId) ?? dueRefund(0))),
});

const requested = (state: OrderReturns, data: Of<'ReturnRequested'>): OrderReturns => {
  const { returnId, lines, requestedAt, tender, sale = state.sale, policy = state.policy } = data;
  return {
    ...state,
    ...(sale ? { sale, sold: new Map(sale.lines.map((line) => [line.lineId, line])) } : {}),
    ...(policy ? { policy } : {}),
    rmas: new Map(state.rmas).set(returnId, {
      ...{
        returnId,
        requestedAt,
        lines: linesOf(lines, policy?.faultReasons ?? []),
        reminded: false,
        labels: new Map(),
        scans: [],
        receipts: new Map(),
        refunds: new Map(),
      },
      ...(tender === undefined ? {} : { tender }),
    }),
  };
};

type Settling = Pick<Of<'RefundDue'>, 'returnId' | 'lines' | 'fees'>;

/** The refund of some units is decided, be it nothing: it is not decided again in another return of the same line. */
const settled = (state: OrderReturns, { returnId, lines, fees }: Settling): OrderReturns => {
  const units = new Map(state.settled);
  for (const line of lines) addPieces(units, state.sold, line);
  const fee = fees.find(({ code }) => code === 'return')?.amount ?? 0;
  return withRma({ ...state, settled: units, returnFee: state.returnFee + fee }, returnId, (rma) => ({
    ...rma,
    lines: settledIn(rma.lines, lines),
  }));
};

const due = (state: OrderReturns, data: Of<'RefundDue'>): OrderReturns => {
  const { returnId, refundId, amount, shipGroups, trigger } = data;
  const after = withRma(settled(state, data), returnId, (rma) => withRefund(rma, refundId, () => dueRefund(amount)));
  return {
    ...after,
    deliveries: new Set([...state.deliveries, ...shipGroups]),
    kept: trigger === 'keep-it' ? state.kept + amount : state.kept,
  };
};

/** Units that never came are given back; what was paid for is waited for still. */
const withoutOutstanding = (rma: Rma): Rma => ({
  ...rma,
  lines: rma.lines.map((line) => (line.standing === 'kept' ? line : { ...line, asked: Math.max(line.received, line.settled) })),
});

const ended = (rma: Rma, how: ReturnEnd, at: string): Rma => ({ ...withoutOutstanding(rma), ended: { how, at } });

/** Where something came, or is to be decided, the rest goes on without what did not. */
const expired = (rma: Rma, at: string): Rma => {
  const isOver = rma.lines.every(({ standing, received: n }) => n === 0 && (standing === 'authorized' || standing === 'declined'));
  return isOver ? ended(rma, 'expired', at) : withoutOutstanding(rma);
};

/** What is allowed later has more time, and the rest with it. */
const until = (rma: Rma, expiresAt: string | undefined): Pick<Rma, 'expiresAt' | 'reminded'> =>
  expiresAt !== undefined && expiresAt > (rma.expiresAt ?? '') ? { expiresAt, reminded: false } : { reminded: rma.reminded };

/** What follows from what happened to the returns of an order. */
export const evolve = evolving<OrderReturns, ReturnEvent>({
  ReturnRequested: requested,
  ReturnReviewRequired: (state, { returnId, reason, policy, lines }) =>
    withRma(state, returnId, (rma) => decided({ ...rma, reason, policy }, lines, () => 'review')),
  ReturnAuthorized: (state, { returnId, policy, lines, expiresAt }) => {
    const kept = new Set(lines.filter(({ keep }) => keep).map(itemKey));
    return withRma(state, returnId, (rma) =>
      withoutDoubt(
        decided({ ...rma, policy, ...until(rma, expiresAt) }, lines, (item) => (kept.has(itemKey(item)) ? 'kept' : 'authorized')),
      ),
    );
  },
  ReturnDeclined: (state, { returnId, reason, policy, lines }) =>
    withRma(state, returnId, (rma) => decided({ ...rma, reason, policy }, lines, () => 'declined')),
  ReturnReceived: (state, data) => withRma(state, data.returnId, (rma) => received(rma, data)),
  ItemGraded: (state, data) => withRma(state, data.returnId, (rma) => graded(rma, data)),
  RefundDue: due,
  RefundWaived: settled,
  RefundRecorded: (state, { returnId, refundId, paymentId, amount }) =>
    withRma(state, returnId, (rma) => withRefund(rma, refundId, (refund) => withPart(refund, paymentId, { status: 'refunded', amount }))),
  RefundFailureRecorded: (state, { returnId, refundId, paymentId, reason }) =>
    withRma(state, returnId, (rma) => withRefund(rma, refundId, (refund) => withPart(refund, paymentId, { status: 'failed', reason }))),
  ReturnClosed: (state, { returnId, closedAt }) => withRma(state, returnId, (rma) => ended(rma, 'closed', closedAt)),
  ReturnExpired: (state, { returnId, expiredAt }) => withRma(state, returnId, (rma) => expired(rma, expiredAt)),
  ReturnCancelled: (state, { returnId, cancelledAt }) => withRma(state, returnId, (rma) => ended(rma, 'cancelled', cancelledAt)),
  ReturnExpiring: (state, { returnId }) => withRma(state, returnId, (rma) => ({ ...rma, reminded: true })),
  ReturnLabelIssued: (state, { returnId, ...label }) =>
    withRma(state, returnId, (rma) => ({ ...rma, labels: new Map(rma.labels).set(label.trackingNumber, label) })),
  ReturnInTransit: (state, { returnId, ...scan }) => withRma(state, returnId, (rma) => ({ ...rma, scans: [...rma.scans, scan] })),
});
