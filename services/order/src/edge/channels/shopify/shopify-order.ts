import { ownValue } from '@cartage/contracts';
import type { ChannelOrderState } from '../../../app/channels/connector';
import type { Placement, PlacementGroup, PlacementLine, PlacementShipping, ShipTo } from '../../../domain/placement';
import { present } from '../../../domain/present';
import { isFields, invalid, JsonReading, type Fields } from '../json-reading';
import { ShopifyMoney } from './shopify-money';
import { sentIn } from './shopify-sent';

/**
 * An order as Shopify's REST Admin API and its `orders/*` webhooks write it (shopify.dev, resource Order): with money sets of two currencies, or in the older shape
 * without. `id` is the order's number in the channel: cancellations and refunds name no other.
 */
export const shopifyOrder = (payload: unknown): ChannelOrderState => {
  if (!isFields(payload)) throw invalid([{ field: 'body', code: 'MESSAGE_INVALID', message: 'must be an order' }]);
  const reading = new JsonReading();
  const state = stateIn(reading, payload);
  reading.refuse();
  return state;
};

const stateIn = (reading: JsonReading, order: Fields): ChannelOrderState => {
  const sold = reading.list(order, 'line_items').map((line, i) => unitsSoldOf(reading, { order, line, at: `line_items[${i}].` }));
  const [cancelled, sent] = [cancelledIn(reading, order), sentIn(order, sold)];
  return {
    externalOrderId: reading.text(order, 'id', ''),
    changedAt: reading.time(order, 'updated_at', ''),
    order: orderIn(reading, order, { sold, isOver: sent === 'whole' || cancelled.cancelled !== undefined }),
    payment: order['test'] === true ? 'void' : paymentIn(reading, order),
    ...present({ sent }),
    ...cancelled,
  };
};

const cancelledIn = (reading: JsonReading, order: Fields): Pick<ChannelOrderState, 'cancelled'> => {
  if (reading.optionalText(order, 'cancelled_at') === undefined) return {};
  const why = reading.optionalText(order, 'cancel_reason');
  const by = why === 'customer' ? 'customer' : 'channel';
  return { cancelled: { code: 'channel-cancelled', ...present({ detail: why }), by } };
};

/** Shopify's `financial_status`; money that the shop holds, or has promised, is the channel's to move. */
const money: Readonly<Record<string, ChannelOrderState['payment']>> = {
  ...{ authorized: 'good', paid: 'good', partially_refunded: 'good' },
  ...{ voided: 'void', refunded: 'void', expired: 'void' },
};

const isCashOnDelivery = (reading: JsonReading, order: Fields): boolean => {
  const names = order['payment_gateway_names'];
  const gateways = [reading.optionalText(order, 'gateway'), ...(Array.isArray(names) ? names : [])];
  return gateways.some((name) => typeof name === 'string' && /\bcash on delivery\b|\bcod\b/i.test(name));
};

const paymentIn = (reading: JsonReading, order: Fields): ChannelOrderState['payment'] => {
  const status = reading.optionalText(order, 'financial_status') ?? 'pending';
  const known = ownValue(money, status);
  return known ?? (isCashOnDelivery(reading, order) ? 'good' : 'pending');
};

interface SoldUnits {
  /** Of each line. */
  readonly sold: readonly number[];
  /** Nothing goes anywhere any more: of a sale over the counter, or to a person who was erased there, nobody knows who it is or where they live. */
  readonly isOver: boolean;
}

const orderIn = (reading: JsonReading, order: Fields, { sold, isOver }: SoldUnits): ChannelOrderState['order'] => {
  const amounts = new ShopifyMoney(reading, order);
  const items = reading.list(order, 'line_items');
  const moneyOf = amounts.ofLines(items, sold);
  const isSent = items.map(({ requires_shipping: ships }) => ships !== false);
  const lines = items.map((line, i): PlacementLine => ({
    ...lineIn(reading, line, `line_items[${i}].`),
    ...{ quantity: sold[i] ?? 0, ...moneyOf[i], unitPrice: moneyOf[i]?.unitPrice ?? 0 },
    ...(isSent.includes(false) ? { shipGroupId: isSent[i] === true ? 'ship' : 'digital' } : {}),
  }));
  return {
    ...{ placedAt: reading.time(order, 'created_at', ''), currency: amounts.currency },
    ...present({ locale: reading.optionalText(order, 'customer_locale') }),
    taxIncluded: order['taxes_included'] === true,
    customer: customerIn(reading, order, isOver),
    ...(isSent.includes(true) && (reading.part(order, 'shipping_address') || !isOver) ? { shipTo: shipToIn(reading, order) } : {}),
    lines,
    ...deliveryIn(deliveryOf(reading, order, amounts), isSent),
    payment: { method: isCashOnDelivery(reading, order) ? 'cod' : 'prepaid' },
    ...present({ instructions: reading.optionalText(order, 'note') }),
    total: amounts.amount(order, totalIn(order, items, sold), ''),
    raw: order,
  };
};

/**
 * Units of a line that a refund took back, by what it says becomes of the goods (shopify.dev, resource Refund): `cancel` and the older `legacy_restock` take units away that
 * were to ship; those of `return` and `no_restock` are with the customer, or come back from there.
 */
const refundedUnits = (reading: JsonReading, order: Fields, { line, kept }: { readonly line: Fields; readonly kept: boolean }): number =>
  reading
    .list(order, 'refunds')
    .flatMap((refund) => reading.list(refund, 'refund_line_items'))
    .filter((each) => reading.optionalText(each, 'line_item_id') === reading.optionalText(line, 'id'))
    .filter(({ restock_type: type }) => kept === (type === 'return' || type === 'no_restock'))
    .reduce((sum, each) => sum + reading.units(each, 'quantity', 'refunds.refund_line_items.'), 0);

