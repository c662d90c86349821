import type { Verdict } from '@cartage/contracts';
import {
  releaseOf,
  remittedOf,
  restOf,
  sumsOf,
  uncharged,
  type Authorization,
  type Capture,
  type Charge,
  type Ledger,
  type Refund,
  type Void,
} from '../domain/ledger';
import { outstandingCalls } from '../domain/outstanding';
import { due, isPromised, statusOf, tendersOf, type Known, type Raise, type ReviewDecision } from '../domain/payment';
import { chargedBack, refundable } from '../domain/refundable';
import { discrepanciesOf } from '../domain/reconciliation';
import { moverOf, type PaymentTerms } from '../domain/terms';
import type { CustomerFacts } from '../domain/verification';
import { openMatters } from './attention';
import type { PaymentRead } from './payments';

export const shipmentStatuses = ['due', 'captured', 'failed', 'partly-collected', 'collected', 'free'] as const;
type ShipmentStatus = (typeof shipmentStatuses)[number];

const cashStatus = ({ cash, collected }: Charge): ShipmentStatus => {
  if (collected === 0) return 'due';
  return collected < cash ? 'partly-collected' : 'collected';
};

/** A shipment whose charge was taken before, at placement or by a person, is paid for. */
const statusOfShipment = (shipmentId: string, charge: Charge, { captures }: Ledger): ShipmentStatus => {
  if (charge.amount === 0) return 'free';
  const own = [...captures.values()].filter((capture) => capture.shipmentId === shipmentId).map(({ status }) => status);
  if (own.includes('failed')) return 'failed';
  if (own.some((status) => status !== 'captured')) return 'due';
  return charge.cash > 0 ? cashStatus(charge) : 'captured';
};

const shipmentOf = (shipmentId: string, charge: Charge, ledger: Ledger) => ({
  shipmentId,
  ...(charge.location === undefined ? {} : { location: charge.location }),
  status: statusOfShipment(shipmentId, charge, ledger),
  amount: charge.amount,
  delivery: charge.delivery,
  cash: charge.cash,
  collected: charge.collected,
  remitted: remittedOf(charge),
  lines: charge.lines,
});

const captureOf = (captureId: string, { attemptId: _, askedAt: __, ...capture }: Capture) => ({ captureId, ...capture });

const refundOf = ({ attemptId: _, askedOfChannel: __, askedAt: ___, mover, ...refund }: Refund) => ({ ...refund, provider: mover });

const voidOf = (voidId: string, { attemptId: _, askedAt: __, reason, because, ...rest }: Void) => ({
  ...{ voidId, ...rest, reason: because },
  ...(reason === undefined ? {} : { failure: reason }),
});

const authorizationOf = (authorization: Authorization, ledger: Ledger) => {
  const { mover, action, ...shown } = authorization;
  return { ...shown, ...(action ? { action: { kind: action.kind } } : {}), provider: mover, rest: restOf(ledger, authorization) };
};

/** The sums, where each came from, and whether they agree with the facts: recomputed with every look. */
const moneyOf = (ledger: Ledger, events: PaymentRead['events']) => {
  const sums = sumsOf(ledger);
  const release = releaseOf(ledger);
  return {
    ...sums,
    uncharged: uncharged(ledger),
    refundable: refundable(ledger),
    chargedBack: chargedBack(ledger),
    ...(release ? { release: { status: release.status, amount: release.amount, reason: release.because } } : {}),
    shipments: [...ledger.charges].map(([shipmentId, charge]) => shipmentOf(shipmentId, charge, ledger)),
    captures: [...ledger.captures].map(([captureId, capture]) => captureOf(captureId, capture)),
    refunds: [...ledger.refunds.values()].map(refundOf),
    chargebacks: [...ledger.chargebacks].map(([chargebackId, { turn: _, ...taken }]) => ({ chargebackId, ...taken })),
    voids: [...ledger.voids].map(([voidId, asked]) => voidOf(voidId, asked)),
    discrepancies: discrepanciesOf(events, sums),
  };
};

/** One way of paying, with each promise that it gave or was asked for. */
const tenderOf = ({ ledger }: Known, { paymentId, method, amount, provider }: PaymentTerms) => ({
  paymentId,
  method,
  amount,
  provider: moverOf({ method, amount, provider }),
  authorizations: [...ledger.authorizations.values()]
    .filter((each) => each.paymentId === paymentId)
    .map((each) => authorizationOf(each, ledger)),
});

const presentReason = ({ reason }: Known) => (reason === undefined ? {} : { reason });

const assigneeOf = ({ waiting }: Known): { readonly assignee?: string } =>
  waiting?.assignee === undefined ? {} : { assignee: waiting.assignee };

const first = (payment: Known): PaymentTerms => {
  const [tender] = [...tendersOf(payment), ...payment.terms.payments];
  if (!tender) throw new Error(`Order ${payment.terms.orderId} says nothing about how it is paid.`);
  return tender;
};

/** A payment as shown to people: amounts in minor units of its currency. */
export const accountOf = ({ payment, version, events }: PaymentRead) => ({
  orderId: payment.terms.orderId,
  paymentId: first(payment).paymentId,
  version,
  status: statusOf(payment),
  method: first(payment).method,
  provider: moverOf(first(payment)),
  currency: payment.terms.currency,
  total: payment.terms.total,
  due: due(payment),
  placedAt: payment.terms.placedAt,
  ...presentReason(payment),
  ...assigneeOf(payment),
  payments: payment.terms.payments.map((tender) => ({ ...tenderOf(payment, tender), replaced: payment.replaced.has(tender.paymentId) })),
  ...(isPromised(payment) ? { money: moneyOf(payment.ledger, events) } : {}),
  outstanding: outstandingCalls(payment).map(({ operation, key, amount }) => ({ operation, key, amount })),
  attention: openMatters(payment),
});

export type PaymentAccount = ReturnType<typeof accountOf>;

/** Why an order was accepted, doubted or rejected. */
export interface VerdictShown {
  readonly orderId: string;
  readonly verdict: Verdict;
  readonly facts: CustomerFacts;
  readonly review?: ReviewDecision;
  /** What an edit added, and a person has to decide about. */
  readonly raise?: Raise;
}

export const verdictOf = ({ payment }: PaymentRead): VerdictShown => ({
  orderId: payment.terms.orderId,
  verdict: payment.verdict,
  facts: payment.facts,
  ...(payment.review === undefined ? {} : { review: { decision: payment.review.decision, note: payment.review.note } }),
  ...(payment.raise === undefined ? {} : { raise: payment.raise }),
});
