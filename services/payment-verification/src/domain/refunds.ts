import { EXCHANGE } from '@cartage/contracts';
import { type DataOf, derivedId, Refused } from '@cartage/eventsourcing';
import { refundRequested } from './booking';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { awaitsWord, expected, isUnknown, type Refund, type RefundCause } from './ledger';
import { refundPart, refundPartsOf, requirePromised, type Known, type Payment } from './payment';
import { refundable, refundableIfWon } from './refundable';
import { nextTry, scheduledOtherwise, type Failure } from './retrying';
import { refundParts, type RefundPart } from './tenders';
import { CREDIT, isCod, moneyOf, paidFrom } from './terms';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;

interface Ids {
  readonly newId: string;
  readonly now: string;
}

interface Request {
  readonly refundId: string;
  readonly returnId?: string;
  readonly currency: string;
  readonly amount: number;
  readonly tender: string;
  readonly exchangeOrderId?: string;
  readonly cause: RefundCause;
}

export const returnOf = ({ returnId }: { readonly returnId?: string }) => (returnId === undefined ? {} : { returnId });

export const asCredit = ({ tender }: { readonly tender: string }): boolean => tender === 'store-credit' || tender === EXCHANGE;

const intoExchange = ({ exchangeOrderId }: { readonly exchangeOrderId?: string }) =>
  exchangeOrderId === undefined ? {} : { exchangeOrderId };

/** Cash cannot go back the way it came: it is paid out. */
const tenderOf = (request: { readonly tender: string }, part: RefundPart): string => {
  if (asCredit(request)) return request.tender;
  return isCod(part) ? 'transfer' : 'original';
};

/** What of a refund is asked for of one way of paying. */
interface Asked {
  readonly request: Omit<Request, 'amount' | 'currency'>;
  readonly part: RefundPart;
}

export const requested = (
  { terms }: Known,
  { request, part }: Asked,
  { newId, now }: Ids,
): Extract<PaymentEvent, { type: 'RefundRequested' }> => ({
  type: 'RefundRequested',
  data: {
    ...{ ...moneyOf(terms, part.paymentId, part.amount), refundId: request.refundId, attemptId: newId, cause: request.cause },
    ...returnOf(request),
    ...intoExchange(request),
    ...{ provider: asCredit(request) ? CREDIT : part.mover, tender: tenderOf(request, part), captures: part.captures, requestedAt: now },
  },
});

/** The amount is taken from captures before anybody is asked, so that no two refunds take the same money: of each way of paying its part. */
export const requestRefundOf = (known: Known, request: Request, ids: Ids): readonly PaymentEvent[] =>
  refundParts(known.ledger, request.amount).map((part, i) =>
    requested(known, { request, part }, { ...ids, newId: derivedId(ids.newId, i) }),
  );

/** The customer’s bank has the money: there is none to give back, unless we win it again. */
const CHARGED_BACK = 'charged-back';

/** Why this refund cannot be paid, or nothing. */
const obstacle = ({ terms, ledger }: Known, { currency, amount }: Request): string | undefined => {
  if (currency !== terms.currency) return 'currency-differs';
  if (amount > refundableIfWon(ledger) + expected(ledger)) return 'exceeds-what-was-paid';
  return amount > refundable(ledger) && amount <= refundableIfWon(ledger) ? CHARGED_BACK : undefined;
};

interface Obstacle {
  readonly code: string;
  readonly now: string;
  /** Absent: it is about none in particular. */
  readonly paymentId?: string;
}

const impossible = ({ terms, ledger }: Known, request: Request, { code, now, ...of }: Obstacle): PaymentEvent => {
  const paymentId = of.paymentId ?? [...ledger.authorizations.values()][0]?.paymentId ?? '';
  const { refundId, currency, amount, cause, tender } = request;
  return {
    type: 'RefundFailed',
    data: {
      ...{ ...moneyOf(terms, paymentId, amount), currency, refundId, cause, ...returnOf(request) },
      ...(tender === 'original' ? {} : { tender }),
      ...intoExchange(request),
      ...{ reason: { code, by: 'system' }, failedAt: now },
    },
  };
};