/** Shopify counts what was given back out of `current_quantity`, wherever the goods are: what was sent and comes back is sold all the same. */
const unitsSoldOf = (
  reading: JsonReading,
  { order, line, at }: { readonly order: Fields; readonly line: Fields; readonly at: string },
): number => {
  const ordered = reading.units(line, 'quantity', at);
  if (line['current_quantity'] === undefined) return Math.max(0, ordered - refundedUnits(reading, order, { line, kept: false }));
  const now = reading.units(line, 'current_quantity', at);
  return Math.min(Math.max(ordered, now), now + refundedUnits(reading, order, { line, kept: true }));
};

/** What the customer was asked for, of all that was ordered; or, where some of it was taken away, as it is now. */
const totalIn = (order: Fields, items: readonly Fields[], sold: readonly number[]): string =>
  order['current_total_price'] === undefined || items.every(({ quantity }, i) => quantity === sold[i])
    ? 'total_price'
    : 'current_total_price';

/** Apps write lists and truths, too; what was left out says nothing. */
const writtenAs = (reading: JsonReading, property: Fields): string | undefined => {
  const { value } = property;
  return typeof value === 'string' || value === null ? reading.optionalText(property, 'value') : JSON.stringify(value);
};

const lineIn = (reading: JsonReading, line: Fields, at: string): Pick<PlacementLine, 'lineId' | 'sku' | 'description' | 'attributes'> => {
  const sku = reading.optionalText(line, 'sku');
  if (sku === undefined) reading.note(`${at}sku`, 'is missing: give the variant a SKU at the channel');
  const properties = reading.list(line, 'properties').flatMap((each) => {
    const [name, value] = [reading.optionalLine(each, 'name'), writtenAs(reading, each)];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...{ lineId: reading.text(line, 'id', at), sku: sku ?? '' },
    ...present({ description: reading.optionalText(line, 'name') ?? reading.optionalText(line, 'title') }),
    ...(properties.length > 0 ? { attributes: Object.fromEntries(properties) } : {}),
  };
};

const nameIn = (reading: JsonReading, from: Fields): string | undefined => {
  const whole = ['first_name', 'last_name'].flatMap((name) => reading.optionalLine(from, name) ?? []).join(' ');
  return reading.optionalLine(from, 'name') ?? (whole === '' ? undefined : whole);
};

const customerIn = (reading: JsonReading, order: Fields, isOver: boolean): Placement['customer'] => {
  const [buyer, ...addresses] = ['customer', 'shipping_address', 'billing_address'].map((part) => reading.part(order, part) ?? {});
  const name = [...addresses, buyer ?? {}].flatMap((from) => nameIn(reading, from) ?? []).at(0);
  if (name === undefined && !isOver)
    reading.note('shipping_address.name', 'is missing, and so are those of the billing address and the customer');
  const first = (field: string): string | undefined =>
    [order, ...addresses, buyer ?? {}].flatMap((from) => reading.optionalLine(from, field) ?? []).at(0);
  return {
    ...present({ id: reading.optionalText(buyer ?? {}, 'id') }),
    name: name ?? '',
    ...present({ email: first('email') ?? reading.optionalText(order, 'contact_email'), phone: first('phone') }),
  };
};

const shipToIn = (reading: JsonReading, order: Fields): ShipTo => {
  const address = reading.part(order, 'shipping_address');
  if (!address) reading.note('shipping_address', 'is missing');
  const from = address ?? {};
  const at = 'shipping_address.';
  const optional = (name: string): string | undefined => reading.optionalLine(from, name);
  return {
    lines: ['company', 'address1', 'address2'].flatMap((name) => optional(name) ?? []),
    city: address ? (optional('city') ?? reading.text(from, 'city', at)) : '',
    ...present({ region: optional('province_code') ?? optional('province'), postalCode: optional('zip') }),
    country: address ? reading.text(from, 'country_code', at) : '',
    ...present({ latitude: reading.number(from, 'latitude'), longitude: reading.number(from, 'longitude') }),
  };
};

const deliveryOf = (reading: JsonReading, order: Fields, amounts: ShopifyMoney): PlacementShipping => {
  const lines = reading.list(order, 'shipping_lines').filter(({ is_removed: isRemoved }) => isRemoved !== true);
  const charges = lines.map((line, i) => {
    const at = `shipping_lines[${i}].`;
    const off = amounts.discounts(line, at).reduce((sum, { amount }) => sum + amount, 0);
    return { amount: amounts.amount(line, 'price', at) - off, taxLines: amounts.taxLines(line, at) };
  });
  const service = lines[0] && (reading.optionalLine(lines[0], 'code') ?? reading.optionalLine(lines[0], 'title'));
  return {
    amount: charges.reduce((sum, { amount }) => sum + amount, 0),
    taxLines: charges.flatMap(({ taxLines }) => taxLines),
    ...present({ service }),
  };
};

/** What needs no parcel is a ship group of its own. */
const deliveryIn = (shipping: PlacementShipping, isSent: readonly boolean[]): Pick<Placement, 'shipping' | 'shipGroups'> => {
  if (!isSent.includes(false)) return { shipping };
  const digital: PlacementGroup = { shipGroupId: 'digital', method: 'digital' };
  return { shipGroups: isSent.includes(true) ? [{ shipGroupId: 'ship', shipping }, digital] : [digital] };
};
