import type { StoredEvent } from '@cartage/eventsourcing';
import { patch, put, type Change, type Row, type View } from '@cartage/views';
import type { EventData, OrderEvent } from '../../domain/events';
import { allMovements, type Movement } from '../../domain/facts';
import { lineStatus } from '../../domain/lines';
import { order as fold } from '../../domain/order';
import { sumOf } from '../../domain/pricing';
import type { Order, PlacedData, PlacedOrder, Sold } from '../../domain/state';

/** The location that ships each line, the newest of several. Of all lines at once, because an order may have ten thousand. */
const locationsOf = ({ fulfillments }: PlacedOrder): ReadonlyMap<string, string> =>
  new Map(
    [...fulfillments.values()]
      .filter(({ status }) => status === 'allocated')
      .flatMap(({ location, lines }) => lines.map(({ lineId }) => [lineId, location] as const)),
  );

/** Where these lines stand now. */
const standing = (order: Order, lineIds: Iterable<string>): readonly Change[] => {
  if (!order) return [];
  const locations = locationsOf(order);
  return [...lineIds].flatMap((lineId) => {
    const line = order.progress.get(lineId);
    if (!line) return [];
    const { reserved: _r, confirmed: _c, ...counts } = line;
    const key = { order_id: order.placed.orderId, line_id: lineId };
    return [patch(key, { ...counts, status: lineStatus(line), location: locations.get(lineId) ?? null })];
  });
};

/** The lines that a movement names, and those of its fulfilment that it may no longer name: packed again without them. */
const moved = ({ data }: StoredEvent<Movement>, state: () => Order): readonly Change[] => {
  const order = state();
  const before = 'fulfillmentId' in data ? order?.fulfillments.get(data.fulfillmentId)?.lines : undefined;
  const short = 'short' in data ? data.short : [];
  return standing(
    order,
    new Set([...data.lines, ...short, ...(before ?? [])].flatMap(({ lineId }) => (lineId === undefined ? [] : [lineId]))),
  );
};

/** The first line of each SKU, so that a search by SKU meets every order once. */
const isFirstOfSku = (lines: Sold['lines'], at: number): boolean => lines.findIndex(({ sku }) => sku === lines[at]?.sku) === at;

const firstOfSku = (lines: Sold['lines']): readonly boolean[] => {
  const seen = new Set<string>();
  return lines.map(({ sku }) => !seen.has(sku) && seen.add(sku).size > 0);
};

/** What of a line an edit may change. */
const soldAs = (line: Sold['lines'][number]): Row => ({
  sku: line.sku,
  ship_group_id: line.shipGroupId,
  description: line.description ?? null,
  unit_price: line.unitPrice,
  discount_amount: sumOf(line.discounts),
  tax_amount: sumOf(line.taxLines),
  total_amount: line.total,
  final_sale: line.finalSale ?? false,
  attributes: line.attributes ?? null,
  instructions: line.instructions ?? null,
  quantity: line.quantity,
});

const notYet: Row = { status: 'placed', location: null, cancelled: 0, allocated: 0, packed: 0, shipped: 0, delivered: 0, returned: 0 };

/** Of a line that is gone. */
const nothing: Row = { quantity: 0, discount_amount: 0, tax_amount: 0, total_amount: 0, first_of_sku: false };

type Place = Pick<PlacedData, 'orderId' | 'placedAt' | 'currency'> & { readonly number: number; readonly first: boolean };

const begun = (line: Sold['lines'][number], { orderId, placedAt, currency, number, first }: Place): Change =>
  put({
    ...{ order_id: orderId, line_id: line.lineId, line_number: number, first_of_sku: first, placed_at: placedAt, currency },
    ...soldAs(line),
    ...notYet,
  });

/** The lines of an order as it begins. */
const rowsOf = (placed: PlacedData): readonly Change[] => {
  const first = firstOfSku(placed.lines);
  return placed.lines.map((line, i) => begun(line, { ...placed, number: i + 1, first: first[i] ?? false }));
};

