import { ownValue } from '@cartage/contracts';
import type { CancelAsked, ChannelOrderState } from '../../../app/channels/connector';
import type { Placement, PlacementLine, ShipTo } from '../../../domain/placement';
import { present } from '../../../domain/present';
import { invalid, isFields, JsonReading, type Fields } from '../json-reading';
import { AmazonMoney, deliveryMoney, isTaxIncluded, lineMoney, type UnitsOfItem } from './amazon-money';

/**
 * An order as Amazon's Orders API of 2026-01-01 writes it (the `Order` of its published model), with the data sets that we ask for. `orderItemId` names the lines: shipments,
 * cancellations and refunds are told by it.
 */
export const amazonOrder = (payload: unknown): ChannelOrderState => {
  if (!isFields(payload)) throw invalid([{ field: 'body', code: 'MESSAGE_INVALID', message: 'must be an order' }]);
  const reading = new JsonReading();
  const state = stateIn(reading, payload);
  reading.refuse();
  return state;
};

/** Sent from Amazon's own warehouses: nothing of it is ours to do. */
export const isAmazons = (payload: unknown): boolean => isFields(payload) && fulfilmentIn(payload)['fulfilledBy'] === 'AMAZON';

const fulfilmentIn = (order: Fields): Fields => new JsonReading().part(order, 'fulfillment') ?? {};

type Standing = 'pending' | 'open' | 'sent' | 'cancelled';

/** What is pending has neither prices nor an address yet. */
const standings: Readonly<Record<string, Standing>> = {
  ...{ PENDING: 'pending', PENDING_AVAILABILITY: 'pending', SHIPPED: 'sent', CANCELLED: 'cancelled' },
};

const payments = { pending: 'pending', open: 'good', cancelled: 'good', sent: 'good' } as const;

const sentIn = (reading: JsonReading, items: readonly Fields[], standing: Standing): ChannelOrderState['sent'] => {
  if (standing === 'sent') return 'whole';
  const isSent = (item: Fields): boolean => (reading.number(reading.part(item, 'fulfillment') ?? {}, 'quantityFulfilled') ?? 0) > 0;
  return items.some(isSent) ? 'part' : undefined;
};

const standingOf = (reading: JsonReading, order: Fields): Standing => {
  const status = reading.optionalText(fulfilmentIn(order), 'fulfillmentStatus') ?? '';
  return ownValue(standings, status) ?? 'open';
};

const stateIn = (reading: JsonReading, order: Fields): ChannelOrderState => {
  const standing = standingOf(reading, order);
  const items = reading.list(order, 'orderItems');
  const cancelled = cancelledIn(reading, items);
  const asked = cancelAskedIn(reading, items);
  return {
    externalOrderId: reading.text(order, 'orderId', ''),
    changedAt: reading.time(order, 'lastUpdatedTime', ''),
    order: orderIn(reading, order, standing),
    payment: payments[standing],
    ...present({ sent: sentIn(reading, items, standing) }),
    ...(standing === 'cancelled' ? { cancelled } : {}),
    ...(standing === 'open' && asked ? { cancelAsked: asked } : {}),
  };
};

const executionOf = (reading: JsonReading, item: Fields): Fields | undefined =>
  reading.part(reading.part(item, 'cancellation') ?? {}, 'cancellationExecution');

const cancelledIn = (reading: JsonReading, items: readonly Fields[]): NonNullable<ChannelOrderState['cancelled']> => {
  const first = items.map((item) => executionOf(reading, item)).find((execution) => execution !== undefined) ?? {};
  const by = reading.optionalText(first, 'cancelledBy') === 'BUYER' ? 'customer' : 'channel';
  return { code: 'channel-cancelled', ...present({ detail: reading.optionalText(first, 'cancelReason') }), by };
};

/** A buyer asks Amazon to cancel, and Amazon leaves it to the seller as long as it has not been sent. */
const cancelAskedIn = (reading: JsonReading, items: readonly Fields[]): CancelAsked | undefined => {
  const asked = items.flatMap((item) => {
    const request = reading.part(reading.part(item, 'cancellation') ?? {}, 'cancellationRequest');
    const quantity = leftOf(reading, item);
    return request && !executionOf(reading, item) && quantity > 0 ? [{ item, request, quantity }] : [];
  });
  const [first] = asked;
  if (!first) return undefined;
  return {
    lines: asked.map(({ item, quantity }) => ({ lineId: reading.optionalText(item, 'orderItemId') ?? '', quantity })),
    reason: { code: 'changed-mind', ...present({ detail: reading.optionalText(first.request, 'cancelReason') }), by: 'customer' },
  };
};

const leftOf = (reading: JsonReading, item: Fields): number =>
  reading.number(reading.part(item, 'fulfillment') ?? {}, 'quantityUnfulfilled') ?? 0;

