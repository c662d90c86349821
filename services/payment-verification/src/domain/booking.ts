import type { Reason } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import { unitsOf, type LineCharge } from './charges';
import type { CaptureRequest, PaymentEvent } from './events';
import { refundKey, type Authorization, type Capture, type Charge, type Ledger, type Refund, type Taken, type Void } from './ledger';
import { isProvider, NOBODY } from './terms';

type Of<Type extends PaymentEvent['type']> = DataOf<PaymentEvent, Type>;
type Book<Type extends PaymentEvent['type']> = (ledger: Ledger, data: Of<Type>) => Ledger;

const changed = <Thing>(things: ReadonlyMap<string, Thing>, id: string, change: (thing: Thing) => Thing): ReadonlyMap<string, Thing> => {
  const thing = things.get(id);
  return thing === undefined ? things : new Map(things).set(id, change(thing));
};

interface Failing {
  readonly attemptId?: string;
  readonly failures: number;
  readonly reason?: Reason;
  readonly nextTryAt?: string;
  readonly outcomeUnknown?: boolean;
}

type Settled<Thing> = Omit<Thing, 'reason' | 'nextTryAt' | 'outcomeUnknown'>;

/** What failed and is tried again, or went through, has no reason to have failed any more. */
const settled = <Thing extends Failing>({ reason: _, nextTryAt: __, outcomeUnknown: ___, ...thing }: Thing): Settled<Thing> => thing;

const fresh: Failing = { failures: 0 };

/** The same try once more: what became of it is not known until its provider says so. */
const askedAgain = (before: Failing | undefined, attemptId: string) =>
  before?.outcomeUnknown && before.attemptId === attemptId ? { outcomeUnknown: true } : {};

const failed = <Thing extends Failing>(
  { nextTryAt: _, outcomeUnknown: __, ...thing }: Thing,
  { reason, nextTryAt, outcomeUnknown }: Pick<Of<'CaptureFailed'>, 'reason' | 'nextTryAt' | 'outcomeUnknown'>,
) => ({
  ...thing,
  ...{ status: 'failed' as const, failures: thing.failures + 1, reason },
  ...(nextTryAt === undefined ? {} : { nextTryAt }),
  ...(outcomeUnknown ? { outcomeUnknown } : {}),
});

const requestedCapture = (
  { captureId, paymentId, authorizationId, provider, amount }: CaptureRequest,
  { shipmentId, chargedAt }: Pick<Of<'ShipmentCharged'>, 'shipmentId' | 'chargedAt'>,
): Capture => ({
  status: 'requested',
  ...{ paymentId, amount, failures: 0, askedAt: chargedAt },
  ...(authorizationId === undefined ? {} : { authorizationId }),
  ...(provider === undefined ? {} : { attemptId: captureId }),
  shipmentId,
});

export const shipmentCharged: Book<'ShipmentCharged'> = (ledger, { shipmentId, captures, ...data }) => {
  const { lines, deliveries, delivery, amount, cash, location } = data;
  const charge: Charge = {
    ...(location === undefined ? {} : { location }),
    ...{ lines, deliveries, delivery, amount, cash, collected: 0, short: 0, forgone: 0, deliveredAmount: 0 },
    withdrawn: { lines: [], delivery: 0, amount: 0, cash: 0 },
    ...{ delivered: new Map(), parcels: new Set<string>(), remittances: new Map(), recorded: 0 },
  };
  return {
    ...ledger,
    charges: new Map(ledger.charges).set(shipmentId, charge),
    captures: new Map([
      ...ledger.captures,
      ...captures.map((request): [string, Capture] => [request.captureId, requestedCapture(request, { ...data, shipmentId })]),
    ]),
  };
};

