import type { Reason } from '@cartage/contracts';
import { Refused, type DataOf } from '@cartage/eventsourcing';
import type { PaymentCommand, ProviderAnswer } from './commands';
import type { PaymentEvent } from './events';
import { untakenOf, unpromised, type Authorization } from './ledger';
import { due, requireKnown, type Known, type Payment } from './payment';
import { authorized, promiseMore, verdictOf } from './promise';
import { isTaken, takenUnasked } from './taking';
import { moneyOf } from './terms';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;
type Recorded = Command<'RecordAuthorization'>;
type Answer<Status extends ProviderAnswer['status']> = Extract<ProviderAnswer, { readonly status: Status }>;

/** What asked for it may not have been heard yet. */
export const requireAsked = (known: Known, authorizationId: string): Authorization => {
  const authorization = known.ledger.authorizations.get(authorizationId);
  if (!authorization)
    throw new Refused('NOT_AUTHORIZING', `Authorisation ${authorizationId} of order ${known.terms.orderId} was not asked for.`, 'unknown');
  return authorization;
};

/** What somebody was asked to promise, and when news of it came. */
export interface Asked {
  readonly known: Known;
  readonly authorization: Authorization;
  readonly now: string;
}

export const promisedNow = (
  { known, authorization, now }: Asked,
  { reference, expiresAt }: Pick<Answer<'approved'>, 'reference' | 'expiresAt'>,
) => {
  const { authorizationId, paymentId, method, amount, mover } = authorization;
  const said = { authorizationId, amount, provider: mover, reference, ...(expiresAt === undefined ? {} : { expiresAt }) };
  return authorized({ terms: known.terms, verdict: verdictOf(known), now }, { paymentId, method }, said);
};

export const NOT_PROMISED_AGAIN = 'not-promised-again';

/** Captures that were to be taken from a promise that was not given. */
const withoutPromise = ({ terms, ledger }: Known, authorizationId: string, now: string): readonly PaymentEvent[] =>
  [...ledger.captures]
    .filter(([, { status, ...capture }]) => status === 'waiting' && capture.authorizationId === authorizationId)
    .map(([captureId, { paymentId, amount, shipmentId }]) => ({
      type: 'CaptureFailed',
      data: {
        ...{ ...moneyOf(terms, paymentId, amount), captureId },
        ...(shipmentId === undefined ? {} : { shipmentId }),
        ...{ reason: { code: NOT_PROMISED_AGAIN, by: 'provider' }, failedAt: now },
      },
    }));

export const declined = ({ known, authorization, now }: Asked, reason: Reason, retryable = true) => {
  const { authorizationId, paymentId, method, amount, orderVersion } = authorization;
  const told: PaymentEvent = {
    type: 'PaymentDeclined',
    data: {
      ...{ ...moneyOf(known.terms, paymentId, amount), authorizationId, method, retryable },
      ...(orderVersion === undefined ? {} : { orderVersion }),
      ...{ reason, verdict: verdictOf(known), declinedAt: now },
    },
  };
  return [told, ...withoutPromise(known, authorizationId, now)];
};

const pending = ({ known, authorization, now }: Asked, { action, reference, expiresAt }: Answer<'pending'>): PaymentEvent => {
  const { authorizationId, paymentId, method, amount } = authorization;
  return {
    type: 'PaymentPending',
    data: { ...moneyOf(known.terms, paymentId, amount), authorizationId, method, reference, action, expiresAt, pendingAt: now },
  };
};

/** In which states an answer is news. A yes after a no is one: the customer tried again, or was late; a no after a yes is not. */
const isNews: { readonly [Status in ProviderAnswer['status']]: readonly Authorization['status'][] } = {
  approved: ['requested', 'pending', 'declined'],
  declined: ['requested', 'pending'],
  pending: ['requested'],
};

/** Why a promise that its provider let go of holds nothing. */
export const ENDED: Reason = { code: 'authorization-ended', by: 'provider' };

const approved = (asked: Asked, answer: Answer<'approved'>, newId: string): readonly PaymentEvent[] => {
  const promised = promisedNow(asked, answer);
  const { known, authorization, now } = asked;
  const { taken } = answer;
  return taken && !isTaken(known, taken)
    ? [promised, ...takenUnasked(known, authorization, { ...taken, captureId: newId, now })]
    : [promised];
};

export const recordAuthorization = (
  { orderId, authorizationId, answer, now, newId }: Recorded,
  payment: Payment,
): readonly PaymentEvent[] => {
  const known = requireKnown(orderId, payment);
  const authorization = requireAsked(known, authorizationId);
  const asked = { known, authorization, now };
  if (authorization.ended) return isNews.declined.includes(authorization.status) ? declined(asked, ENDED) : [];
  if (!isNews[answer.status].includes(authorization.status)) return [];
  switch (answer.status) {
    case 'approved':
      return approved(asked, answer, newId);
    case 'declined':
      return declined(asked, { code: answer.reason, by: 'provider' }, !answer.suspected);
    case 'pending':
      return [pending(asked, answer)];
  }
};

/** What is left of a promise ends, and as much of it as is still needed is promised again. */
export const expired = (
  known: Known,
  authorization: Authorization,
  { newId, now }: { readonly newId: string; readonly now: string },
): readonly PaymentEvent[] => {
  const { ledger, terms } = known;
  const { authorizationId, paymentId } = authorization;
  const amount = untakenOf(ledger, authorization);
  if (amount <= 0) return [];
  const authorizations = new Map(ledger.authorizations).set(authorizationId, { ...authorization, status: 'expired' });
  // What nobody had promised before, such as what an edit added and a person looks at, is not asked for by the way.
  const missing = unpromised({ ...ledger, authorizations }, due(known)) - unpromised(ledger, due(known));
  return [
    { type: 'AuthorizationExpired', data: { ...moneyOf(terms, paymentId, amount), authorizationId, expiredAt: now } },
    ...promiseMore(known, { amount: missing }, { newId, now }),
  ];
};

/** Its time is over: nobody paid, or what was promised is promised again as far as it is still needed. */
export const expireAuthorization = (command: Command<'ExpireAuthorization'>, payment: Payment): readonly PaymentEvent[] => {
  const known = requireKnown(command.orderId, payment);
  const authorization = requireAsked(known, command.authorizationId);
  if (authorization.expiresAt !== command.expiresAt) return [];
  if (authorization.status === 'pending')
    return declined({ known, authorization, now: command.now }, { code: 'customer-did-not-act', by: 'system' });
  return authorization.status === 'authorized' ? expired(known, authorization, command) : [];
};
