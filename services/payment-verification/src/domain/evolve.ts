import { evolving, type DataOf } from '@cartage/eventsourcing';
import type { PaymentEvent } from './events';
import { ledgerOf, type Charge, type Ledger, type Refund } from './ledger';
import { hasVerdict, isPromised, verifiedOf, type Payment } from './payment';

type Of<Type extends PaymentEvent['type']> = DataOf<PaymentEvent, Type>;

/** Changes the ledger of a promised payment; of any other there is none to change. */
const book = (payment: Payment, change: (ledger: Ledger) => Ledger): Payment =>
  isPromised(payment) ? { ...payment, ledger: change(payment.ledger) } : payment;

const bookCharge = (payment: Payment, shipmentId: string, change: (ledger: Ledger, charge: Charge) => Ledger): Payment =>
  book(payment, (ledger) => {
    const charge = ledger.charges[shipmentId];
    return charge ? change(ledger, charge) : ledger;
  });

const withCharge = (ledger: Ledger, shipmentId: string, charge: Charge): Ledger => ({
  ...ledger,
  charges: { ...ledger.charges, [shipmentId]: charge },
});

const withRefund = (ledger: Ledger, refundId: string, refund: Refund): Ledger => ({
  ...ledger,
  refunds: { ...ledger.refunds, [refundId]: refund },
});

const refundOf = (
  status: Refund['status'],
  { amount, returnId, lineId, reason }: { amount: number; returnId?: string; lineId?: string; reason?: string },
): Refund => ({
  status,
  amount,
  ...(returnId === undefined ? {} : { returnId }),
  ...(lineId === undefined ? {} : { lineId }),
  ...(reason === undefined ? {} : { reason }),
});

const authorized = (payment: Payment, { provider, authorizationId, amount, verdict }: Of<'PaymentAuthorized'>): Payment =>
  hasVerdict(payment)
    ? { ...verifiedOf(payment), verdict, status: 'authorized', mover: provider, authorizationId, ledger: ledgerOf(amount) }
    : payment;

const codAccepted = (payment: Payment, { amount, verdict }: Of<'CodAccepted'>): Payment =>
  hasVerdict(payment)
    ? { ...verifiedOf(payment), verdict, status: 'cod-accepted', mover: payment.terms.provider, ledger: ledgerOf(amount) }
    : payment;

const abandoned = (payment: Payment, { reason }: Of<'PaymentAbandoned'>): Payment => {
  if (payment.status === 'authorizing') return { ...payment, abandoned: reason };
  return hasVerdict(payment) ? { ...verifiedOf(payment), status: 'abandoned', reason } : payment;
};

const remitted = (payment: Payment, { shipmentId, amount, reference }: Of<'CodRemitted'>): Payment =>
  bookCharge(payment, shipmentId, (ledger, charge) => ({
    ...withCharge(ledger, shipmentId, { ...charge, remittances: { ...charge.remittances, [reference]: amount } }),
    remitted: ledger.remitted + amount,
  }));

/** What follows from what happened to a payment. */
export const evolve = evolving<Payment, PaymentEvent>({
  PaymentRequested: (_, { requestedAt: _at, ...terms }) => ({ status: 'requested', terms }),
  OrderVerified: (payment, { verdict, facts }) =>
    payment.status === 'none' ? payment : { terms: payment.terms, verdict, facts, status: 'verified' },
  ReviewRequired: (payment) => (hasVerdict(payment) ? { ...verifiedOf(payment), status: 'under-review' } : payment),
  ReviewAssigned: (payment, { assignee }) => (payment.status === 'under-review' ? { ...payment, assignee } : payment),
  ReviewDecided: (payment, { decision, note }) => (hasVerdict(payment) ? { ...payment, review: { decision, note } } : payment),
  AuthorizationRequested: (payment) => (hasVerdict(payment) ? { ...verifiedOf(payment), status: 'authorizing' } : payment),
  PaymentAuthorized: authorized,
  CodAccepted: codAccepted,
  PaymentDeclined: (payment, { by, reason }) =>
    hasVerdict(payment) ? { ...verifiedOf(payment), status: 'declined', by, reason } : payment,
  PaymentAbandoned: abandoned,
  ShipmentCharged: (payment, { shipmentId, lines, shipping, amount }) =>
    book(payment, (ledger) => withCharge(ledger, shipmentId, { lines, shipping, amount, status: 'due', remittances: {} })),
  PaymentCaptured: (payment, { shipmentId, amount }) =>
    bookCharge(payment, shipmentId, (ledger, charge) => ({
      ...withCharge(ledger, shipmentId, { ...charge, status: 'captured' }),
      captured: ledger.captured + amount,
    })),
  CaptureFailed: (payment, { shipmentId }) =>
    bookCharge(payment, shipmentId, (ledger, charge) => withCharge(ledger, shipmentId, { ...charge, status: 'failed' })),
  CodCollected: (payment, { shipmentId, amount }) =>
    bookCharge(payment, shipmentId, (ledger, charge) => ({
      ...withCharge(ledger, shipmentId, { ...charge, status: 'collected' }),
      collected: ledger.collected + amount,
    })),
  CodRemitted: remitted,
  VoidRequested: (payment, { amount, reason }) =>
    book(payment, (ledger) => ({ ...ledger, release: { status: 'requested', amount, reason } })),
  PaymentVoided: (payment, { amount, reason }) =>
    book(payment, (ledger) => ({ ...ledger, voided: ledger.voided + amount, release: { status: 'voided', amount, reason } })),
  VoidFailed: (payment, { amount, reason }) => book(payment, (ledger) => ({ ...ledger, release: { status: 'failed', amount, reason } })),
  RefundRequested: (payment, refund) => book(payment, (ledger) => withRefund(ledger, refund.refundId, refundOf('requested', refund))),
  RefundIssued: (payment, refund) =>
    book(payment, (ledger) => ({
      ...withRefund(ledger, refund.refundId, refundOf('issued', refund)),
      refunded: ledger.refunded + refund.amount,
    })),
  RefundFailed: (payment, refund) => book(payment, (ledger) => withRefund(ledger, refund.refundId, refundOf('failed', refund))),
});