/** Lines that are new are begun, the others are as they are sold now; of those that are gone nothing is wanted. */
const edited = ({ placed, sold, progress }: PlacedOrder, changes: EventData<'OrderEdited'>['lines']): readonly Change[] =>
  changes.flatMap(({ lineId, before, after }): readonly Change[] => {
    if (!after) return [patch({ order_id: placed.orderId, line_id: lineId }, { ...nothing, status: 'cancelled' })];
    if (before) {
      const line = progress.get(lineId);
      return [patch({ order_id: placed.orderId, line_id: lineId }, { ...soldAs(after), ...(line ? { status: lineStatus(line) } : {}) })];
    }
    const at = sold.lines.findIndex((line) => line.lineId === lineId);
    return [begun(after, { ...placed, number: placed.lines.length + at + 1, first: isFirstOfSku(sold.lines, at) })];
  });

export const orderLine: View<OrderEvent, Order> = {
  name: 'order_line',
  about: 'One row for each line of each order: what was sold at which price, and how many units came how far.',
  revision: 5,
  key: ['order_id', 'line_id'],
  columns: {
    order_id: { type: 'uuid not null', about: 'The order.' },
    line_id: { type: 'text not null', about: 'Unique in the order.' },
    line_number: { type: 'integer not null', about: 'Place in the order, from 1.' },
    sku: { type: 'text not null', about: 'What was ordered.' },
    ship_group_id: { type: 'text not null', about: 'The lines of one ship group go to one place in one way.' },
    first_of_sku: { type: 'boolean not null', about: 'True on the first line of this SKU in the order: counts orders, not lines.' },
    placed_at: { type: 'timestamptz not null', about: 'When the order was placed.' },
    description: { type: 'text', about: 'As sold.' },
    currency: { type: 'text not null', about: 'ISO 4217 code of the amounts.' },
    unit_price: { type: 'bigint not null', about: 'Of one unit, minor units.' },
    discount_amount: { type: 'bigint not null', about: 'Off the whole line: sum of its discounts, minor units.' },
    tax_amount: {
      type: 'bigint not null',
      about: 'Of the whole line: sum of its taxes, minor units; in the price where the order says tax_included.',
    },
    total_amount: { type: 'bigint not null', about: 'What the customer pays for the line, minor units.' },
    final_sale: { type: 'boolean not null', about: 'Sold without the right of return.' },
    attributes: { type: 'jsonb', about: 'Customisation: names and values.' },
    instructions: { type: 'text', about: 'For whoever packs it.' },
    status: {
      type: 'text not null',
      about: 'How far the whole line came: placed, allocated, packed, shipped, delivered, returned, cancelled.',
    },
    location: { type: 'text', about: 'The location that ships it, the newest of several; null until one does.' },
    quantity: { type: 'bigint not null', about: 'Units ordered.' },
    cancelled: { type: 'bigint not null', about: 'Units of these that will not ship.' },
    allocated: { type: 'bigint not null', about: 'Units claimed at a location.' },
    packed: { type: 'bigint not null', about: 'Units packed.' },
    shipped: { type: 'bigint not null', about: 'Units handed over to a carrier.' },
    delivered: { type: 'bigint not null', about: 'Units delivered.' },
    returned: { type: 'bigint not null', about: 'Units that came back.' },
  },
  indexes: [
    '(sku, placed_at desc, order_id desc) where first_of_sku',
    '(location, placed_at desc, order_id desc) where location is not null',
  ],
  fold,
  on: {
    ...Object.fromEntries(allMovements.map((type) => [type, moved])),
    OrderPlaced: ({ data }) => rowsOf(data),
    OrderImported: ({ data }, state) => [
      ...rowsOf(data),
      ...standing(
        state(),
        data.lines.map(({ lineId }) => lineId),
      ),
    ],
    OrderEdited: ({ data: { lines } }, state) => {
      const order = state();
      return order ? edited(order, lines) : [];
    },
    GoodsHandedOver: ({ data: { lines } }, state) =>
      standing(
        state(),
        lines.map(({ lineId }) => lineId),
      ),
    LineCancelled: ({ data: { lines } }, state) =>
      standing(
        state(),
        lines.map(({ lineId }) => lineId),
      ),
  },
};
