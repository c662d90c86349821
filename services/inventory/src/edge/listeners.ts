import {
  Topics,
  type FulfillmentEvent,
  type LineQuantity,
  type OrderEvent,
  type ReturnEvent,
  type ShippingEvent,
} from '@cartage/contracts';
import type { DataOf, Meta } from '@cartage/eventsourcing';
import type { AnyListener, Listener } from '@cartage/messaging';
import type { Reservations } from '../app/reservations';
import type { Stocks } from '../app/stock';

type EditedLine = DataOf<OrderEvent, 'OrderEdited'>['lines'][number];

const taken = ({ quantity, ...line }: LineQuantity): LineQuantity => ({ ...line, quantity: -quantity });

/** What an edit changes of a line's units; prices and places are no business of the stock. */
const changesOf = ({ lineId, before, after }: EditedLine): readonly LineQuantity[] => {
  const sku = (after ?? before)?.sku;
  const quantity = unitsOf(after) - unitsOf(before);
  return sku === undefined || quantity === 0 ? [] : [{ lineId, sku, quantity }];
};

const unitsOf = (line: EditedLine['after']): number => line?.quantity ?? 0;

/** What can be asked of the catalogue. */
export interface CountedItems {
  /** Of these SKUs, those whose units are counted though they are delivered digitally. */
  counted(skus: readonly string[]): Promise<ReadonlySet<string>>;
}

type Placed = DataOf<OrderEvent, 'OrderPlaced'>;

/** Of what is delivered digitally nothing stands on shelves, unless its item says that it is counted: such as licence keys. */
const demanded = async ({ lines, shipGroups }: Placed, items: CountedItems): Promise<readonly LineQuantity[]> => {
  const groups = new Set(shipGroups.flatMap(({ method, shipGroupId }) => (method === 'digital' ? [shipGroupId] : [])));
  const digital = groups.size === 0 ? [] : lines.filter(({ shipGroupId }) => groups.has(shipGroupId));
  if (digital.length === 0) return lines;
  const counted = await items.counted(digital.map(({ sku }) => sku));
  const uncounted = new Set(digital.filter(({ sku }) => !counted.has(sku)));
  return lines.map((line) => (uncounted.has(line) ? { ...line, parts: [] } : line));
};

const orders = (reservations: Reservations, items: CountedItems): Listener<OrderEvent> => ({
  group: 'inventory.order',
  topic: Topics.order,
  on: {
    OrderPlaced: async (order, meta) => {
      const { orderId, channel, reservationId: cart } = order;
      const lines = await demanded(order, items);
      await reservations.reserve({ orderId, channel, lines, ...(cart === undefined ? {} : { cart }) }, meta);
    },
    HandoverRequested: ({ orderId, handoverId, location, lines }, meta) =>
      reservations.handOver({ orderId, handoverId, lines, ...(location === undefined ? {} : { location }) }, meta),
    OrderEdited: ({ orderId, lines, reason }, meta) => reservations.change({ orderId, lines: lines.flatMap(changesOf), reason }, meta),
    LineCancelled: ({ orderId, lines, reason }, meta) => reservations.change({ orderId, lines: lines.map(taken), reason }, meta),
    ShortageResolved: async ({ orderId, lineId, choice }, meta) => {
      if (choice === 'split') await reservations.split({ orderId, lineId }, meta);
    },
    OrderCancelled: ({ orderId, reason }, meta) => reservations.end({ orderId, reason }, meta),
  },
});

/** Its claim is a claim on the network again first: then what is not there is lost, and whoever ordered last loses it. */
const rejected =
  (reservations: Reservations, stocks: Pick<Stocks, 'writeOff'>) =>
  async (
    { orderId, fulfillmentId, location, reason, stockEffect, ...data }: DataOf<FulfillmentEvent, 'FulfillmentRejected'>,
    meta: Meta,
  ) => {
    await reservations.releaseAllocation({ orderId, fulfillmentId, reason }, meta);
    if (stockEffect !== 'minus' && stockEffect !== 'zero') return;
    const lost = { location, lines: data.apart?.lines ?? data.lines, stockEffect, reason, fulfillmentId } as const;
    await stocks.writeOff(lost, { ...meta, commandId: `written-off:${fulfillmentId}` });
  };

const fulfillments = (reservations: Reservations, stocks: Pick<Stocks, 'writeOff'>): Listener<FulfillmentEvent> => ({
  group: 'inventory.fulfillment',
  topic: Topics.fulfillment,
  on: {
    FulfillmentBrokered: ({ orderId, fulfillmentId, location, lines }, meta) =>
      reservations.allocate({ orderId, fulfillmentId, location, lines }, meta),
    FulfillmentRejected: rejected(reservations, stocks),
    FulfillmentCancelled: async ({ orderId, fulfillmentId, reason }, meta) => {
      if (fulfillmentId !== undefined) await reservations.releaseAllocation({ orderId, fulfillmentId, reason }, meta);
    },
  },
});

const shipments = (reservations: Reservations): Listener<ShippingEvent> => ({
  group: 'inventory.shipping',
  topic: Topics.shipping,
  on: {
    ShipmentDispatched: ({ orderId, fulfillmentId, shipmentId, lines }, meta) =>
      reservations.issue({ orderId, fulfillmentId, shipmentId, lines }, meta),
  },
});

const returned = (reservations: Reservations): Listener<ReturnEvent> => ({
  group: 'inventory.returns',
  topic: Topics.returns,
  on: {
    ItemGraded: ({ orderId, returnId, gradingId, lineId, sku, quantity, location, disposition }, meta) =>
      reservations.restock(
        { orderId, returnId, ...(lineId === undefined ? {} : { lineId }), sku, quantity, location, disposition, gradingId },
        meta,
      ),
  },
});

export interface ListenerNeeds {
  readonly stocks: Pick<Stocks, 'writeOff'>;
  readonly items: CountedItems;
}

export const listenersOf = (reservations: Reservations, { stocks, items }: ListenerNeeds): readonly AnyListener[] => [
  orders(reservations, items),
  fulfillments(reservations, stocks),
  shipments(reservations),
  returned(reservations),
];