/** Store credit is somebody’s. */
export const requireCustomer = ({ terms: { orderId, customerId } }: Known): void => {
  if (customerId !== undefined) return;
  const message = `Order ${orderId} names no customer whose store credit it could be: choose another way, or give store credit by e-mail (POST /payments/store-credit) and name it as a transfer.`;
  throw new Refused('CUSTOMER_UNKNOWN', message, 'invalid', [{ field: 'tender', code: 'CUSTOMER_UNKNOWN', message }]);
};

const tooMuch = (open: number): Refused =>
  new Refused('REFUND_EXCEEDS_CAPTURED', `Of what came in, ${open} is left to refund.`, 'invalid', [
    { field: 'amount', code: 'REFUND_EXCEEDS_CAPTURED', message: `At most ${open}.` },
  ]);

/** Of a refund whose captures a bank has taken back: what can be given back is, and the rest waits for what the bank decides. */
const takenByBank = (known: Known, request: Command<'RequestRefund'>): readonly PaymentEvent[] =>
  refundParts({ ...known.ledger, chargebacks: new Map() }, request.amount).map((whole, i) => {
    const [part] = refundParts(known.ledger, whole.amount, whole.paymentId);
    if (part?.amount !== whole.amount)
      return impossible(known, { ...request, ...whole }, { code: CHARGED_BACK, now: request.now, paymentId: whole.paymentId });
    return requested(known, { request, part }, { ...request, newId: derivedId(request.newId, i) });
  });

/** What waited for a bank’s decision goes back once we have the money again. */
export const refundsWonBack = (known: Known, ids: Ids): readonly PaymentEvent[] => {
  let { ledger } = known;
  const waiting = [...ledger.refunds.values()].filter(({ status, reason }) => status === 'failed' && reason?.code === CHARGED_BACK);
  return waiting.flatMap((refund, i) => {
    const [part] = refundParts(ledger, refund.amount, refund.paymentId);
    if (part?.amount !== refund.amount) return [];
    const event = requested(known, { request: refund, part }, { ...ids, newId: derivedId(ids.newId, i) });
    ledger = refundRequested(ledger, event.data);
    return [event];
  });
};

/** A person is told at once what cannot be. */
const requirePossible = (known: Known, request: Request, open: number): void => {
  if (request.amount > open) throw tooMuch(open);
  if (request.tender === 'store-credit') requireCustomer(known);
};

/** No more is given back than came in. What a return made due while the money is still on its way is early, not wrong; a person is told at once. */
export const requestRefund = (request: Command<'RequestRefund'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, refundId, amount, cause, now } = request;
  const known = requirePromised(orderId, payment);
  if (amount <= 0 || refundPartsOf(known, refundId).length > 0) return [];
  const open = refundable(known.ledger);
  if (cause === 'goodwill') requirePossible(known, request, open);
  const code = obstacle(known, request);
  if (code === CHARGED_BACK) return takenByBank(known, request);
  if (code) return [impossible(known, request, { code, now })];
  if (amount > open) throw new Refused('REFUND_EARLY', `Order ${orderId} has ${open} to refund from until more comes in.`, 'unknown');
  return requestRefundOf(known, request, request);
};

export const requireRefund = (known: Known, refundId: string): readonly Refund[] => {
  const parts = refundPartsOf(known, refundId);
  if (parts.length === 0)
    throw new Refused('REFUND_UNKNOWN', `Refund ${refundId} of order ${known.terms.orderId} was not asked for.`, 'unknown');
  return parts;
};

/** From where the amount of a refund that failed is taken now. */
export const takenAgain = ({ ledger }: Known, { paymentId, amount, reason }: Refund): RefundPart => {
  if (reason?.code === 'currency-differs')
    throw new Refused('REFUND_IMPOSSIBLE', 'The refund is in another currency than the order: it can never be paid.');
  const [part] = refundParts(ledger, amount, paymentId);
  if (part?.amount !== amount) throw tooMuch(refundable(ledger));
  return part;
};

