import { Refused, type DataOf } from '@cartage/eventsourcing';
import type { PaymentCommand, RefundRequest } from './commands';
import type { PaymentEvent } from './events';
import { expected, refundable, remittedOf, type Refund } from './ledger';
import { type Payment, type Promised } from './payment';
import { requireCharge, requirePromised } from './require';
import { CHANNEL } from './terms';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;
type Owed = Pick<RefundRequest, 'orderId' | 'refundId' | 'returnId' | 'lineId' | 'currency' | 'amount'>;

const owedOf = ({ orderId, refundId, returnId, lineId, currency, amount }: Owed): Owed => ({
  orderId,
  refundId,
  ...(returnId === undefined ? {} : { returnId }),
  ...(lineId === undefined ? {} : { lineId }),
  currency,
  amount,
});

const issued = ({ ledger }: Promised, owed: Owed, now: string): PaymentEvent => ({
  type: 'RefundIssued',
  data: { ...owed, refundedTotal: ledger.refunded + owed.amount, issuedAt: now },
});

const failed = ({ lineId: _, ...owed }: Owed, reason: string, now: string): PaymentEvent => ({
  type: 'RefundFailed',
  data: { ...owed, reason, failedAt: now },
});

/** Why this refund can never be paid, or nothing. */
const obstacle = ({ terms, ledger }: Promised, { currency, amount }: Owed): string | undefined => {
  if (currency !== terms.currency) return 'currency-differs';
  return amount > refundable(ledger) + expected(ledger) ? 'exceeds-what-was-paid' : undefined;
};

/** No more is given back than came in. Money that is still on its way makes a refund early, not wrong. */
export const requestRefund = (request: Command<'RequestRefund'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, refundId, amount, now } = request;
  const promised = requirePromised(orderId, payment);
  if (amount <= 0 || promised.ledger.refunds[refundId]) return [];
  const owed = owedOf(request);
  const reason = obstacle(promised, owed);
  if (reason) return [failed(owed, reason, now)];
  if (amount > refundable(promised.ledger))
    throw new Refused('REFUND_EARLY', `Order ${orderId} has ${refundable(promised.ledger)} to refund from until more comes in.`, 'unknown');
  return promised.mover === CHANNEL
    ? [issued(promised, owed, now)]
    : [{ type: 'RefundRequested', data: { ...owed, provider: promised.mover, requestedAt: now } }];
};

const owedFor = ({ terms: { orderId, currency } }: Promised, refundId: string, refund: Refund): Owed =>
  owedOf({ ...refund, orderId, currency, refundId });

export const recordRefund = ({ orderId, refundId, answer, now }: Command<'RecordRefund'>, payment: Payment): readonly PaymentEvent[] => {
  const promised = requirePromised(orderId, payment);
  const refund = promised.ledger.refunds[refundId];
  if (!refund) throw new Refused('REFUND_UNKNOWN', `Refund ${refundId} of order ${orderId} was not asked for.`, 'unknown');
  if (refund.status !== 'requested') return [];
  const owed = owedFor(promised, refundId, refund);
  return [answer.status === 'approved' ? issued(promised, owed, now) : failed(owed, answer.reason, now)];
};

/** The carrier hands collected cash over, perhaps in parts; its reference tells a part from a repeat. */
export const recordRemittance = (
  { orderId, shipmentId, amount, reference, now }: Command<'RecordRemittance'>,
  payment: Payment,
): readonly PaymentEvent[] => {
  const promised = requirePromised(orderId, payment);
  const charge = requireCharge(promised, shipmentId);
  const before = charge.remittances[reference];
  if (before === amount) return [];
  if (before !== undefined)
    throw new Refused('REMITTANCE_DIFFERS', `Remittance ${reference} of shipment ${shipmentId} was recorded before, with ${before}.`);
  const open = charge.status === 'collected' ? charge.amount - remittedOf(charge) : 0;
  if (amount > open)
    throw new Refused('REMITTANCE_EXCEEDS_COLLECTED', `Only ${open} of shipment ${shipmentId} is collected and not remitted.`, 'invalid', [
      { field: 'amount', code: 'REMITTANCE_EXCEEDS_COLLECTED', message: `At most ${open}.` },
    ]);
  const { currency } = promised.terms;
  const remittedTotal = promised.ledger.remitted + amount;
  return [{ type: 'CodRemitted', data: { orderId, shipmentId, currency, amount, reference, remittedAt: now, remittedTotal } }];
};
