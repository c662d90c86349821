import { evolving } from '@cartage/eventsourcing';
import {
  bookAuthorization,
  bookChargeback,
  captured,
  captureFailed,
  captureRequested,
  codShort,
  codShortResolved,
  delivered,
  refundFailed,
  refundIssued,
  refundRequested,
  remitted,
  shipmentCharged,
  voided,
  voidFailed,
  voidRequested,
} from './booking';
import { moneyBackFolds } from './money-back-folds';
import { withCancelled } from './due';
import type { AuthorizationRequest, PaymentEvent } from './events';
import { booking, exchangeFolds, ifKnown, type Of } from './exchange-folds';
import { emptyLedger, unpromised, type Authorization } from './ledger';
import { payLinkFolds } from './pay-link-folds';
import { due, type Known, type Payment, type Waiting } from './payment';
import { moverOf, type PaymentTerms } from './terms';
import { bookWithdrawn } from './withdrawing';

/** What it changes in the promise that it names. */
const changing = <Type extends 'PaymentReminderDue' | 'AuthorizationExpired' | 'AuthorizationEnded'>(
  changes: (data: Of<Type>) => Partial<Authorization>,
) => booking<Type>((ledger, data) => bookAuthorization(ledger, data.authorizationId, (before) => ({ ...before, ...changes(data) })));

const tenderOf = ({ terms }: Known, paymentId: string): PaymentTerms | undefined =>
  terms.payments.find((tender) => tender.paymentId === paymentId);

const asked = (known: Known, requests: readonly AuthorizationRequest[], askedAt: string): Known => {
  if (requests.length === 0) return known;
  const authorizations = new Map(known.ledger.authorizations);
  for (const { paymentId, authorizationId, provider, amount } of requests) {
    const method = tenderOf(known, paymentId)?.method ?? '';
    authorizations.set(authorizationId, { authorizationId, paymentId, method, status: 'requested', amount, mover: provider, askedAt });
  }
  return { ...known, ledger: { ...known.ledger, authorizations } };
};

const phases = { accept: 'accepted', review: 'under-review', reject: 'rejected' } as const;

const requested = ({ facts, verdict, authorizations, requestedAt, ...terms }: Of<'PaymentRequested'>): Known =>
  asked(
    {
      ...{ phase: phases[verdict.decision], terms, facts, verdict, requestedAt, orderVersion: 1 },
      ...{ cancelled: new Map(), replaced: new Set<string>(), links: new Map(), ledger: emptyLedger },
    },
    authorizations,
    requestedAt,
  );

const withAuthorization = (known: Known, { authorizationId, ...authorization }: Authorization): Known => {
  const replaced = known.replaced.has(authorization.paymentId) ? { replaced: true } : {};
  const authorizations = new Map(known.ledger.authorizations).set(authorizationId, { authorizationId, ...authorization, ...replaced });
  return { ...known, ledger: { ...known.ledger, authorizations } };
};

/** It stands as it was judged last, and why it had been declined does not matter any more. */
const judged = ({ reason: _, ...known }: Known, { verdict }: Pick<Of<'CodAccepted'>, 'verdict'>): Known => ({ ...known, verdict });

