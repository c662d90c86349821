import { Refused, type DataOf } from '@cartage/eventsourcing';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { awaitsWord, isOvertaken, isUnknown, type Void } from './ledger';
import { requirePromised, type Known, type Payment } from './payment';
import { nextTry, scheduledOtherwise, type Failure } from './retrying';
import { moneyOf } from './terms';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;

export const requireVoid = ({ terms, ledger }: Known, voidId: string): Void => {
  const asked = ledger.voids.get(voidId);
  if (!asked) throw new Refused('VOID_UNKNOWN', `Void ${voidId} of order ${terms.orderId} was not asked for.`, 'unknown');
  return asked;
};

const voidOf = ({ terms }: Known, voidId: string, { paymentId, authorizationId, amount }: Void) => ({
  ...moneyOf(terms, paymentId, amount),
  ...{ voidId, authorizationId },
});

/** Of one whose outcome is not known the same call is made again: its provider says what became of it. */
const callOf = ({ ledger }: Known, asked: Void, newId: string) => ({
  attemptId: isUnknown(asked) ? (asked.attemptId ?? newId) : newId,
  provider: ledger.authorizations.get(asked.authorizationId)?.mover ?? '',
});

export const retryVoid = (command: Command<'RetryVoid'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, voidId, newId, now } = command;
  const known = requirePromised(orderId, payment);
  const asked = requireVoid(known, voidId);
  if (asked.status === 'voided') throw new Refused('VOID_DONE', `Void ${voidId} went through before.`);
  if (asked.status !== 'failed' || scheduledOtherwise(asked, command)) return [];
  if (isOvertaken(known.ledger, asked))
    throw new Refused('NOTHING_TO_VOID', `Money came in before void ${voidId}: it is refunded instead.`);
  return [
    {
      type: 'VoidRequested',
      data: { ...voidOf(known, voidId, asked), ...callOf(known, asked, newId), reason: asked.because, requestedAt: now },
    },
  ];
};

export const voidedBy = (
  known: Known,
  asked: Void,
  { voidId, now, reference }: { readonly voidId: string; readonly now: string; readonly reference?: string },
): PaymentEvent => ({
  type: 'PaymentVoided',
  data: { ...voidOf(known, voidId, asked), ...(reference === undefined ? {} : { reference }), reason: asked.because, voidedAt: now },
});

export const voidFailed = (
  known: Known,
  asked: Void,
  { voidId, now, ...failure }: { readonly voidId: string; readonly now: string } & Failure,
): PaymentEvent => {
  const { authorizationId: _, ...money } = voidOf(known, voidId, asked);
  return { type: 'VoidFailed', data: { ...money, ...failure, failedAt: now } };
};

export const recordVoid = (command: Command<'RecordVoid'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, voidId, attemptId, answer, now } = command;
  const known = requirePromised(orderId, payment);
  const asked = requireVoid(known, voidId);
  if (!awaitsWord(asked, attemptId) || answer.status === 'pending') return [];
  if (answer.status === 'approved') return [voidedBy(known, asked, { voidId, now, reference: answer.reference })];
  return [voidFailed(known, asked, { voidId, now, reason: { code: answer.reason, by: 'provider' }, ...nextTry(asked, command) })];
};
