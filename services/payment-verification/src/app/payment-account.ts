import type { Verdict } from '@cartage/contracts';
import type { ReviewDecision } from '../domain/events';
import { discrepanciesOf, refundable, remittedOf, uncharged, type Charge, type Ledger, type Refund } from '../domain/ledger';
import { outstandingCalls } from '../domain/outstanding';
import { hasVerdict, isPromised, type Known } from '../domain/payment';
import type { CustomerFacts } from '../domain/verification';
import type { PaymentRead } from './payments';

const shipmentOf = ([shipmentId, charge]: readonly [string, Charge]) => ({
  shipmentId,
  status: charge.status,
  amount: charge.amount,
  shipping: charge.shipping,
  remitted: remittedOf(charge),
  lines: charge.lines,
});

const refundOf = ([refundId, refund]: readonly [string, Refund]) => ({ refundId, ...refund });

/** The totals, where each came from, and whether they agree: recomputed with every look. */
const moneyOf = (ledger: Ledger) => ({
  promised: ledger.promised,
  captured: ledger.captured,
  collected: ledger.collected,
  remitted: ledger.remitted,
  refunded: ledger.refunded,
  voided: ledger.voided,
  uncharged: uncharged(ledger),
  refundable: refundable(ledger),
  ...(ledger.release ? { release: ledger.release } : {}),
  shipments: Object.entries(ledger.charges).map(shipmentOf),
  refunds: Object.entries(ledger.refunds).map(refundOf),
  discrepancies: discrepanciesOf(ledger),
});

const reasonOf = (payment: Known): { readonly reason?: string } => ('reason' in payment ? { reason: payment.reason } : {});

const assigneeOf = (payment: Known): { readonly assignee?: string } =>
  payment.status === 'under-review' && payment.assignee !== undefined ? { assignee: payment.assignee } : {};

const promiseOf = (payment: Known) =>
  isPromised(payment)
    ? {
        provider: payment.mover,
        ...(payment.authorizationId === undefined ? {} : { authorizationId: payment.authorizationId }),
        money: moneyOf(payment.ledger),
      }
    : { provider: payment.terms.provider };

/** A payment as shown to people: amounts in minor units of its currency. */
export const accountOf = ({ payment, version }: PaymentRead) => ({
  orderId: payment.terms.orderId,
  version,
  status: payment.status,
  method: payment.terms.method,
  currency: payment.terms.currency,
  total: payment.terms.total,
  placedAt: payment.terms.placedAt,
  ...reasonOf(payment),
  ...assigneeOf(payment),
  ...promiseOf(payment),
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

export const verdictOf = ({ payment }: PaymentRead): VerdictShown | undefined =>
  hasVerdict(payment)
    ? {
        orderId: payment.terms.orderId,
        verdict: payment.verdict,
        facts: payment.facts,
        ...(payment.review === undefined ? {} : { review: payment.review }),
      }
    : undefined;
