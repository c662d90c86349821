import { EXCHANGE } from '@cartage/contracts';
import { Refused, type DataOf } from '@cartage/eventsourcing';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { evolve } from './evolve';
import type { Refund, Taken } from './ledger';
import { requireKnown, requirePromised, type Known, type Payment } from './payment';
import { requestRefund } from './refunds';
import { moneyOf } from './terms';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;

/** Of these captures, the last ones that make up an amount. */
const lastOf = (captures: readonly Taken[], amount: number): readonly Taken[] => {
  let left = amount;
  return captures.toReversed().flatMap(({ captureId, amount: taken }) => {
    const part = Math.min(left, taken);
    left -= part;
    return part > 0 ? [{ captureId, amount: part }] : [];
  });
};

interface Back {
  readonly refund: Refund;
  readonly amount: number;
}

/** From which refunds an amount comes back: the last that went into an exchange first. */
const comesBackFrom = ({ ledger, terms }: Known, amount: number): readonly Back[] => {
  let left = amount;
  const issued = [...ledger.refunds.values()].filter(({ tender, status }) => tender === EXCHANGE && status === 'issued');
  const back = issued.toReversed().flatMap((refund) => {
    const part = Math.min(left, refund.amount);
    left -= part;
    return part > 0 ? [{ refund, amount: part }] : [];
  });
  if (left > 0)
    throw new Refused('CREDIT_EARLY', `Not so much of order ${terms.orderId} is known to have gone into an exchange yet.`, 'unknown');
  return back;
};

/** What an exchange did not need is in hand again, and goes back as it was paid. */
export const returnCredit = (command: Command<'ReturnCredit'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, amount, balanceId, movementId, newId, now } = command;
  const known = requirePromised(orderId, payment);
  const back = comesBackFrom(known, amount).map(({ refund, amount: part }): PaymentEvent => ({
    type: 'CreditReturned',
    data: {
      ...{ ...moneyOf(known.terms, refund.paymentId, part), refundId: refund.refundId, balanceId },
      ...{ captures: lastOf(refund.captures, part), reference: movementId, returnedAt: now },
    },
  }));
  const { currency } = known.terms;
  const request = { orderId, refundId: newId, currency, amount, tender: 'original', cause: 'exchange', newId, now } as const;
  return [...back, ...requestRefund(request, back.reduce(evolve, payment))];
};

/** Less is promised by an exchange than was, once it is known what came back for it. */
export const limitExchange = ({ orderId, amount, now }: Command<'LimitExchange'>, payment: Payment): readonly PaymentEvent[] =>
  requireKnown(orderId, payment).exchangeLimit === amount ? [] : [{ type: 'ExchangeLimited', data: { orderId, amount, limitedAt: now } }];
