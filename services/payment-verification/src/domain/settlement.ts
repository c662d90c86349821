import type { Reason } from '@cartage/contracts';
import { type DataOf, derivedId, Refused } from '@cartage/eventsourcing';
import { expired } from './authorizations';
import { shipmentCharges } from './charges';
import type { PaymentCommand } from './commands';
import { capturing } from './consequences';
import type { CaptureRequest, PaymentEvent } from './events';
import { evolve } from './evolve';
import { awaitsWord, chargedIn, claimed, isUnknown, roomFor, toCome, unpaid, type Authorization, type Capture } from './ledger';
import { due, isKnown, requirePromised, tendersOf, type Known, type Payment } from './payment';
import { promiseMore } from './promise';
import { nextTry, scheduledOtherwise, type Failure } from './retrying';
import { drawnFrom } from './tenders';
import { isCod, isProvider, moneyOf, paidFrom } from './terms';
import { chargesLeft } from './withdrawing';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;

interface Outcome {
  readonly captureId: string;
  readonly now: string;
}

const captureOf = (
  { terms }: Known,
  captureId: string,
  { paymentId, amount, shipmentId }: Pick<Capture, 'paymentId' | 'amount' | 'shipmentId'>,
) => ({
  ...moneyOf(terms, paymentId, amount),
  captureId,
  ...(shipmentId === undefined ? {} : { shipmentId }),
});

type Part = Pick<Capture, 'paymentId' | 'amount' | 'shipmentId' | 'authorizationId'>;

export const capturedBy = (
  known: Known,
  part: Part,
  { captureId, now, reference }: Outcome & { readonly reference?: string },
): PaymentEvent => ({
  type: 'PaymentCaptured',
  data: {
    ...captureOf(known, captureId, part),
    ...paidFrom(known.ledger.authorizations.get(part.authorizationId ?? '')?.mover, reference),
    ...(reference === undefined ? {} : { reference }),
    capturedAt: now,
  },
});

export const captureFailed = (
  known: Known,
  part: Part,
  { captureId, now, ...failure }: Outcome & Failure,
): Extract<PaymentEvent, { readonly type: 'CaptureFailed' }> => ({
  type: 'CaptureFailed',
  data: { ...captureOf(known, captureId, part), ...failure, failedAt: now },
});

interface Paid {
  readonly cash: number;
  readonly captures: readonly CaptureRequest[];
}

/** How the money for a shipment is to be got: from promises, in the order of the tenders; what none of them holds has to be collected by somebody. */
const paidBy = (known: Known, amount: number, newId: string): Paid => {
  const { drawn, missing } = drawnFrom(known.ledger, amount);
  const captures = drawn
    .filter(({ authorization }) => !isCod(authorization))
    .map(({ authorization: { authorizationId, paymentId, mover }, amount: part }, i): CaptureRequest => ({
      ...{ captureId: derivedId(newId, i), paymentId, authorizationId },
      ...(isProvider(mover) ? { provider: mover } : {}),
      amount: part,
    }));
  const paymentId = tendersOf(known).at(-1)?.paymentId ?? '';
  return {
    cash: drawn.filter(({ authorization }) => isCod(authorization)).reduce((sum, part) => sum + part.amount, 0),
    captures: missing > 0 ? [...captures, { captureId: derivedId(newId, captures.length), paymentId, amount: missing }] : captures,
  };
};

const noPromise: Reason = { code: 'nothing-promised', by: 'system' };

/** What is known of a capture without asking anybody. */
const atOnce =
  (known: Known, shipmentId: string, now: string) =>
  (request: CaptureRequest): readonly PaymentEvent[] => {
    const { captureId, authorizationId, provider } = request;
    const part = { ...request, shipmentId };
    if (authorizationId === undefined) return [captureFailed(known, part, { captureId, now, reason: noPromise })];
    return provider === undefined ? [capturedBy(known, part, { captureId, now })] : [];
  };

/** What of a shipment's charge no claim covers yet: nothing of what was captured before, and never more than is due. */
const toClaim = (known: Known, amount: number): number => {
  const { terms, ledger } = known;
  if (terms.capture === 'hand') return 0;
  const upTo = Math.min(chargedIn(ledger) + amount, due(known));
  return Math.max(0, upTo - claimed(ledger) - unpaid(ledger));
};

/** What an order is charged for a shipment. An order that costs nothing is charged nothing: no trace is left. */
export const chargeShipment = (command: Command<'ChargeShipment'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, shipmentId, location, lines, newId, now } = command;
  const known = requirePromised(orderId, payment);
  const { terms, ledger } = known;
  if (terms.total === 0 || ledger.charges.has(shipmentId)) return [];
  const { amount, ...charges } = shipmentCharges(terms, [...ledger.charges.values()].map(chargesLeft), lines);
  const paid = paidBy(known, toClaim(known, amount), newId);
  return [
    {
      type: 'ShipmentCharged',
      data: {
        ...{ orderId, currency: terms.currency, amount, shipmentId, ...(location === undefined ? {} : { location }) },
        ...{ ...charges, ...paid, chargedAt: now },
      },
    },
    ...paid.captures.flatMap(atOnce(known, shipmentId, now)),
  ];
};

const invalid = (code: string, message: string): Refused => new Refused(code, message, 'invalid', [{ field: 'amount', code, message }]);

