import { Refused, type DataOf } from '@cartage/eventsourcing';
import type { OutcomeByHand, PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { isUnknown } from './ledger';
import { requirePromised, type Known, type Payment } from './payment';
import { issued, refundFailed, requireRefund } from './refunds';
import { captureFailed, capturedBy, requireCapture } from './settlement';
import { voidedBy, voidFailed, requireVoid } from './voids';

type Record = DataOf<PaymentCommand, 'RecordOutcome'>;

const NOT_DONE = { reason: { code: 'not-done', by: 'operator' } } as const;

interface Tried {
  readonly status: string;
  readonly outcomeUnknown?: boolean;
  readonly reference?: string;
  readonly reason?: { readonly code: string };
}

/** Said twice, it counts once. */
const isSaid = ({ status, reference, reason }: Tried, said: Record): boolean => {
  if (said.outcome === 'not-done') return status === 'failed' && reason?.code === NOT_DONE.reason.code;
  return status === 'voided' || (status !== 'failed' && reference !== undefined && reference === said.reference);
};

/** Those whose outcome nobody knows; none, where it was said before. */
const requireUnknown = <Thing extends Tried>(things: readonly Thing[], { operation, subject, ...said }: Record): readonly Thing[] => {
  const unknown = things.filter(isUnknown);
  if (unknown.length > 0 || things.every((thing) => isSaid(thing, { operation, subject, ...said }))) return unknown;
  if (things.some(({ status }) => status === 'requested'))
    throw new Refused('OUTCOME_AWAITED', `The provider is being asked what became of ${operation} ${subject}: wait for its answer.`);
  throw new Refused('OUTCOME_KNOWN', `What became of ${operation} ${subject} is known: it is ${things[0]?.status}.`);
};

const requireReference = ({ reference }: Record): string => {
  if (reference !== undefined) return reference;
  const message = 'must say under which number the provider has it';
  throw new Refused('REFERENCE_MISSING', `What was done ${message}.`, 'invalid', [
    { field: 'reference', code: 'REFERENCE_MISSING', message },
  ]);
};

const outcomeOf: { readonly [Of in OutcomeByHand['operation']]: (known: Known, command: Record) => readonly PaymentEvent[] } = {
  capture: (known, command) => {
    const { subject: captureId, outcome, now } = command;
    return requireUnknown([requireCapture(known, captureId)], command).map((capture) =>
      outcome === 'done'
        ? capturedBy(known, capture, { captureId, now, reference: requireReference(command) })
        : captureFailed(known, capture, { captureId, now, ...NOT_DONE }),
    );
  },
  void: (known, command) => {
    const { subject: voidId, outcome, now } = command;
    return requireUnknown([requireVoid(known, voidId)], command).map((asked) =>
      outcome === 'done'
        ? voidedBy(known, asked, { voidId, now, ...pick(command) })
        : voidFailed(known, asked, { voidId, now, ...NOT_DONE }),
    );
  },
  refund: (known, command) => {
    const { subject: refundId, outcome, now } = command;
    return requireUnknown(requireRefund(known, refundId), command).map((refund) =>
      outcome === 'done'
        ? issued(known, refund, { ...refund, now, reference: requireReference(command) })
        : refundFailed(known, refund, { now, ...NOT_DONE }),
    );
  },
};

const pick = ({ reference }: Record) => (reference === undefined ? {} : { reference });

/** A person looked at the provider’s own books for a call that it never answered. What the provider says itself counts still, whatever a person said. */
export const recordOutcome = (command: Record, payment: Payment): readonly PaymentEvent[] =>
  outcomeOf[command.operation](requirePromised(command.orderId, payment), command);
