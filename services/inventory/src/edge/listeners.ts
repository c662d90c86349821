import {
  Topics,
  type FulfillmentEvent,
  type LineQuantity,
  type OrderEvent,
  type ReturnEvent,
  type ShippingEvent,
} from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { AnyListener, Listener } from '@cartage/messaging';
import type { Reservations } from '../app/reservations';

type EditedLine = DataOf<OrderEvent, 'OrderEdited'>['lines'][number];

const taken = ({ quantity, ...line }: LineQuantity): LineQuantity => ({ ...line, quantity: -quantity });

/** What an edit changes of a line's units; prices and places are no business of the stock. */
const changesOf = ({ lineId, before, after }: EditedLine): readonly LineQuantity[] => {
  const sku = (after ?? before)?.sku;
  const quantity = unitsOf(after) - unitsOf(before);
  return sku === undefined || quantity === 0 ? [] : [{ lineId, sku, quantity }];
};

const unitsOf = (line: EditedLine['after']): number => line?.quantity ?? 0;

const orders = (reservations: Reservations): Listener<OrderEvent> => ({
  group: 'inventory.order',
  topic: Topics.order,
  on: {
    OrderPlaced: ({ orderId, channel, lines, reservationId: cart }, meta) =>
      reservations.reserve({ orderId, channel, lines, ...(cart === undefined ? {} : { cart }) }, meta),
    OrderEdited: ({ orderId, lines, reason }, meta) => reservations.change({ orderId, lines: lines.flatMap(changesOf), reason }, meta),
    LineCancelled: ({ orderId, lines, reason }, meta) => reservations.change({ orderId, lines: lines.map(taken), reason }, meta),
    ShortageResolved: async ({ orderId, lineId, choice }, meta) => {
      if (choice === 'split') await reservations.split({ orderId, lineId }, meta);
    },
    OrderCancelled: ({ orderId, reason }, meta) => reservations.end({ orderId, reason }, meta),
  },
});

const fulfillments = (reservations: Reservations): Listener<FulfillmentEvent> => ({
  group: 'inventory.fulfillment',
  topic: Topics.fulfillment,
  on: {
    FulfillmentBrokered: ({ orderId, fulfillmentId, location, lines }, meta) =>
      reservations.allocate({ orderId, fulfillmentId, location, lines }, meta),
    FulfillmentRejected: ({ orderId, fulfillmentId, reason }, meta) =>
      reservations.releaseAllocation({ orderId, fulfillmentId, reason }, meta),
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

export const listenersOf = (reservations: Reservations): readonly AnyListener[] => [
  orders(reservations),
  fulfillments(reservations),
  shipments(reservations),
  returned(reservations),
];