/** A person takes what is due and not taken yet, or a part of it. */
export const requestCapture = (command: Command<'RequestCapture'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, captureId, amount, now } = command;
  const known = requirePromised(orderId, payment);
  if (known.ledger.captures.has(captureId)) return [];
  const open = toCome(known.ledger, due(known));
  const wanted = amount ?? open;
  if (open <= 0) throw new Refused('NOTHING_DUE', `Order ${orderId} owes nothing that was not taken or asked for.`);
  if (wanted > open) throw invalid('CAPTURE_EXCEEDS_DUE', `At most ${open}: more is not due.`);
  const { drawn } = drawnFrom(known.ledger, wanted);
  const takeable = drawn.filter(({ authorization }) => !isCod(authorization));
  const held = takeable.reduce((sum, part) => sum + part.amount, 0);
  if (held < wanted) throw invalid('CAPTURE_EXCEEDS_PROMISED', `At most ${held}: more is not promised.`);
  return takeable.flatMap((part, i) => {
    const id = derivedId(captureId, i);
    return capturing(known, part, { captureId: id, attemptId: id, now });
  });
};

export const requireCapture = ({ terms, ledger }: Known, captureId: string): Capture => {
  const capture = ledger.captures.get(captureId);
  if (!capture) throw new Refused('CAPTURE_UNKNOWN', `Capture ${captureId} of order ${terms.orderId} was not asked for.`, 'unknown');
  return capture;
};

/** The promise that the amount of a capture that failed can still be taken from, if there is one. */
const promiseFor = ({ ledger }: Known, capture: Capture, amount: number): Authorization | undefined => {
  const authorization = ledger.authorizations.get(capture.authorizationId ?? '');
  if (authorization?.status !== 'authorized') return undefined;
  return roomFor(ledger, authorization, capture) >= amount ? authorization : undefined;
};

/** The same call once more, under the same key: the provider says what became of it, or does what it never did. */
const sameCapture = ({ terms, ledger }: Known, capture: Capture, { captureId, now }: Outcome): readonly PaymentEvent[] => {
  const { authorizationId = '', attemptId = '', paymentId, amount, shipmentId } = capture;
  const provider = ledger.authorizations.get(authorizationId)?.mover ?? '';
  const of = { captureId, attemptId, authorizationId, provider, ...(shipmentId === undefined ? {} : { shipmentId }) };
  return [{ type: 'CaptureRequested', data: { ...moneyOf(terms, paymentId, amount), ...of, requestedAt: now } }];
};

/** Asked again its provider might take it now: who wants to know looks for it in the provider’s own books. */
const hintFor = (capture: Capture): string =>
  isUnknown(capture) ? ' Whether it was taken all the same is not known: say what became of it (POST captures/<captureId>/outcome).' : '';

/** Another try, under another key; where the promise has ended, another one is asked for first. Never for more than is still due. */
export const retryCapture = (command: Command<'RetryCapture'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, captureId, newId, now } = command;
  const known = requirePromised(orderId, payment);
  const capture = requireCapture(known, captureId);
  if (capture.status === 'captured') throw new Refused('CAPTURE_DONE', `Capture ${captureId} went through before.`);
  if (capture.status !== 'failed' || scheduledOtherwise(capture, command)) return [];
  const amount = Math.min(capture.amount, due(known) - claimed(known.ledger));
  if (amount <= 0) throw new Refused('NOTHING_DUE', `What capture ${captureId} was to take is not due any more.${hintFor(capture)}`);
  if (isUnknown(capture)) return sameCapture(known, capture, { captureId, now });
  const authorization = promiseFor(known, capture, amount);
  if (authorization) return capturing(known, { authorization, amount }, { captureId, attemptId: newId, now });
  const promised = promiseMore(known, { amount, captureId }, { newId, now });
  if (promised.length === 0)
    throw new Refused('NO_WAY_TO_PAY', `No way of paying of order ${orderId} can be asked again: another one has to be given.`);
  return promised;
};

interface Taking {
  readonly authorizationId?: string | undefined;
  readonly restEnded?: boolean | undefined;
  readonly newId: string;
  readonly now: string;
}

/** Some providers take from a promise once: what a capture left of it has ended with it. */
export const afterCapture = (known: Known, taken: readonly PaymentEvent[], taking: Taking): readonly PaymentEvent[] => {
  const { authorizationId, restEnded, newId, now } = taking;
  const state = taken.reduce(evolve, known as Payment);
  const authorization = isKnown(state) && restEnded ? state.ledger.authorizations.get(authorizationId ?? '') : undefined;
  return isKnown(state) && authorization ? [...taken, ...expired(state, authorization, { newId: derivedId(newId, 1), now })] : taken;
};

export const recordCapture = (command: Command<'RecordCapture'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, captureId, attemptId, answer, now } = command;
  const known = requirePromised(orderId, payment);
  const capture = requireCapture(known, captureId);
  if (!awaitsWord(capture, attemptId) || answer.status === 'pending') return [];
  if (answer.status === 'declined')
    return [
      captureFailed(known, capture, { captureId, now, reason: { code: answer.reason, by: 'provider' }, ...nextTry(capture, command) }),
    ];
  const { reference, restEnded } = answer;
  return afterCapture(known, [capturedBy(known, capture, { captureId, now, reference })], { ...capture, ...command, restEnded });
};
