import { EXCHANGE, sharesOf, type Destination, type OrderEvent, type Sealed } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';

type OrderPlaced = DataOf<OrderEvent, 'OrderPlaced'>;
type PlacedPayment = OrderPlaced['payments'][number];

/** A line as far as money goes. */
export interface ChargeLine {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  /** What the whole line costs, discounts and taxes in it; minor units. */
  readonly total: number;
  readonly shipGroupId: string;
}

/** What delivery of a ship group costs, tax in it. */
export interface DeliveryCharge {
  readonly shipGroupId: string;
  readonly amount: number;
}

/** One way of paying for the order: a tender of it. */
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

/** When money is taken: as soon as it is promised, for each shipment, or when a person says so. */
export const captureTimes = ['placement', 'shipment', 'hand'] as const;
export type CaptureTime = (typeof captureTimes)[number];

/** What an order is to be paid for and how. */
export interface Terms {
  readonly orderId: string;
  readonly channel: string;
  /** The legal entity that invoices it, where who moves its money depends on that. */
  readonly seller?: string;
  /** The channel’s own number of the order. */
  readonly externalOrderId?: string;
  readonly customerId?: string;
  readonly currency: string;
  readonly lines: readonly ChargeLine[];
  readonly deliveries: readonly DeliveryCharge[];
  readonly total: number;
  readonly payments: readonly PaymentTerms[];
  readonly priority: string;
  /** Where its ship groups go. */
  readonly destinations: readonly Pick<Destination, 'country' | 'postalArea'>[];
  readonly taxIncluded: boolean;
  readonly capture: CaptureTime;
  /** Whether its channel is trusted to have the customer’s money. */
  readonly prepaidTrusted: boolean;
  readonly placedAt: string;
}

export type ProviderFor = (method: string, of: Pick<Terms, 'channel' | 'seller'>) => string;

/** How orders are paid for here. */
export interface PaymentPolicy {
  /** Who moves the money of which method, sold through which channel by whom. */
  readonly providerFor: ProviderFor;
  readonly capture: CaptureTime;
  /** Channels that are trusted to have the customer’s money; `*` at the end of one is any that begins so. */
  readonly prepaidChannels: readonly string[];
}

export const linesOf = (lines: OrderPlaced['lines']): readonly ChargeLine[] =>
  lines.map(({ lineId, sku, quantity, total, shipGroupId }) => ({ lineId, sku, quantity, total, shipGroupId }));

/** Whatever the total holds beyond the lines is delivery and its tax, shared by what each ship group is charged. */
export const deliveriesOf = (total: number, lines: readonly ChargeLine[], groups: readonly DeliveryCharge[]): readonly DeliveryCharge[] => {
  const shares = sharesOf(
    lines.reduce((rest, line) => rest - line.total, total),
    groups.map(({ amount }) => amount),
  );
  return groups.map(({ shipGroupId }, i) => ({ shipGroupId, amount: shares[i] ?? 0 }));
};

/** What is charged for a ship group as it was sold. */
export const groupChargeOf = (
  { shipGroupId, charge, taxLines }: Pick<OrderPlaced['shipGroups'][number], 'shipGroupId' | 'charge' | 'taxLines'>,
  taxIncluded: boolean,
): DeliveryCharge => ({ shipGroupId, amount: taxIncluded ? charge : taxLines.reduce((sum, { amount }) => sum + amount, charge) });

const destinationsOf = ({ shipGroups }: OrderPlaced): Terms['destinations'] =>
  shipGroups.flatMap(({ destination }) =>
    destination
      ? [{ country: destination.country, ...(destination.postalArea === undefined ? {} : { postalArea: destination.postalArea }) }]
      : [],
  );

export const paymentsOf = (payments: readonly PlacedPayment[], providerFor: (method: string) => string): readonly PaymentTerms[] =>
  payments.map((payment) => ({ ...payment, provider: providerFor(payment.method) }));

const isNamed = (channel: string, name: string): boolean => (name.endsWith('*') ? channel.startsWith(name.slice(0, -1)) : channel === name);

/** The terms of an order, and the legal entity that invoices it, where that matters. */
export const termsOf = (order: OrderPlaced, { providerFor, capture, prepaidChannels }: PaymentPolicy, seller?: string): Terms => {
  const soldBy = { channel: order.channel, ...(seller === undefined ? {} : { seller }) };
  const lines = linesOf(order.lines);
  const charges = order.shipGroups.map((group) => groupChargeOf(group, order.taxIncluded));
  return {
    orderId: order.orderId,
    ...soldBy,
    ...(order.externalOrderId === undefined ? {} : { externalOrderId: order.externalOrderId }),
    ...(order.customerId === undefined ? {} : { customerId: order.customerId }),
    currency: order.currency,
    lines,
    deliveries: deliveriesOf(order.totals.total, lines, charges),
    total: order.totals.total,
    payments: paymentsOf(order.payments, (method) => providerFor(method, soldBy)),
    priority: order.priority,
    destinations: destinationsOf(order),
    taxIncluded: order.taxIncluded,
    capture,
    prepaidTrusted: prepaidChannels.some((name) => isNamed(order.channel, name)),
    placedAt: order.placedAt,
  };
};

type Way = Pick<PaymentTerms, 'method' | 'amount' | 'provider'>;

export const isCod = ({ method }: Pick<PaymentTerms, 'method'>): boolean => method === 'cod';

/** A marketplace already has the customer's money and moves it itself. */
export const CHANNEL = 'channel';
/** There is nothing to pay. */
export const NOBODY = 'none';
/** Money that we owe the customer anyway: gift cards and store credit. */
export const CREDIT = 'credit';

/** The balance that paid or was paid to, as its reference begins with it; none, where money moved. */
export const paidFrom = (mover: string | undefined, reference = ''): { readonly balanceId?: string } =>
  mover === CREDIT ? { balanceId: reference.split('/')[0] ?? '' } : {};

export const isCredit = (method: string): boolean => method === 'gift-card' || method === 'store-credit' || method === EXCHANGE;

/** Whether whoever pays so has what it is worth already: the channel the money, or we the goods, or the money for them, of an exchange. */
export const isSecured = ({ method }: Pick<PaymentTerms, 'method'>): boolean => method === 'prepaid' || method === EXCHANGE;

/** Who moves the money of a way of paying. */
export const moverOf = ({ method, amount, provider }: Way): string => {
  if (method === 'prepaid') return CHANNEL;
  return amount === 0 && method !== 'cod' ? NOBODY : provider;
};

/** Whether a payment provider has to be asked before money moves. */
export const asksProvider = (way: Way): boolean => !isCod(way) && isProvider(moverOf(way));

/** Whether it is an adapter that can be asked. */
export const isProvider = (mover: string): boolean => mover !== CHANNEL && mover !== NOBODY;

/** Which payment and how much of it: what every event about money begins with. */
export const moneyOf = ({ orderId, currency }: Pick<Terms, 'orderId' | 'currency'>, paymentId: string, amount: number) => ({
  orderId,
  paymentId,
  currency,
  amount,
});