const authorized = (known: Known, data: Of<'PaymentAuthorized'>): Known => {
  const { authorizationId, paymentId, method, provider, amount, reference, expiresAt } = data;
  return withAuthorization(judged(known, data), {
    ...{ authorizationId, paymentId, method, amount, mover: provider, status: 'authorized' },
    ...(reference === undefined ? {} : { reference }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  });
};

/** Cash for what an edit added is added to what the carrier is to collect. */
const codAccepted = (known: Known, { paymentId, amount, verdict }: Of<'CodAccepted'>): Known => {
  const before = known.ledger.authorizations.get(paymentId)?.amount ?? 0;
  const tender = tenderOf(known, paymentId);
  return withAuthorization(judged(known, { verdict }), {
    ...{ authorizationId: paymentId, paymentId, method: 'cod', status: 'authorized', amount: before + amount },
    mover: tender ? moverOf(tender) : '',
  });
};

const pending = (known: Known, { authorizationId, action, reference, expiresAt, pendingAt }: Of<'PaymentPending'>): Known => ({
  ...known,
  ledger: bookAuthorization(known.ledger, authorizationId, (before) => ({
    ...before,
    ...{ status: 'pending', action, expiresAt, pendingAt },
    ...(reference === undefined ? {} : { reference }),
  })),
});

/** A decline by verification names no authorisation: nothing was asked for. */
const declined = (known: Known, { authorizationId, reason }: Of<'PaymentDeclined'>): Known =>
  authorizationId === undefined
    ? { ...known, reason }
    : {
        ...known,
        reason,
        ledger: bookAuthorization(known.ledger, authorizationId, (before) => ({ ...before, status: 'declined', reason })),
      };

const forEdit = (known: Known, authorizationId: string, orderVersion: number | undefined): Known =>
  orderVersion === undefined
    ? known
    : { ...known, ledger: bookAuthorization(known.ledger, authorizationId, (before) => ({ ...before, orderVersion })) };

/** What the capture is to be taken from is promised first. */
const requestedAgain = (known: Known, { captureId, orderVersion, ...request }: Of<'AuthorizationRequested'>): Known => {
  const { ledger, ...rest } = forEdit(asked(known, [request], request.requestedAt), request.authorizationId, orderVersion);
  const capture = captureId === undefined ? undefined : ledger.captures.get(captureId);
  if (captureId === undefined || !capture) return { ...rest, ledger };
  const { authorizationId, paymentId } = request;
  const captures = new Map(ledger.captures).set(captureId, { ...capture, status: 'waiting', authorizationId, paymentId });
  return { ...rest, ledger: { ...ledger, captures } };
};

const added = (known: Known, { payments, replaces, verdict, authorizations, addedAt }: Of<'PaymentsAdded'>): Known => {
  const { reason: _, waiting: __, review: ___, raise: ____, ...rest } = known;
  const terms = { ...known.terms, payments: [...known.terms.payments, ...payments] };
  const replaced = new Set([...known.replaced, ...replaces]);
  const before = [...known.ledger.authorizations].map(([id, each]): [string, Authorization] => [
    id,
    replaced.has(each.paymentId) ? { ...each, replaced: true } : each,
  ]);
  const ledger = { ...known.ledger, authorizations: new Map(before) };
  return asked({ ...rest, terms, replaced, verdict, ledger, phase: phases[verdict.decision] }, authorizations, addedAt);
};

/** A person looks at the whole, or it was refused. */
const wholeJudged = (known: Known, verdict: Known['verdict'] | undefined): Known => {
  const { waiting: _, ...rest } = known;
  if (!verdict) return known;
  return verdict.decision === 'reject' ? { ...rest, verdict, phase: 'rejected' } : { ...known, verdict };
};

/** What an edit added, where more was to be promised; a refusal of that leaves the rest as it was. */
const raiseJudged = ({ raise: _, waiting: __, ...rest }: Known, verdict: Known['verdict'] | undefined): Known => {
  if (verdict?.decision === 'review') return { ...rest, raise: { orderVersion: rest.orderVersion, verdict } };
  return verdict?.decision === 'accept' ? { ...rest, verdict } : rest;
};

const judgedAnew = (known: Known, { edited, verdict }: Of<'TermsAmended'>): Known => {
  if (known.phase !== 'accepted') return wholeJudged(known, verdict);
  const isOver = known.raise !== undefined && unpromised(known.ledger, due(known)) <= 0;
  return edited || isOver ? raiseJudged(known, verdict) : known;
};

const amended = (known: Known, data: Of<'TermsAmended'>): Known => {
  const { cancelled = [], edited, reason } = data;
  const terms = edited ? { ...known.terms, lines: edited.lines, deliveries: edited.deliveries, total: edited.total } : known.terms;
  const after = {
    ...known,
    terms,
    cancelled: withCancelled(terms, known.cancelled, cancelled),
    orderVersion: edited?.orderVersion ?? known.orderVersion,
    amended: reason,
  };
  return judgedAnew(after, data);
};

const waitingStill = (known: Known, change: Partial<Waiting>): Known =>
  known.waiting ? { ...known, waiting: { ...known.waiting, ...change } } : known;

const lookedAt = (known: Known, { decision, note }: Of<'ReviewDecided'>, { reasons }: Known['verdict']): NonNullable<Known['review']> => ({
  ...{ decision, note, total: due(known) },
  rules: reasons.map(({ rule }) => rule),
});

/** What was promised before stands, whatever a person says to what an edit added. */
const raiseReviewed = (known: Known, raise: NonNullable<Known['raise']>, data: Of<'ReviewDecided'>): Known =>
  data.decision === 'accept' ? { ...known, verdict: raise.verdict, review: lookedAt(known, data, raise.verdict) } : known;

const reviewed = (known: Known, data: Of<'ReviewDecided'>): Known => {
  const { waiting: _, raise, ...before } = known;
  const rest = { ...before, lastDecision: data.decision };
  if (raise) return raiseReviewed(rest, raise, data);
  return asked(
    { ...rest, review: lookedAt(known, data, known.verdict), phase: phases[data.decision] },
    data.authorizations,
    data.decidedAt,
  );
};

const reviewRequired = (known: Known, { requiredAt, decideBy, orderVersion }: Of<'ReviewRequired'>): Known => ({
  ...known,
  ...(orderVersion === undefined ? { phase: 'under-review' } : {}),
  waiting: { requiredAt, ...(decideBy === undefined ? {} : { decideBy }) },
});

/** What follows from what happened to a payment. */
export const evolve = evolving<Payment, PaymentEvent>({
  PaymentRequested: (_, data) => requested(data),
  ReviewRequired: (payment, data) => ifKnown(payment, (known) => reviewRequired(known, data)),
  ReviewEscalated: (payment, { escalatedAt }) => ifKnown(payment, (known) => waitingStill(known, { escalatedAt })),
  ReviewAssigned: (payment, { assignee }) => ifKnown(payment, (known) => waitingStill(known, { assignee })),
  ReviewDecided: (payment, data) => ifKnown(payment, (known) => reviewed(known, data)),
  PaymentsAdded: (payment, data) => ifKnown(payment, (known) => added(known, data)),
  AuthorizationRequested: (payment, data) => ifKnown(payment, (known) => requestedAgain(known, data)),
  PaymentAuthorized: (payment, data) => ifKnown(payment, (known) => authorized(known, data)),
  CodAccepted: (payment, data) => ifKnown(payment, (known) => codAccepted(known, data)),
  PaymentPending: (payment, data) => ifKnown(payment, (known) => pending(known, data)),
  PaymentDeclined: (payment, data) => ifKnown(payment, (known) => declined(known, data)),
  PaymentReminderDue: changing<'PaymentReminderDue'>(({ remindedAt }) => ({ remindedAt })),
  AuthorizationExpired: changing<'AuthorizationExpired'>(() => ({ status: 'expired' })),
  AuthorizationEnded: changing<'AuthorizationEnded'>(() => ({ ended: true })),
  PaymentAbandoned: (payment, { reason }) => ifKnown(payment, (known) => ({ ...known, phase: 'abandoned', reason, amended: reason })),
  TermsAmended: (payment, data) => ifKnown(payment, (known) => amended(known, data)),
  ...payLinkFolds,
  AmountDueChanged: (payment) => payment,
  ShipmentCharged: booking<'ShipmentCharged'>(shipmentCharged),
  CaptureRequested: booking<'CaptureRequested'>(captureRequested),
  PaymentCaptured: booking<'PaymentCaptured'>(captured),
  CaptureFailed: booking<'CaptureFailed'>(captureFailed),
  CodCollected: booking<'CodCollected'>((ledger, data) => delivered(ledger, data.shipmentId, { ...data, cash: data.amount })),
  CodShort: booking<'CodShort'>(codShort),
  CodShortResolved: booking<'CodShortResolved'>(codShortResolved),
  DeliveryCounted: booking<'DeliveryCounted'>((ledger, data) => delivered(ledger, data.shipmentId, { ...data, cash: 0 })),
  ChargeWithdrawn: booking<'ChargeWithdrawn'>(bookWithdrawn),
  CodRemitted: booking<'CodRemitted'>(remitted),
  VoidRequested: booking<'VoidRequested'>(voidRequested),
  PaymentVoided: booking<'PaymentVoided'>(voided),
  VoidFailed: booking<'VoidFailed'>(voidFailed),
  RefundRequested: booking<'RefundRequested'>(refundRequested),
  RefundIssued: booking<'RefundIssued'>(refundIssued),
  ...{ ...moneyBackFolds, ...exchangeFolds },
  RefundFailed: booking<'RefundFailed'>(refundFailed),
  ChargebackBooked: booking<'ChargebackBooked'>(bookChargeback),
});
