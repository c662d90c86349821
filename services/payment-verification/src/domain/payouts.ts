import { type DataOf, derivedId, Refused } from '@cartage/eventsourcing';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { isUnknown, type Refund } from './ledger';
import { requirePromised, type Known, type Payment } from './payment';
import { asCredit, issued, requested, requireCustomer, requireRefund, takenAgain } from './refunds';
import type { RefundPart } from './tenders';
import { isProvider } from './terms';

type PayOut = DataOf<PaymentCommand, 'PayOutRefund'>;

/** What is taken from captures for it: as it was, or anew where it had failed. */
const partOf = (known: Known, { status, mover, ...refund }: Refund): RefundPart => {
  if (status === 'requested' && isProvider(mover))
    throw new Refused('REFUND_IN_PROGRESS', `Refund ${refund.refundId} is with ${mover}: wait for its answer.`);
  if (isUnknown({ status, ...refund }))
    throw new Refused(
      'REFUND_OUTCOME_UNKNOWN',
      `Whether ${mover} gave refund ${refund.refundId} back is not known: ask it again, or say what became of it (POST refunds/${refund.refundId}/outcome) before it is paid out in another way.`,
    );
  return status === 'requested' ? { ...refund, mover, method: '' } : takenAgain(known, { status, mover, ...refund });
};

const requireReference = ({ reference }: PayOut): string => {
  if (reference !== undefined) return reference;
  const message = 'must say by which number the money went out';
  throw new Refused('REFERENCE_MISSING', `A payout ${message}.`, 'invalid', [{ field: 'reference', code: 'REFERENCE_MISSING', message }]);
};

/** A person gave the money back. */
const paidOut = (known: Known, open: readonly Refund[], command: PayOut): readonly PaymentEvent[] => {
  const [reference, { tender, now }] = [requireReference(command), command];
  return open.map((refund) => issued(known, refund, { tender, captures: partOf(known, refund).captures, reference, now }));
};

/** The balance is asked like any provider, and its answer is recorded: nobody has it before. */
const credited = (known: Known, open: readonly Refund[], { newId, now }: PayOut): readonly PaymentEvent[] => {
  requireCustomer(known);
  return open.map((refund, i) => {
    const request = { ...refund, tender: 'store-credit' };
    return requested(known, { request, part: partOf(known, refund) }, { newId: derivedId(newId, i), now });
  });
};

/** It goes back in another way: by transfer, in cash or through the channel, as somebody says, or to store credit. Said twice, it counts once. */
export const payOutRefund = (command: PayOut, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, refundId } = command;
  const known = requirePromised(orderId, payment);
  const parts = requireRefund(known, refundId);
  const open = parts.filter(({ status }) => status !== 'issued');
  if (open.length === 0 && (asCredit(command) || !parts.some(({ reference }) => reference === command.reference)))
    throw new Refused('REFUND_ISSUED', `Refund ${refundId} went through before.`);
  return asCredit(command) ? credited(known, open, command) : paidOut(known, open, command);
};
