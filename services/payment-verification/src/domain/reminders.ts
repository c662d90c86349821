import type { DataOf } from '@cartage/eventsourcing';
import { requireAsked } from './authorizations';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import type { Authorization } from './ledger';
import { due, requireKnown, type Payment } from './payment';
import { moneyOf } from './terms';

/** When a customer who has to act is reminded of it. */
export interface ReminderPolicy {
  /** So much of the time is over by then; 0: nobody is reminded. */
  readonly afterPercent: number;
  /** So long after the customer was asked, and so long before the time is over, there is no reminder; nor at all where there is less time than both. */
  readonly apartMinutes: number;
}

const MINUTE = 60_000;

/** When it is time for the reminder; nothing where there is to be none. */
export const reminderAt = (
  { pendingAt, expiresAt }: Pick<Authorization, 'pendingAt' | 'expiresAt'>,
  { afterPercent, apartMinutes }: ReminderPolicy,
): string | undefined => {
  if (pendingAt === undefined || expiresAt === undefined || afterPercent === 0) return undefined;
  const [from, until, apart] = [Date.parse(pendingAt), Date.parse(expiresAt), apartMinutes * MINUTE];
  if (until - from < 2 * apart) return undefined;
  const wanted = from + Math.round(((until - from) * afterPercent) / 100);
  return new Date(Math.min(Math.max(wanted, from + apart), until - apart)).toISOString();
};

/** Once, while the customer can still act and the money is still wanted. */
export const remindOfPayment = ({ orderId, authorizationId, now }: DataOf<PaymentCommand, 'RemindOfPayment'>, payment: Payment) => {
  const known = requireKnown(orderId, payment);
  const { paymentId, method, amount, status, action, expiresAt, remindedAt, replaced } = requireAsked(known, authorizationId);
  if (status !== 'pending' || remindedAt !== undefined || replaced || due(known) === 0) return [];
  if (action === undefined || expiresAt === undefined || expiresAt <= now) return [];
  const reminder: PaymentEvent = {
    type: 'PaymentReminderDue',
    data: { ...moneyOf(known.terms, paymentId, amount), authorizationId, method, action, expiresAt, remindedAt: now },
  };
  return [reminder];
};