/** A new one, or another try of one. */
export const captureRequested: Book<'CaptureRequested'> = (ledger, data) => {
  const { captureId, attemptId, paymentId, authorizationId, provider, amount, shipmentId, requestedAt } = data;
  const before = ledger.captures.get(captureId);
  const capture: Capture = {
    ...{ ...settled(before ?? fresh), ...askedAgain(before, attemptId) },
    ...{ status: 'requested', paymentId, authorizationId, amount, askedAt: requestedAt },
    ...(provider === undefined ? {} : { attemptId }),
    ...(shipmentId === undefined ? {} : { shipmentId }),
  };
  return { ...ledger, captures: new Map(ledger.captures).set(captureId, capture) };
};

const bookCapture = (ledger: Ledger, captureId: string, change: (capture: Capture) => Capture): Ledger => ({
  ...ledger,
  captures: changed(ledger.captures, captureId, change),
});

export const captured: Book<'PaymentCaptured'> = (ledger, { captureId, reference }) =>
  bookCapture(ledger, captureId, (capture) => ({
    ...settled(capture),
    status: 'captured',
    ...(reference === undefined ? {} : { reference }),
  }));

export const captureFailed: Book<'CaptureFailed'> = (ledger, data) =>
  bookCapture(ledger, data.captureId, (capture) => failed(capture, data));

const bookCharge = (ledger: Ledger, shipmentId: string, change: (charge: Charge) => Charge): Ledger => ({
  ...ledger,
  charges: changed(ledger.charges, shipmentId, change),
});

interface Delivered {
  readonly lines: readonly LineCharge[];
  readonly delivery: number;
  readonly parcels: readonly string[];
}

/** Counts what was delivered, and the cash that came in for it. */
export const delivered = (ledger: Ledger, shipmentId: string, { lines, delivery, parcels, cash }: Delivered & { readonly cash: number }) =>
  bookCharge(ledger, shipmentId, (charge) => ({
    ...charge,
    collected: charge.collected + cash,
    delivered: unitsOf([...[...charge.delivered].map(([lineId, quantity]) => ({ lineId, quantity })), ...lines]),
    deliveredAmount: lines.reduce((sum, { amount }) => sum + amount, charge.deliveredAmount + delivery),
    parcels: new Set([...charge.parcels, ...parcels]),
  }));

export const codShort: Book<'CodShort'> = (ledger, { shipmentId, amount }) =>
  bookCharge(ledger, shipmentId, (charge) => ({ ...charge, collected: charge.collected - amount, short: charge.short + amount }));

export const codShortResolved: Book<'CodShortResolved'> = (ledger, { shipmentId, amount, resolution }) =>
  bookCharge(ledger, shipmentId, (charge) => ({
    ...charge,
    short: charge.short - amount,
    forgone: charge.forgone + (resolution === 'write-off' ? amount : 0),
  }));

export const remitted: Book<'CodRemitted'> = (ledger, { shipmentId, reference, amount, settlementId }) =>
  bookCharge(ledger, shipmentId, (charge) => ({
    ...charge,
    remittances: new Map(charge.remittances).set(reference, amount),
    recorded: charge.recorded + (settlementId === undefined ? amount : 0),
  }));

export const voidRequested: Book<'VoidRequested'> = (ledger, data) => {
  const { voidId, attemptId, paymentId, authorizationId, amount, reason, requestedAt } = data;
  const before = ledger.voids.get(voidId);
  const asked: Void = {
    ...{ ...settled(before ?? fresh), ...askedAgain(before, attemptId) },
    ...{ status: 'requested', attemptId, paymentId, authorizationId, amount, because: reason, askedAt: requestedAt },
  };
  return { ...ledger, voids: new Map(ledger.voids).set(voidId, asked) };
};

export const voided: Book<'PaymentVoided'> = (ledger, { voidId, paymentId, authorizationId, amount, reason }) => {
  const before = settled(ledger.voids.get(voidId) ?? fresh);
  const done: Void = { ...before, paymentId, authorizationId, amount, because: reason, status: 'voided' };
  return { ...ledger, voids: new Map(ledger.voids).set(voidId, done) };
};

