import { evolving, type DataOf } from '@cartage/eventsourcing';
import type { ReturnEvent } from './events';
import { claimDecided, claimOpened, claimOverdue, claimRefund, claimRepaid } from './claim';
import { exchangeCredited, exchangeOverdue, exchangeRequested, exchangeSettled } from './exchange';
import { decided, graded, linesOf, received, settledIn, withoutDoubt } from './line-fold';
import { dueRefund, withPart, type Refund } from './repayment';
import { itemKey } from './return-line';
import { addPieces, type OrderReturns, type ReturnEnd, type Rma } from './state';

type Of<Type extends ReturnEvent['type']> = DataOf<ReturnEvent, Type>;

const withRma = (state: OrderReturns, returnId: string, change: (rma: Rma) => Rma): OrderReturns => {
  const rma = state.rmas.get(returnId);
  return rma ? { ...state, rmas: new Map(state.rmas).set(returnId, change(rma)) } : state;
};

/** Of a return, or of a claim. What payment gives back of its own accord was never due here: it is counted, and nothing waits for it. */
const withRefund = (
  state: OrderReturns,
  { returnId, refundId }: { readonly returnId: string; readonly refundId: string },
  change: (refund: Refund) => Refund,
): OrderReturns =>
  state.claims.has(returnId)
    ? { ...state, claims: claimRefund(state.claims, [returnId, refundId], change) }
    : withRma(state, returnId, (rma) => ({
        ...rma,
        refunds: new Map(rma.refunds).set(refundId, change(rma.refunds.get(refundId) ?? dueRefund(0))),
      }));

/** What was sold, and under which policy, as it is from then on. */
const sold = (state: OrderReturns, { sale, policy }: Pick<Of<'ReturnRequested'>, 'sale' | 'policy'>): OrderReturns => ({
  ...state,
  ...(sale ? { sale, sold: new Map(sale.lines.map((line) => [line.lineId, line])) } : {}),
  ...(policy ? { policy } : {}),
});

const requested = (before: OrderReturns, data: Of<'ReturnRequested'>): OrderReturns => {
  const state = sold(before, data);
  const { returnId, lines, requestedAt, tender, advance, note } = data;
  return {
    ...state,
    rmas: new Map(state.rmas).set(returnId, {
      ...{
        returnId,
        requestedAt,
        lines: linesOf(lines, state.policy?.faultReasons ?? []),
        reminded: false,
        labels: new Map(),
        scans: [],
        receipts: new Map(),
        refunds: new Map(),
      },
      ...(tender === undefined ? {} : { tender }),
      ...(advance ? { advance } : {}),
      ...(note ? { note } : {}),
    }),
  };
};

type Settling = Pick<Of<'RefundDue'>, 'returnId' | 'lines' | 'fees'>;

/** The refund of some units is decided, be it nothing: it is not decided again in another return of the same line. */
const settled = (state: OrderReturns, { returnId, lines, fees }: Settling): OrderReturns => {
  const units = new Map(state.settled);
  for (const line of lines) addPieces(units, state.sold, line);
  const fee = fees.find(({ code }) => code === 'return')?.amount ?? 0;
  const claims = claimRepaid(state.claims, { returnId, lines });
  return withRma({ ...state, claims, settled: units, returnFee: state.returnFee + fee }, returnId, (rma) => ({
    ...rma,
    lines: settledIn(rma.lines, lines),
  }));
};

