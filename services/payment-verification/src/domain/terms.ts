import type { Destination, OrderEvent, Sealed } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';

type OrderPlaced = DataOf<OrderEvent, 'OrderPlaced'>;

/** A line as far as money goes. */
export interface ChargeLine {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  /** What the whole line costs, discounts and taxes in it; minor units. */
  readonly total: number;
}

/** One way of paying for the order. */
export interface PaymentTerms {
  readonly paymentId: string;
  /** An open vocabulary: a method that is not known is money that a provider moves. */
  readonly method: string;
  readonly amount: number;
  /** The provider’s name of a way to pay. It is opened only to be handed to the provider. */
  readonly token?: Sealed;
  /** Adapter that moves the money, unless the channel or the carrier does. */
  readonly provider: string;
}

/** What an order is to be paid for and how, frozen when it was placed. */
export interface Terms {
  readonly orderId: string;
  readonly customerId?: string;
  readonly currency: string;
  readonly lines: readonly ChargeLine[];
  /** Charged for delivery, tax in it. */
  readonly delivery: number;
  readonly total: number;
  readonly payments: readonly [PaymentTerms, ...PaymentTerms[]];
  readonly priority: string;
  /** Where its ship groups go. */
  readonly destinations: readonly Pick<Destination, 'country' | 'postalArea'>[];
  readonly placedAt: string;
}

/** Whatever the total holds beyond the lines is delivery and its tax. */
const deliveryOf = ({ totals, lines }: OrderPlaced): number => lines.reduce((rest, { total }) => rest - total, totals.total);

const destinationsOf = ({ shipGroups }: OrderPlaced): Terms['destinations'] =>
  shipGroups.flatMap(({ destination }) =>
    destination
      ? [{ country: destination.country, ...(destination.postalArea === undefined ? {} : { postalArea: destination.postalArea }) }]
      : [],
  );

const paymentsOf = ({ orderId, payments }: OrderPlaced, provider: string): Terms['payments'] => {
  const [first, ...more] = payments.map((payment): PaymentTerms => ({ ...payment, provider }));
  if (!first) throw new Error(`Order ${orderId} says nothing about how it is paid.`);
  return [first, ...more];
};

export const termsOf = (order: OrderPlaced, provider: string): Terms => ({
  orderId: order.orderId,
  ...(order.customerId === undefined ? {} : { customerId: order.customerId }),
  currency: order.currency,
  lines: order.lines.map(({ lineId, sku, quantity, total }) => ({ lineId, sku, quantity, total })),
  delivery: deliveryOf(order),
  total: order.totals.total,
  payments: paymentsOf(order, provider),
  priority: order.priority,
  destinations: destinationsOf(order),
  placedAt: order.placedAt,
});

export const isCod = ({ payments: [{ method }] }: Terms): boolean => method === 'cod';

/** A marketplace already has the customer's money and moves it itself. */
export const CHANNEL = 'channel';
/** There is nothing to pay. */
export const NOBODY = 'none';

/** Who moves the money of this order. */
export const moverOf = ({ payments: [{ method, amount, provider }] }: Terms): string => {
  if (method === 'prepaid') return CHANNEL;
  return amount === 0 && method !== 'cod' ? NOBODY : provider;
};

/** Whether a payment provider has to be asked before money moves. */
export const asksProvider = (terms: Terms): boolean => !isCod(terms) && ![CHANNEL, NOBODY].includes(moverOf(terms));

/** Which payment and how much of it: what every event about money begins with. */
export const moneyOf = ({ orderId, currency, payments: [{ paymentId }] }: Terms, amount: number) => ({
  orderId,
  paymentId,
  currency,
  amount,
});
