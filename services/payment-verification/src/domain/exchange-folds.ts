import type { DataOf } from '@cartage/eventsourcing';
import { creditReturned } from './booking';
import type { PaymentEvent } from './events';
import type { Ledger } from './ledger';
import { isKnown, type Known, type Payment } from './payment';

/** What an event of a payment says. */
export type Of<Type extends PaymentEvent['type']> = DataOf<PaymentEvent, Type>;

export const ifKnown = (payment: Payment, change: (known: Known) => Known): Payment => (isKnown(payment) ? change(payment) : payment);

/** What follows from it in the ledger of a payment that is known. */
export const booking =
  <Type extends PaymentEvent['type']>(book: (ledger: Ledger, data: Of<Type>) => Ledger) =>
  (payment: Payment, data: Of<Type>): Payment =>
    ifKnown(payment, (known) => ({ ...known, ledger: book(known.ledger, data) }));

/** What follows from what happened to an exchange of goods that an order pays for, or is paid with. */
export const exchangeFolds = {
  CreditReturned: booking<'CreditReturned'>(creditReturned),
  ExchangeLimited: (payment: Payment, { amount }: Of<'ExchangeLimited'>): Payment =>
    ifKnown(payment, (known) => ({ ...known, exchangeLimit: amount })),
};
