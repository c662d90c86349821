import { Refused, type DataOf } from '@cartage/eventsourcing';
import type { PaymentCommand, RefundRequest } from './commands';
import type { PaymentEvent } from './events';
import { expected, refundable, takenFrom, type Refund } from './ledger';
import { requirePromised, type Payment, type Promised } from './payment';
import { CHANNEL, isCod, moneyOf, type Terms } from './terms';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;

/** What a refund is, whatever becomes of it. */
const refundOf = (terms: Terms, { refundId, returnId, amount }: Pick<RefundRequest, 'refundId' | 'returnId' | 'amount'>) => ({
  ...moneyOf(terms, amount),
  refundId,
  ...(returnId === undefined ? {} : { returnId }),
});

/** Cash cannot go back the way it came: it is paid out. */
const tenderOf = (terms: Terms): string => (isCod(terms) ? 'transfer' : 'original');

/** Why this refund can never be paid, or nothing. */
const obstacle = ({ terms, ledger }: Promised, { currency, amount, tender }: RefundRequest): string | undefined => {
  if (currency !== terms.currency) return 'currency-differs';
  if (tender === 'store-credit') return 'tender-not-supported';
  return amount > refundable(ledger) + expected(ledger) ? 'exceeds-what-was-paid' : undefined;
};

const impossible = (terms: Terms, request: Command<'RequestRefund'>, code: string): PaymentEvent => ({
  type: 'RefundFailed',
  data: { ...refundOf(terms, request), currency: request.currency, reason: { code, by: 'system' }, failedAt: request.now },
});

/** The amount is taken from captures before anybody is asked, so that no two refunds take the same money. */
const taken = ({ terms, ledger, mover }: Promised, request: Command<'RequestRefund'>): PaymentEvent => {
  const { amount, attemptId, now } = request;
  const refund = { ...refundOf(terms, request), tender: tenderOf(terms), captures: takenFrom(ledger, amount) };
  return mover === CHANNEL
    ? { type: 'RefundIssued', data: { ...refund, issuedAt: now } }
    : { type: 'RefundRequested', data: { ...refund, attemptId, provider: mover, requestedAt: now } };
};

/** No more is given back than came in. Money that is still on its way makes a refund early, not wrong. */
export const requestRefund = (request: Command<'RequestRefund'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, refundId, amount } = request;
  const promised = requirePromised(orderId, payment);
  const { terms, ledger } = promised;
  if (amount <= 0 || ledger.refunds.has(refundId)) return [];
  const code = obstacle(promised, request);
  if (code) return [impossible(terms, request, code)];
  const open = refundable(ledger);
  if (amount > open) throw new Refused('REFUND_EARLY', `Order ${orderId} has ${open} to refund from until more comes in.`, 'unknown');
  return [taken(promised, request)];
};

const outcomeOf = (
  terms: Terms,
  { refundId, answer, now }: Command<'RecordRefund'>,
  { status: _, reason: __, ...refund }: Refund,
): PaymentEvent => {
  const { captures, tender } = refund;
  const common = refundOf(terms, { ...refund, refundId });
  return answer.status === 'approved'
    ? { type: 'RefundIssued', data: { ...common, tender, captures, reference: answer.reference, issuedAt: now } }
    : { type: 'RefundFailed', data: { ...common, reason: { code: answer.reason, by: 'provider' }, failedAt: now } };
};

export const recordRefund = (command: Command<'RecordRefund'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, refundId, attemptId } = command;
  const { terms, ledger } = requirePromised(orderId, payment);
  const refund = ledger.refunds.get(refundId);
  if (!refund || refund.attemptId !== attemptId)
    throw new Refused('REFUND_UNKNOWN', `Refund ${refundId} of order ${orderId} was not asked for.`, 'unknown');
  return refund.status === 'requested' ? [outcomeOf(terms, command, refund)] : [];
};
