import type { Verdict } from '@cartage/contracts';
import {
  refundable,
  releaseOf,
  remittedOf,
  sumsOf,
  uncharged,
  type Capture,
  type Charge,
  type Ledger,
  type Refund,
} from '../domain/ledger';
import { outstandingCalls } from '../domain/outstanding';
import { isPromised, type Known, type Promised, type ReviewDecision } from '../domain/payment';
import { discrepanciesOf } from '../domain/reconciliation';
import type { CustomerFacts } from '../domain/verification';
import type { PaymentRead } from './payments';

export const shipmentStatuses = ['due', 'captured', 'failed', 'partly-collected', 'collected', 'free'] as const;
type ShipmentStatus = (typeof shipmentStatuses)[number];

const captureStatus: { readonly [Status in Capture['status']]: ShipmentStatus } = {
  requested: 'due',
  captured: 'captured',
  failed: 'failed',
};

const statusOf = ({ amount, captureId = '', collected }: Charge, { captures }: Ledger): ShipmentStatus => {
  if (amount === 0) return 'free';
  const capture = captures.get(captureId);
  if (capture) return captureStatus[capture.status];
  if (collected === 0) return 'due';
  return collected < amount ? 'partly-collected' : 'collected';
};

const shipmentOf = (shipmentId: string, charge: Charge, ledger: Ledger) => ({
  shipmentId,
  status: statusOf(charge, ledger),
  amount: charge.amount,
  delivery: charge.delivery,
  collected: charge.collected,
  remitted: remittedOf(charge),
  lines: charge.lines,
});

const captureOf = (captureId: string, capture: Capture) => ({ captureId, ...capture });

const refundOf = (refundId: string, { attemptId: _, ...refund }: Refund) => ({ refundId, ...refund });

/** The sums, where each came from, and whether they agree with the facts: recomputed with every look. */
const moneyOf = (ledger: Ledger, events: PaymentRead['events']) => {
  const sums = sumsOf(ledger);
  const release = releaseOf(ledger);
  return {
    ...sums,
    uncharged: uncharged(ledger),
    refundable: refundable(ledger),
    ...(release ? { release } : {}),
    shipments: [...ledger.charges].map(([shipmentId, charge]) => shipmentOf(shipmentId, charge, ledger)),
    captures: [...ledger.captures].map(([captureId, capture]) => captureOf(captureId, capture)),
    refunds: [...ledger.refunds].map(([refundId, refund]) => refundOf(refundId, refund)),
    discrepancies: discrepanciesOf(events, sums),
  };
};

const reasonOf = (payment: Known) => ('reason' in payment ? { reason: payment.reason } : {});

const assigneeOf = (payment: Known): { readonly assignee?: string } =>
  payment.status === 'under-review' && payment.assignee !== undefined ? { assignee: payment.assignee } : {};

const authorizationOf = ({ authorizationId, reference, expiresAt }: Promised) => ({
  ...(authorizationId === undefined ? {} : { authorizationId }),
  ...(reference === undefined ? {} : { reference }),
  ...(expiresAt === undefined ? {} : { expiresAt }),
});

const promiseOf = (payment: Known, events: PaymentRead['events']) =>
  isPromised(payment)
    ? { provider: payment.mover, ...authorizationOf(payment), money: moneyOf(payment.ledger, events) }
    : { provider: payment.terms.payments[0].provider };

/** A payment as shown to people: amounts in minor units of its currency. */
export const accountOf = ({ payment, version, events }: PaymentRead) => ({
  orderId: payment.terms.orderId,
  paymentId: payment.terms.payments[0].paymentId,
  version,
  status: payment.status,
  method: payment.terms.payments[0].method,
  currency: payment.terms.currency,
  total: payment.terms.total,
  placedAt: payment.terms.placedAt,
  ...reasonOf(payment),
  ...assigneeOf(payment),
  ...promiseOf(payment, events),
  outstanding: outstandingCalls(payment).map(({ operation, key, amount }) => ({ operation, key, amount })),
});

export type PaymentAccount = ReturnType<typeof accountOf>;

/** Why an order was accepted, doubted or rejected. */
export interface VerdictShown {
  readonly orderId: string;
  readonly verdict: Verdict;
  readonly facts: CustomerFacts;
  readonly review?: ReviewDecision;
}

export const verdictOf = ({ payment }: PaymentRead): VerdictShown => ({
  orderId: payment.terms.orderId,
  verdict: payment.verdict,
  facts: payment.facts,
  ...(payment.review === undefined ? {} : { review: payment.review }),
});