/** The same call once more, under the same key: its provider says what became of it, or does what it never did. */
const sameRefund = ({ terms }: Known, refund: Refund, now: string): PaymentEvent => {
  const { refundId, paymentId, amount, attemptId = '', cause, captures, tender, mover } = refund;
  return {
    type: 'RefundRequested',
    data: {
      ...{ ...moneyOf(terms, paymentId, amount), refundId, attemptId, cause, ...returnOf(refund), ...intoExchange(refund) },
      ...{ provider: mover, tender, captures, requestedAt: now },
    },
  };
};

/** Another try, under another key, of each part that failed. */
export const retryRefund = (command: Command<'RetryRefund'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, refundId } = command;
  const known = requirePromised(orderId, payment);
  const parts = requireRefund(known, refundId);
  if (parts.every(({ status }) => status === 'issued')) throw new Refused('REFUND_ISSUED', `Refund ${refundId} went through before.`);
  return parts
    .filter((refund) => refund.status === 'failed' && !scheduledOtherwise(refund, command))
    .map((refund, i) => {
      if (isUnknown(refund)) return sameRefund(known, refund, command.now);
      const part = takenAgain(known, refund);
      return requested(known, { request: refund, part }, { ...command, newId: derivedId(command.newId, i) });
    });
};

interface GivenBack {
  /** Who gave it back; absent: a person. */
  readonly mover?: string;
  readonly tender: string;
  readonly captures: Refund['captures'];
  readonly reference: string;
  readonly now: string;
}

export const issued = (known: Known, refund: Refund, { mover, tender, captures, reference, now }: GivenBack): PaymentEvent => ({
  type: 'RefundIssued',
  data: {
    ...{ ...moneyOf(known.terms, refund.paymentId, refund.amount), refundId: refund.refundId, ...returnOf(refund) },
    ...paidFrom(mover, reference),
    ...{ tender, captures, reference, cause: refund.cause, issuedAt: now },
  },
});

export const refundFailed = (known: Known, refund: Refund, { now, ...failure }: Failure & { readonly now: string }): PaymentEvent => ({
  type: 'RefundFailed',
  data: {
    ...{ ...moneyOf(known.terms, refund.paymentId, refund.amount), refundId: refund.refundId, cause: refund.cause, ...returnOf(refund) },
    ...{ ...failure, failedAt: now },
  },
});

const REFUND_NOT_COVERED = 'REFUND_NOT_COVERED';

/** From where a provider took what it gave back: of one that had failed, from what is left of what came in. */
export const capturesOf = ({ ledger }: Known, refund: Refund): Refund['captures'] => {
  if (refund.status !== 'failed' || isUnknown(refund)) return refund.captures;
  const [part] = refundParts(ledger, refund.amount, refund.paymentId);
  if (part?.amount === refund.amount) return part.captures;
  throw new Refused(REFUND_NOT_COVERED, `Refund ${refund.refundId} of ${refund.amount} is more than is left of what came in.`, 'unknown');
};

export const recordRefund = (command: Command<'RecordRefund'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, refundId, paymentId, attemptId, answer, now } = command;
  const known = requirePromised(orderId, payment);
  const refund = refundPart(known, refundId, paymentId);
  if (!refund) throw new Refused('REFUND_UNKNOWN', `Refund ${refundId} of order ${orderId} was not asked for.`, 'unknown');
  if (!awaitsWord(refund, attemptId) || answer.status === 'pending') return [];
  return [
    answer.status === 'approved'
      ? issued(known, refund, { ...refund, captures: capturesOf(known, refund), reference: answer.reference, now })
      : refundFailed(known, refund, { now, reason: { code: answer.reason, by: 'provider' }, ...nextTry(refund, command) }),
  ];
};