const due = (state: OrderReturns, data: Of<'RefundDue'>): OrderReturns => {
  const { amount, shipGroups, trigger } = data;
  const after = withRefund(settled(state, data), data, () => dueRefund(amount));
  return {
    ...after,
    deliveries: new Set([...state.deliveries, ...shipGroups]),
    kept: trigger === 'keep-it' ? state.kept + amount : state.kept,
    exchanges: exchangeCredited(state.exchanges, data),
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

const wayOf = ({ sendBack, receivingLocation, wayBack: paidBy }: Of<'ReturnAuthorized'>): Pick<Rma, 'sendBack'> =>
  sendBack ? { sendBack: { ...sendBack, ...(receivingLocation === undefined ? {} : { to: receivingLocation }), paidBy } } : {};

const labelled = ({ labelFailure: _before, ...rma }: Rma, { returnId: _of, ...label }: Of<'ReturnLabelIssued'>): Rma => ({
  ...rma,
  labels: new Map(rma.labels).set(label.trackingNumber, label),
});

/** What follows from what happened to the returns of an order. */
export const evolve = evolving<OrderReturns, ReturnEvent>({
  ReturnRequested: requested,
  ReturnReviewRequired: (state, { returnId, reason, policy, lines }) =>
    withRma(state, returnId, (rma) => decided({ ...rma, reason, policy }, lines, () => 'review')),
  ReturnAuthorized: (state, authorized) => {
    const { returnId, policy, lines, expiresAt } = authorized;
    const kept = new Set(lines.filter(({ keep }) => keep).map(itemKey));
    return withRma(state, returnId, (rma) =>
      withoutDoubt(
        decided({ ...rma, policy, ...wayOf(authorized), ...until(rma, expiresAt) }, lines, (item) =>
          kept.has(itemKey(item)) ? 'kept' : 'authorized',
        ),
      ),
    );
  },
  ReturnDeclined: (state, { returnId, reason, policy, lines }) =>
    withRma(state, returnId, (rma) => decided({ ...rma, reason, policy }, lines, () => 'declined')),
  ReturnReceived: (state, data) =>
    withRma(state, data.returnId, (rma) => received({ ...rma, arrivedAt: rma.arrivedAt ?? data.receivedAt }, data)),
  ItemGraded: (state, data) => withRma(state, data.returnId, (rma) => graded(rma, data)),
  RefundDue: due,
  RefundWaived: settled,
  RefundRecorded: (state, data) =>
    withRefund(state, data, (refund) => withPart(refund, data.paymentId, { status: 'refunded', amount: data.amount })),
  RefundFailureRecorded: (state, data) =>
    withRefund(state, data, (refund) => withPart(refund, data.paymentId, { status: 'failed', reason: data.reason })),
  ClaimOpened: (state, data) => ({ ...sold(state, data), claims: claimOpened(state.claims, data) }),
  ClaimDecided: (state, data) => ({ ...state, claims: claimDecided(state.claims, data) }),
  ClaimOverdue: (state, data) => ({ ...state, claims: claimOverdue(state.claims, data) }),
  ReturnEndedAtChannel: (state, { returnId }) => withRma(state, returnId, (rma) => ({ ...rma, endedAtChannel: true })),
  ExchangeRequested: (state, data) => ({ ...state, exchanges: exchangeRequested(state.exchanges, data) }),
  ExchangeSettled: (state, data) => ({ ...state, exchanges: exchangeSettled(state.exchanges, data) }),
  ExchangeOverdue: (state, data) => ({ ...state, exchanges: exchangeOverdue(state.exchanges, data) }),
  ReturnClosed: (state, { returnId, closedAt }) => withRma(state, returnId, (rma) => ended(rma, 'closed', closedAt)),
  ReturnExpired: (state, { returnId, expiredAt }) => withRma(state, returnId, (rma) => expired(rma, expiredAt)),
  ReturnCancelled: (state, { returnId, cancelledAt }) => withRma(state, returnId, (rma) => ended(rma, 'cancelled', cancelledAt)),
  ReturnExpiring: (state, { returnId }) => withRma(state, returnId, (rma) => ({ ...rma, reminded: true })),
  ReturnLabelIssued: (state, data) => withRma(state, data.returnId, (rma) => labelled(rma, data)),
  LabelFailureRecorded: (state, { returnId, reason }) => withRma(state, returnId, (rma) => ({ ...rma, labelFailure: reason })),
  ReturnInTransit: (state, { returnId, ...scan }) => withRma(state, returnId, (rma) => ({ ...rma, scans: [...rma.scans, scan] })),
});
