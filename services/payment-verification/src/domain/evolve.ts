import { evolving, type DataOf } from '@cartage/eventsourcing';
import { unitsOf } from './charges';
import type { PaymentEvent } from './events';
import { ledgerOf, type Capture, type Charge, type Ledger, type Refund, type Void } from './ledger';
import { isPromised, verifiedOf, type Known, type Payment } from './payment';
import { moverOf } from './terms';

type Of<Type extends PaymentEvent['type']> = DataOf<PaymentEvent, Type>;

const ifKnown = (payment: Payment, change: (known: Known) => Payment): Payment => (payment.status === 'none' ? payment : change(payment));

/** Changes the ledger of a promised payment; of any other there is none to change. */
const book = (payment: Payment, change: (ledger: Ledger) => Partial<Ledger>): Payment =>
  isPromised(payment) ? { ...payment, ledger: { ...payment.ledger, ...change(payment.ledger) } } : payment;

const bookCapture = (payment: Payment, captureId: string, outcome: Partial<Capture>): Payment =>
  book(payment, ({ captures }) => {
    const capture = captures.get(captureId);
    return capture ? { captures: new Map(captures).set(captureId, { ...capture, ...outcome }) } : {};
  });

const bookCharge = (payment: Payment, shipmentId: string, change: (charge: Charge) => Charge): Payment =>
  book(payment, ({ charges }) => {
    const charge = charges.get(shipmentId);
    return charge ? { charges: new Map(charges).set(shipmentId, change(charge)) } : {};
  });

const bookVoid = (payment: Payment, voidId: string, release: Void): Payment =>
  book(payment, ({ voids }) => ({ voids: new Map(voids).set(voidId, release) }));

const bookRefund = (payment: Payment, refundId: string, refund: Refund): Payment =>
  book(payment, ({ refunds }) => ({ refunds: new Map(refunds).set(refundId, { ...refunds.get(refundId), ...refund }) }));

const authorizing = (known: Known, [first]: Of<'PaymentRequested'>['authorizations']): Payment =>
  first ? { ...verifiedOf(known), status: 'authorizing', authorizationId: first.authorizationId } : known;

const requested = ({ facts, verdict, authorizations, requestedAt, ...terms }: Of<'PaymentRequested'>): Payment =>
  authorizing({ status: 'requested', terms, facts, verdict, requestedAt }, authorizations);

const authorized = (
  payment: Payment,
  { provider, authorizationId, amount, verdict, reference, expiresAt }: Of<'PaymentAuthorized'>,
): Payment =>
  ifKnown(payment, (known) => ({
    ...verifiedOf(known),
    verdict,
    status: 'authorized',
    mover: provider,
    authorizationId,
    ...(reference === undefined ? {} : { reference }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ledger: ledgerOf(amount),
  }));

const abandoned = (payment: Payment, { reason }: Of<'PaymentAbandoned'>): Payment =>
  ifKnown(payment, (known) =>
    known.status === 'authorizing' ? { ...known, abandoned: reason } : { ...verifiedOf(known), status: 'abandoned', reason },
  );

const charged = (payment: Payment, { shipmentId, lines, delivery, amount, captureId }: Of<'ShipmentCharged'>): Payment =>
  book(payment, ({ charges, captures }) => {
    const fresh = { lines, delivery, amount, collected: 0, delivered: new Map(), parcels: new Set<string>(), remittances: new Map() };
    const charge: Charge = captureId === undefined ? fresh : { ...fresh, captureId };
    return {
      charges: new Map(charges).set(shipmentId, charge),
      captures: captureId === undefined ? captures : new Map(captures).set(captureId, { status: 'requested', amount, shipmentId }),
    };
  });

const delivered = (charge: Charge, { lines, parcels }: Pick<Of<'DeliveryCounted'>, 'lines' | 'parcels'>, amount: number): Charge => ({
  ...charge,
  collected: charge.collected + amount,
  delivered: unitsOf([...[...charge.delivered].map(([lineId, quantity]) => ({ lineId, quantity })), ...lines]),
  parcels: new Set([...charge.parcels, ...parcels]),
});

const refundOf = ({ amount, returnId }: Pick<Of<'RefundIssued'>, 'amount' | 'returnId'>) => ({
  amount,
  ...(returnId === undefined ? {} : { returnId }),
});

/** A refund that failed takes nothing of any capture, and one that nobody was asked for never did. */
const refundFailed = (payment: Payment, { refundId, reason, ...refund }: Of<'RefundFailed'>): Payment =>
  bookRefund(payment, refundId, { ...refundOf(refund), status: 'failed', captures: [], tender: 'original', reason });

/** What follows from what happened to a payment. */
export const evolve = evolving<Payment, PaymentEvent>({
  PaymentRequested: (_, data) => requested(data),
  ReviewRequired: (payment, { requiredAt, decideBy }) =>
    ifKnown(payment, (known) => ({
      ...verifiedOf(known),
      status: 'under-review',
      requiredAt,
      ...(decideBy === undefined ? {} : { decideBy }),
    })),
  ReviewEscalated: (payment, { escalatedAt }) => (payment.status === 'under-review' ? { ...payment, escalatedAt } : payment),
  ReviewAssigned: (payment, { assignee }) => (payment.status === 'under-review' ? { ...payment, assignee } : payment),
  ReviewDecided: (payment, { decision, note, authorizations }) =>
    ifKnown(payment, (known) => authorizing({ ...known, review: { decision, note } }, authorizations)),
  PaymentAuthorized: authorized,
  CodAccepted: (payment, { amount, verdict }) =>
    ifKnown(payment, (known) => ({
      ...verifiedOf(known),
      verdict,
      status: 'cod-accepted',
      mover: moverOf(known.terms),
      ledger: ledgerOf(amount),
    })),
  PaymentDeclined: (payment, { reason }) => ifKnown(payment, (known) => ({ ...verifiedOf(known), status: 'declined', reason })),
  PaymentAbandoned: abandoned,
  ShipmentCharged: charged,
  PaymentCaptured: (payment, { captureId, reference }) =>
    bookCapture(payment, captureId, { status: 'captured', ...(reference === undefined ? {} : { reference }) }),
  CaptureFailed: (payment, { captureId, reason }) => bookCapture(payment, captureId, { status: 'failed', reason }),
  CodCollected: (payment, data) => bookCharge(payment, data.shipmentId, (charge) => delivered(charge, data, data.amount)),
  DeliveryCounted: (payment, data) => bookCharge(payment, data.shipmentId, (charge) => delivered(charge, data, 0)),
  CodRemitted: (payment, { shipmentId, reference, amount }) =>
    bookCharge(payment, shipmentId, (charge) => ({ ...charge, remittances: new Map(charge.remittances).set(reference, amount) })),
  VoidRequested: (payment, { voidId, amount, reason }) => bookVoid(payment, voidId, { status: 'requested', amount, reason }),
  PaymentVoided: (payment, { voidId, amount, reason }) => bookVoid(payment, voidId, { status: 'voided', amount, reason }),
  VoidFailed: (payment, { voidId, amount, reason }) => bookVoid(payment, voidId, { status: 'failed', amount, reason }),
  RefundRequested: (payment, { refundId, attemptId, captures, tender, ...refund }) =>
    bookRefund(payment, refundId, { ...refundOf(refund), status: 'requested', attemptId, captures, tender }),
  RefundIssued: (payment, { refundId, captures, tender, ...refund }) =>
    bookRefund(payment, refundId, { ...refundOf(refund), status: 'issued', captures, tender }),
  RefundFailed: refundFailed,
});
