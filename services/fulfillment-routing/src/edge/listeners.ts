import { Topics, type InventoryEvent, type OrderEvent, type ShippingEvent, type StockLevel } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import type { AnyListener, Listener } from '@cartage/messaging';
import type { Network } from '../app/network';
import type { Routing } from '../app/routing';

const orders = (routing: Routing): Listener<OrderEvent> => ({
  group: 'fulfillment.order',
  topic: Topics.order,
  on: {
    OrderConfirmed: ({ orderId, lines, destination, personal, priority }, meta) =>
      routing.broker({ orderId, lines, destination, personal, priority }, meta),
    OrderCancelled: ({ orderId, reason, cancelledAt }, meta) =>
      routing.cancelled({ orderId, reason: `cancelled: ${reason}`, at: cancelledAt }, meta),
  },
});

/** Levels are learnt before a refused allocation is brokered again, so that the new decision sees them. */
const inventory = (routing: Routing, network: Network): Listener<InventoryEvent> => {
  const learn = ({ levels }: { readonly levels: readonly StockLevel[] }): Promise<void> => network.learnLevels(levels);
  return {
    group: 'fulfillment.inventory',
    topic: Topics.inventory,
    on: {
      LocationChanged: (location) => network.learnLocation(location),
      StockReceived: learn,
      StockAdjusted: learn,
      SafetyStockChanged: learn,
      StockReleased: learn,
      AllocationReleased: learn,
      StockIssued: learn,
      StockRestocked: learn,
      StockAllocated: (data, meta: Meta) => Promise.all([learn(data), routing.allocated(data, meta)]),
      AllocationRefused: async (data, meta) => {
        await learn(data);
        await routing.allocationRefused(data, meta);
      },
    },
  };
};

const shipping = (routing: Routing): Listener<ShippingEvent> => ({
  group: 'fulfillment.shipping',
  topic: Topics.shipping,
  on: { ShipmentDispatched: (data, meta) => routing.dispatched(data, meta) },
});

export const listenersOf = (routing: Routing, network: Network): readonly AnyListener[] => [
  orders(routing),
  inventory(routing, network),
  shipping(routing),
];