/** What is neither sent nor left to be sent was cancelled. */
const unitsOf = (reading: JsonReading, item: Fields, at: string): UnitsOfItem => {
  const ordered = reading.units(item, 'quantityOrdered', at);
  const fulfilment = reading.part(item, 'fulfillment');
  const sent = reading.number(fulfilment ?? {}, 'quantityFulfilled');
  return { ordered, sold: sent === undefined ? ordered : Math.min(ordered, sent + leftOf(reading, item)) };
};

const orderIn = (reading: JsonReading, order: Fields, standing: Standing): ChannelOrderState['order'] => {
  const money = new AmazonMoney(reading, order);
  const items = reading.list(order, 'orderItems');
  const units = items.map((item, i) => unitsOf(reading, item, `orderItems[${i}].`));
  const amounts = items.map((item, i) => money.ofItem(item, `orderItems[${i}].`));
  const beyond = money.beyondItems(items);
  const total = money.total();
  const isWhole = units.every(({ ordered, sold }) => ordered === sold);
  const lines = items.map((item, i): PlacementLine => {
    const [of, amount] = [units[i] ?? { ordered: 0, sold: 0 }, amounts[i] ?? money.ofItem(item, '')];
    return { ...lineIn(reading, item, `orderItems[${i}].`), quantity: of.sold, ...lineMoney(amount, of) };
  });
  const isPending = standing === 'pending' || standing === 'cancelled';
  // Of what was sent a while ago Amazon tells neither its buyer nor where they live.
  const isBare = isPending || standing === 'sent';
  return {
    ...{ placedAt: reading.time(order, 'createdTime', ''), currency: money.currency },
    taxIncluded: isTaxIncluded(amounts, beyond, total),
    customer: customerIn(reading, order, isBare),
    ...(isPending || (isBare && !addressIn(reading, order)) ? {} : { shipTo: shipToIn(reading, order) }),
    ...{ lines, shipping: { ...deliveryMoney(amounts, beyond), ...promiseIn(reading, order) } },
    payment: { method: isCashOnDelivery(reading, order) ? 'cod' : 'prepaid' },
    ...present({ instructions: wishIn(reading, order), total: isWhole ? total : undefined }),
    raw: order,
  };
};

const lineIn = (reading: JsonReading, item: Fields, at: string): Pick<PlacementLine, 'lineId' | 'sku' | 'description'> => {
  const product = reading.part(item, 'product') ?? {};
  return {
    lineId: reading.text(item, 'orderItemId', at),
    sku: reading.text(product, 'sellerSku', `${at}product.`),
    ...present({ description: reading.optionalText(product, 'title') }),
  };
};

const isCashOnDelivery = (reading: JsonReading, order: Fields): boolean =>
  reading
    .list(reading.part(order, 'payment') ?? {}, 'paymentExecutions')
    .some((paid) => reading.optionalText(paid, 'paymentMethod') === 'CashOnDelivery');

const addressIn = (reading: JsonReading, order: Fields): Fields | undefined =>
  reading.part(reading.part(order, 'recipient') ?? {}, 'deliveryAddress');

const customerIn = (reading: JsonReading, order: Fields, isBare: boolean): Placement['customer'] => {
  const [address, buyer] = [addressIn(reading, order) ?? {}, reading.part(order, 'buyer') ?? {}];
  const name = reading.optionalLine(address, 'name') ?? reading.optionalLine(buyer, 'buyerName');
  if (name === undefined && !isBare)
    reading.note('recipient.deliveryAddress.name', 'is missing, and so is that of the buyer: give the app the role for addresses');
  const [email, phone] = [reading.optionalLine(buyer, 'buyerEmail'), reading.optionalLine(address, 'phone')];
  return { name: name ?? '', ...present({ email, phone }) };
};

const shipToIn = (reading: JsonReading, order: Fields): ShipTo => {
  const address = addressIn(reading, order);
  const at = 'recipient.deliveryAddress.';
  if (!address) reading.note('recipient.deliveryAddress', 'is missing: give the app the role for addresses');
  const of = (name: string): string | undefined => reading.optionalLine(address ?? {}, name);
  const city = of('city') ?? of('municipality') ?? of('districtOrCounty');
  if (address && city === undefined) reading.note(`${at}city`, 'is missing');
  return {
    lines: ['companyName', 'addressLine1', 'addressLine2', 'addressLine3'].flatMap((name) => of(name) ?? []),
    city: city ?? '',
    ...present({ region: of('stateOrRegion'), postalCode: of('postalCode') }),
    country: address ? reading.text(address, 'countryCode', at) : '',
  };
};

const wishIn = (reading: JsonReading, order: Fields): string | undefined =>
  reading.optionalText(reading.part(reading.part(order, 'recipient') ?? {}, 'deliveryPreference') ?? {}, 'addressInstruction');

const promiseIn = (reading: JsonReading, order: Fields) => {
  const fulfilment = fulfilmentIn(order);
  const lastOf = (window: string): string | undefined => reading.optionalText(reading.part(fulfilment, window) ?? {}, 'latestDateTime');
  return present({
    service: reading.optionalText(fulfilment, 'fulfillmentServiceLevel'),
    shipBy: lastOf('shipByWindow'),
    deliverBy: lastOf('deliverByWindow'),
  });
};
