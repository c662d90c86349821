import type { Destination, OrderEvent, PaymentMethod, Priority } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';

/** A line as far as money goes. */
export interface ChargeLine {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  /** What the whole line costs, discount and tax in it; minor units. */
  readonly total: number;
}

/** What an order is to be paid for, frozen when it was placed. */
export interface Terms {
  readonly orderId: string;
  readonly customerId?: string;
  readonly currency: string;
  readonly lines: readonly ChargeLine[];
  /** Charged for delivery, tax in it. */
  readonly shipping: number;
  readonly total: number;
  readonly method: PaymentMethod;
  /** The provider's reference of a payment method; never card data. */
  readonly token?: string;
  /** Adapter that moves the money, unless the channel or the carrier does. */
  readonly provider: string;
  readonly priority: Priority;
  readonly destination: Pick<Destination, 'country' | 'postalArea'>;
  readonly placedAt: string;
}

/** Whatever the total holds beyond the lines is delivery and its tax. */
const shippingOf = ({ totals, lines }: DataOf<OrderEvent, 'OrderPlaced'>): number =>
  lines.reduce((rest, { total }) => rest - total, totals.total);

const destinationOf = ({ country, postalArea }: Destination): Terms['destination'] => ({
  country,
  ...(postalArea === undefined ? {} : { postalArea }),
});

export const termsOf = (order: DataOf<OrderEvent, 'OrderPlaced'>, provider: string): Terms => ({
  orderId: order.orderId,
  ...(order.customerId === undefined ? {} : { customerId: order.customerId }),
  currency: order.currency,
  lines: order.lines.map(({ lineId, sku, quantity, total }) => ({ lineId, sku, quantity, total })),
  shipping: shippingOf(order),
  total: order.totals.total,
  method: order.payment.method,
  ...(order.payment.token === undefined ? {} : { token: order.payment.token }),
  provider,
  priority: order.priority,
  destination: destinationOf(order.destination),
  placedAt: order.placedAt,
});

export const isCod = ({ method }: Terms): boolean => method === 'cod';

/** A marketplace already has the customer's money and moves it itself. */
export const CHANNEL = 'channel';
/** There is nothing to pay. */
export const NOBODY = 'none';

/** Who moves the money of this order. */
export const moverOf = ({ method, total, provider }: Terms): string => {
  if (method === 'prepaid') return CHANNEL;
  return total === 0 && method !== 'cod' ? NOBODY : provider;
};

/** Whether a payment provider has to be asked before money moves. */
export const asksProvider = (terms: Terms): boolean => !isCod(terms) && moverOf(terms) === terms.provider;