export const voidFailed: Book<'VoidFailed'> = (ledger, data) => ({
  ...ledger,
  voids: changed(ledger.voids, data.voidId, (asked) => failed(asked, data)),
});

const bookRefund = (ledger: Ledger, refund: Refund): Ledger => ({
  ...ledger,
  refunds: new Map(ledger.refunds).set(refundKey(refund.refundId, refund.paymentId), refund),
});

const returnOf = ({ returnId }: Pick<Of<'RefundIssued'>, 'returnId'>) => (returnId === undefined ? {} : { returnId });

export const refundRequested: Book<'RefundRequested'> = (ledger, data) => {
  const { refundId, attemptId, paymentId, amount, cause, captures, tender, provider, exchangeOrderId } = data;
  const before = ledger.refunds.get(refundKey(refundId, paymentId));
  return bookRefund(ledger, {
    ...{ refundId, paymentId, amount, cause, captures, tender, status: 'requested', mover: provider, failures: before?.failures ?? 0 },
    ...(isProvider(provider) ? { attemptId, askedAt: data.requestedAt, ...askedAgain(before, attemptId) } : {}),
    ...(before?.askedOfChannel ? { askedOfChannel: true } : {}),
    ...(exchangeOrderId === undefined ? {} : { exchangeOrderId }),
    ...returnOf(data),
  });
};

export const refundIssued: Book<'RefundIssued'> = (ledger, data) => {
  const { refundId, paymentId, amount, captures, tender, reference } = data;
  const before = ledger.refunds.get(refundKey(refundId, paymentId));
  return bookRefund(ledger, {
    ...settled(before ?? fresh),
    ...{ cause: before?.cause ?? 'return', mover: before?.mover ?? NOBODY },
    ...{ refundId, paymentId, amount, captures, tender, status: 'issued' },
    ...returnOf(data),
    ...(reference === undefined ? {} : { reference }),
  });
};

const withoutTaken = (captures: readonly Taken[], back: readonly Taken[]): readonly Taken[] => {
  const gone = new Map(back.map(({ captureId, amount }) => [captureId, amount]));
  return captures.flatMap(({ captureId, amount }) => {
    const left = amount - (gone.get(captureId) ?? 0);
    return left > 0 ? [{ captureId, amount: left }] : [];
  });
};

/** What of it came back out of an exchange takes nothing of any capture any more. */
export const creditReturned: Book<'CreditReturned'> = (ledger, { refundId, paymentId, amount, captures }) => {
  const before = ledger.refunds.get(refundKey(refundId, paymentId));
  return before
    ? bookRefund(ledger, { ...before, amount: before.amount - amount, captures: withoutTaken(before.captures, captures) })
    : ledger;
};

/** A refund that failed takes nothing of any capture, and one that nobody was asked for never did; one that may have gone out keeps what it took. */
export const refundFailed: Book<'RefundFailed'> = (ledger, data) => {
  const { refundId, paymentId, amount, cause, tender = 'original', exchangeOrderId, outcomeUnknown } = data;
  const before = ledger.refunds.get(refundKey(refundId, paymentId)) ?? {
    ...{ tender, mover: NOBODY, failures: 0, captures: [] },
    ...(exchangeOrderId === undefined ? {} : { exchangeOrderId }),
  };
  const captures = outcomeUnknown ? before.captures : [];
  return bookRefund(ledger, { ...failed(before, data), ...{ refundId, paymentId, amount, cause, captures }, ...returnOf(data) });
};

export const bookChargeback: Book<'ChargebackBooked'> = (ledger, { chargebackId, captureId, amount, status, turn }) => ({
  ...ledger,
  chargebacks: new Map(ledger.chargebacks).set(chargebackId, { captureId, amount, status, turn }),
});

export const bookAuthorization = (ledger: Ledger, authorizationId: string, change: (before: Authorization) => Authorization): Ledger => ({
  ...ledger,
  authorizations: changed(ledger.authorizations, authorizationId, change),
});
