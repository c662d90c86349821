import { Refused, type DataOf } from '@cartage/eventsourcing';
import { declined, ENDED, expired, promisedNow, requireAsked, type Asked } from './authorizations';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { isUnknown, takeable, type Authorization, type Capture } from './ledger';
import { requireKnown, type Known, type Payment } from './payment';
import { afterCapture, capturedBy } from './settlement';
import { isTaken, takenUnasked } from './taking';
import { voidedBy } from './voids';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;

/** A void that was on its way, or had failed, is what it was. */
const givenBack = (known: Known, { authorizationId }: Authorization, now: string): readonly PaymentEvent[] =>
  [...known.ledger.voids]
    .filter(([, asked]) => asked.authorizationId === authorizationId && asked.status !== 'voided')
    .map(([voidId, asked]) => voidedBy(known, asked, { voidId, now }));

const endOf: {
  readonly [Status in Authorization['status']]: (
    asked: Asked,
    ids: { readonly newId: string; readonly now: string },
  ) => readonly PaymentEvent[];
} = {
  requested: () => [],
  pending: (asked) => declined(asked, ENDED),
  declined: () => [],
  expired: () => [],
  authorized: ({ known, authorization, now }, ids) => {
    const voids = givenBack(known, authorization, now);
    return voids.length > 0 ? voids : expired(known, authorization, ids);
  },
};

/** Its provider let go of a promise: because we asked for that, or by itself. Before the promise is known it is remembered, so that a yes that is late changes nothing. */
export const hearAuthorizationEnded = (command: Command<'HearAuthorizationEnded'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, authorizationId, now } = command;
  const known = requireKnown(orderId, payment);
  const authorization = requireAsked(known, authorizationId);
  const holdsNothing = authorization.status !== 'authorized' && authorization.status !== 'expired';
  const ended: readonly PaymentEvent[] =
    holdsNothing && !authorization.ended ? [{ type: 'AuthorizationEnded', data: { orderId, authorizationId, endedAt: now } }] : [];
  return [...ended, ...endOf[authorization.status]({ known, authorization, now }, command)];
};

type HeardCapture = Command<'HearCapture'>;

/** The capture of ours that a notice tells of: by the id of the try, or the one that is on its way. */
const askedCapture = ({ ledger }: Known, { authorizationId, attemptId, amount }: HeardCapture): readonly [string, Capture] | undefined => {
  const ofPromise = [...ledger.captures].filter(
    ([, capture]) => capture.authorizationId === authorizationId && capture.status !== 'captured',
  );
  return (
    ofPromise.find(([, capture]) => attemptId !== undefined && capture.attemptId === attemptId) ??
    ofPromise.find(([, capture]) => (capture.status === 'requested' || isUnknown(capture)) && capture.amount === amount)
  );
};

const requireRoom = (known: Known, authorization: Authorization, { amount, currency, reference }: HeardCapture): void => {
  if (currency !== known.terms.currency)
    throw new Refused('CURRENCY_DIFFERS', `Capture ${reference} is in ${currency}, and the order in ${known.terms.currency}.`);
  const room = takeable(known.ledger, authorization);
  if (amount > room)
    throw new Refused('CAPTURE_NOT_PROMISED', `Capture ${reference} is ${amount}, and only ${room} of its promise is left.`);
};

/** By its own number, which is what it is asked for by; that of the money only where no other is known. */
const promisedBy = (known: Known, authorization: Authorization, { now, promise, reference }: HeardCapture): PaymentEvent =>
  promisedNow({ known, authorization, now }, { reference: authorization.reference ?? promise ?? reference });

const unasked = (known: Known, authorization: Authorization, command: HeardCapture): readonly PaymentEvent[] => {
  const { newId, now, reference, amount } = command;
  requireRoom(known, authorization, command);
  const isPromised = authorization.status === 'authorized' || authorization.status === 'expired';
  return [
    ...(isPromised ? [] : [promisedBy(known, authorization, command)]),
    ...takenUnasked(known, authorization, { reference, amount, captureId: newId, now }),
  ];
};

/** Money came in: what we asked for, what the customer paid at once, or what somebody took at the provider’s. What is not due of it goes back by itself. */
export const hearCapture = (command: HeardCapture, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, authorizationId, reference, amount, now } = command;
  const known = requireKnown(orderId, payment);
  const authorization = requireAsked(known, authorizationId);
  if (isTaken(known, command)) return [];
  const [captureId, capture] = askedCapture(known, command) ?? [];
  const isOurs = captureId !== undefined && capture?.amount === amount;
  const taken = isOurs ? [capturedBy(known, capture, { captureId, now, reference })] : unasked(known, authorization, command);
  return afterCapture(known, taken, { ...command, authorizationId });
};
