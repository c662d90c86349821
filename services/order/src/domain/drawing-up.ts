import { handedMethods, isCurrency, isLocale, type PaymentMethod, type Totals } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import { Faults, kinds } from './faults';
import type { Placement, PlacementPayment } from './placement';
import { present } from './present';
import { linesOf, sumOf, totalsOf } from './pricing';
import { drawnGroups, requireLinesOfEach, type DrawnGroups } from './ship-groups';
import type { Placing } from './state';

/** A way of paying, its token not yet sealed. */
export interface DrawnPayment {
  readonly method: PaymentMethod;
  readonly amount: number;
  readonly token?: string;
}

/** An order that is whole and right, with its totals; ids and seals are still to come. */
export interface DrawnUp extends Pick<DrawnGroups, 'personal' | 'recipients'> {
  readonly order: Omit<Placing, 'orderId' | 'personal' | 'raw' | 'policies' | 'payments'>;
  readonly payments: readonly DrawnPayment[];
}

const paymentOf = (faults: Faults, { method, amount, token }: PlacementPayment, at: string): DrawnPayment => ({
  method,
  amount: faults.amount(amount, `${at}.amount`),
  ...present({ token: faults.optionalId(kinds.token, token, `${at}.token`) }),
});

/** One way of paying pays it all; several say how much each, and add up. */
const paymentsOf = (faults: Faults, { payment, payments }: Placement, { total }: Totals): readonly DrawnPayment[] => {
  if (payment && payments) faults.note('payment', 'TOLD_TWICE', 'must be told either as `payment` or as a list of `payments`');
  if (payment) return payingAll(faults, total, [paymentOf(faults, { ...payment, amount: payment.amount ?? total }, 'payment')]);
  const several = (payments ?? []).map((each, i) => paymentOf(faults, each, `payments[${i}]`));
  if (several.length > 0) return payingAll(faults, total, several);
  faults.note('payment', 'REQUIRED', 'must say how it is paid');
  return [];
};

const payingAll = (faults: Faults, total: number, payments: readonly DrawnPayment[]): readonly DrawnPayment[] => {
  const paid = sumOf(payments);
  if (paid !== total) faults.note('payment', 'PAYMENT_TOTAL_MISMATCH', `must pay the order’s total, ${total}, not ${paid}`);
  return payments;
};

/** Cash is collected by whoever brings it. */
const requireCarrier = (faults: Faults, payments: readonly DrawnPayment[], { shipGroups }: DrawnGroups): void => {
  if (payments.some(({ method }) => method === 'cod') && shipGroups.some(({ method }) => handedMethods.has(method)))
    faults.note('payment', 'COD_WITHOUT_CARRIER', 'must not be cash on delivery: nobody brings what is carried out or delivered digitally');
};

const requireTotal = (told: number | null | undefined, { total }: Totals): void => {
  if (told === undefined || told === null || told === total) return;
  const message = `The lines and shipping come to ${total}, not ${told}.`;
  throw new Refused('ORDER_TOTAL_MISMATCH', message, 'invalid', [{ field: 'total', code: 'ORDER_TOTAL_MISMATCH', message }]);
};

type Head = Omit<DrawnUp['order'], 'lines' | 'shipGroups' | 'totals'>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const reservationOf = (faults: Faults, { reservationId }: Placement): string | undefined => {
  if (reservationId === undefined || reservationId === null) return undefined;
  if (!UUID.test(reservationId)) faults.note('reservationId', 'RESERVATION_INVALID', 'must be the id of a reservation, as it was answered');
  return reservationId.toLowerCase();
};

const headOf = (faults: Faults, placement: Placement): Head => {
  const { currency, taxIncluded, priority } = placement;
  const locale = faults.optionalText(kinds.locale, placement.locale, 'locale');
  if (!isCurrency(currency)) faults.note('currency', 'CURRENCY_UNKNOWN', 'must be an ISO 4217 code, such as EUR');
  if (locale !== undefined && !isLocale(locale)) faults.note('locale', 'LOCALE_INVALID', 'must be a BCP 47 tag, such as en-GB');
  return {
    channel: faults.text(kinds.channel, placement.channel, 'channel'),
    currency,
    taxIncluded: taxIncluded === true,
    priority: priority ?? 'standard',
    ...present({
      externalOrderId: faults.optionalId(kinds.externalOrderId, placement.externalOrderId, 'externalOrderId'),
      customerId: faults.optionalId(kinds.customerId, placement.customer.id, 'customer.id'),
      placedAt: faults.time(placement.placedAt, 'placedAt', 1),
      locale,
      reservationId: reservationOf(faults, placement),
      instructions: faults.optionalText(kinds.instructions, placement.instructions, 'instructions'),
    }),
  };
};

/** Draws an order up in one pass over what was told. Refuses with every fault and its field. */
export const drawnUp = (placement: Placement, now: string): DrawnUp => {
  const faults = new Faults(now);
  const head = headOf(faults, placement);
  const terms = { faults, taxIncluded: head.taxIncluded };
  const groups = drawnGroups(faults, placement);
  const { shipGroups, recipients, personal } = groups;
  const lines = linesOf(terms, placement, shipGroups);
  if (placement.shipGroups) requireLinesOfEach(faults, shipGroups, lines);
  const totals = totalsOf(terms, lines, shipGroups);
  faults.refuse();
  requireTotal(placement.total, totals);
  const payments = paymentsOf(faults, placement, totals);
  requireCarrier(faults, payments, groups);
  faults.refuse();
  return { order: { ...head, lines, shipGroups, totals }, personal, recipients, payments };
};
