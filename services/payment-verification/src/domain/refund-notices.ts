import { Refused, type DataOf } from '@cartage/eventsourcing';
import { requireAsked } from './authorizations';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import type { Refund } from './ledger';
import { requireKnown, type Known, type Payment } from './payment';
import { capturesOf, issued, refundFailed, returnOf } from './refunds';
import { refundParts } from './tenders';
import { moneyOf, NOBODY } from './terms';

type HeardRefund = DataOf<PaymentCommand, 'HearRefund'>;

/** The refund of ours that a notice tells of: by its number, or by the id of the try. */
const askedRefund = ({ ledger }: Known, { reference, attemptId }: HeardRefund): Refund | undefined => {
  const all = [...ledger.refunds.values()];
  return (
    all.find((refund) => refund.reference === reference) ?? all.find((refund) => attemptId !== undefined && refund.attemptId === attemptId)
  );
};

/** Another try would not help: the provider has said how it ended. */
const failed = (known: Known, refund: Refund, { reason, now }: { readonly reason: string; readonly now: string }): PaymentEvent =>
  refundFailed(known, refund, { now, reason: { code: reason, by: 'provider' } });

/** Its provider has said that it failed: whatever is told late, it has. What we or a person gave up may have been done. */
const isFinal = ({ status, reason }: Refund): boolean => status === 'failed' && reason?.by === 'provider';

/** It was paid out in another way: what its provider says of the try before it is not about that. */
const isPaidOtherwise = ({ status, tender, reference }: Refund, heard: HeardRefund): boolean =>
  status === 'issued' && tender !== 'original' && reference !== heard.reference;

/** The money of a refund came back: it is in hand again, and still owed. */
const cameBack = ({ terms }: Known, refund: Refund, { reference, now }: HeardRefund): PaymentEvent => ({
  type: 'RefundReturned',
  data: {
    ...{ ...moneyOf(terms, refund.paymentId, refund.amount), refundId: refund.refundId, ...returnOf(refund) },
    ...{ captures: refund.captures, reference, returnedAt: now },
  },
});

const failing = (known: Known, refund: Refund | undefined, command: HeardRefund & { readonly reason: string }): readonly PaymentEvent[] => {
  const { orderId, reference, attemptId } = command;
  if (!refund && attemptId === undefined)
    throw new Refused('REFUND_UNKNOWN', `No refund ${reference} of order ${orderId} is known here.`, 'unknown');
  if (!refund || isFinal(refund) || isPaidOtherwise(refund, command)) return [];
  return [...(refund.status === 'issued' ? [cameBack(known, refund, command)] : []), failed(known, refund, command)];
};

/** Somebody gave money back at the provider’s: we did not ask for it, and it is gone. */
const unasked = (known: Known, paymentId: string, { amount, currency, newId, now, reference }: HeardRefund): readonly PaymentEvent[] => {
  const [part] = refundParts(known.ledger, amount, paymentId);
  if (part?.amount !== amount || currency !== known.terms.currency)
    throw new Refused(
      'REFUND_NOT_COVERED',
      `Refund ${reference} of ${amount} ${currency} is more than is left of what came in.`,
      'unknown',
    );
  const money = { ...moneyOf(known.terms, paymentId, amount), refundId: newId };
  const { captures } = part;
  return [
    {
      type: 'RefundRequested',
      data: { ...money, attemptId: newId, cause: 'goodwill', provider: NOBODY, tender: 'original', captures, requestedAt: now },
    },
    { type: 'RefundIssued', data: { ...money, tender: 'original', captures, reference, cause: 'goodwill', issuedAt: now } },
  ];
};

/** A refund went out, or did not; or it did and came back. */
export const hearRefund = (command: HeardRefund, payment: Payment): readonly PaymentEvent[] => {
  const known = requireKnown(command.orderId, payment);
  const { paymentId } = requireAsked(known, command.authorizationId);
  const refund = askedRefund(known, command);
  if (command.outcome === 'failed') return failing(known, refund, command);
  // Given back by its provider as well, the customer has it twice: that is money which nobody asked for.
  if (!refund || isPaidOtherwise(refund, command)) return unasked(known, paymentId, command);
  if (refund.status === 'issued' || isFinal(refund)) return [];
  return [issued(known, refund, { ...refund, captures: capturesOf(known, refund), reference: command.reference, now: command.now })];
};
