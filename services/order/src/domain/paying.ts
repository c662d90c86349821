import type { PaymentMethod, Sealed } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';
import { dueFor } from './due';
import { wantedOf } from './edits';
import type { Decision } from './events';
import { hasExpired, isAskedFor, pledgeOf, waysOf, type Way } from './payments';
import { present } from './present';
import { sumOf } from './pricing';
import type { PlacedOrder } from './state';

/** A way to pay that is given after the order was placed. Without an amount it pays all that is open. */
export interface PaymentGiven {
  readonly paymentId: string;
  readonly method: PaymentMethod;
  readonly amount?: number | null | undefined;
  readonly token?: Sealed | undefined;
}

export interface PayRequest {
  readonly payments: readonly PaymentGiven[];
  /** Which payments are asked for no more; without it, those that came to nothing. */
  readonly replaces?: readonly string[] | null | undefined;
  readonly now: string;
}

/** Nobody stands for it, and somebody has said so. */
const cameToNothing = (way: Way): boolean => !pledgeOf(way) && (way.decline !== undefined || hasExpired(way) || way.pending !== undefined);

const refuse = (code: string, message: string, errors: readonly FieldError[]): never => {
  throw new Refused(code, message, 'invalid', errors);
};

const replacedBy = (order: PlacedOrder, replaces: PayRequest['replaces']): ReadonlySet<string> => {
  const free = new Set(waysOf(order).flatMap((way) => (cameToNothing(way) ? [way.paid.paymentId] : [])));
  if (!replaces) return free;
  const faults = replaces.flatMap((paymentId, i) =>
    free.has(paymentId)
      ? []
      : [
          {
            field: `replaces[${i}]`,
            code: 'PAYMENT_NOT_REPLACEABLE',
            message: 'must be a payment of this order that was declined, has expired or waits for the customer',
          },
        ],
  );
  if (faults.length > 0) refuse('PAYMENT_NOT_REPLACEABLE', 'Only payments that came to nothing can be replaced.', faults);
  return new Set(replaces);
};

/** What is due and nobody is asked for: minor units. */
const openAmount = (order: PlacedOrder, replaced: ReadonlySet<string>): number => {
  const due = dueFor(order, (lineId) => wantedOf(order, lineId));
  const others = waysOf(order).filter(({ paid }) => !replaced.has(paid.paymentId));
  return others.reduce((open, way) => open - isAskedFor(order, way), due);
};

const amountsOf = (payments: PayRequest['payments'], open: number): readonly number[] => {
  const amounts = payments.map(({ amount }) => amount ?? (payments.length === 1 ? open : 0));
  const faults = amounts.flatMap((amount, i) =>
    Number.isSafeInteger(amount) && amount > 0
      ? []
      : [{ field: `payments[${i}].amount`, code: 'AMOUNT_INVALID', message: 'must be a whole number of minor units, 1 or more' }],
  );
  if (faults.length > 0) refuse('PAYMENT_INVALID', 'Each of several payments says how much it pays.', faults);
  const paid = sumOf(amounts.map((amount) => ({ amount })));
  if (paid === open) return amounts;
  const message = `must pay what is open, ${open}, not ${paid}`;
  return refuse('PAYMENT_TOTAL_MISMATCH', `The payments ${message}.`, [{ field: 'payments', code: 'PAYMENT_TOTAL_MISMATCH', message }]);
};

/** Other ways to pay, in place of those that came to nothing or for what became due since. */
export const pay = (order: PlacedOrder, { payments, replaces, now }: PayRequest): readonly Decision[] => {
  if (order.ended) throw new Refused('ORDER_ENDED', `The order is ${order.ended.as}: nothing is to be paid for it.`);
  const replaced = replacedBy(order, replaces);
  const open = openAmount(order, replaced);
  if (open <= 0) throw new Refused('PAYMENT_NOT_NEEDED', 'All that is due is paid or promised, or is being asked for.');
  const amounts = amountsOf(payments, open);
  const added = payments.map(({ paymentId, method, token }, i) => ({ paymentId, method, amount: amounts[i] ?? 0, ...present({ token }) }));
  return [{ type: 'PaymentAdded', data: { orderId: order.placed.orderId, payments: added, replaces: [...replaced], addedAt: now } }];
};
