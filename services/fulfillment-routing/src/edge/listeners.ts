import { Topics, type InventoryEvent, type OrderEvent, type ShippingEvent, type StockLevel } from '@cartage/contracts';
import type { AnyListener, Listener } from '@cartage/messaging';
import type { DataOf, Meta } from '@cartage/eventsourcing';
import type { DemandTable } from '../app/expected-demand';
import type { FulfillmentDesk } from '../app/fulfillment-desk';
import type { Network } from '../app/network';
import type { PickupDesk } from '../app/pickup-desk';
import type { Routing } from '../app/routing';
import type { ShipGroupChange } from '../domain/commands';

const orders = (routing: Routing): Listener<OrderEvent> => ({
  group: 'fulfillment.order',
  topic: Topics.order,
  on: {
    OrderConfirmed: (order, meta) => routing.broker(order, meta),
    CancellationRequested: (request, meta) => routing.cancellationRequested(request, meta),
    HoldApplied: (hold, meta) => routing.holdApplied(hold, meta),
    HoldReleased: (release, meta) => routing.holdReleased(release, meta),
    OrderEdited: ({ orderId, shipGroups }, meta) => routing.shipGroupsChanged({ orderId, shipGroups: changedGroups(shipGroups) }, meta),
    DestinationChanged: ({ orderId, shipGroupId, destination }, meta) =>
      routing.shipGroupsChanged({ orderId, shipGroups: [{ shipGroupId, ...(destination ? { destination } : {}) }] }, meta),
    OrderCancelled: (cancellation, meta) => routing.orderCancelled(cancellation, meta),
  },
});

/** Prices of delivery are no business of routing. */
const changedGroups = (groups: DataOf<OrderEvent, 'OrderEdited'>['shipGroups']): readonly ShipGroupChange[] =>
  groups.flatMap(({ after }) => {
    if (!after) return [];
    const { charge: _charge, taxLines: _taxes, ...group } = after;
    return [group];
  });

/** Levels are learnt before a refused allocation is brokered again, so that the new decision sees them. */
const inventory = (routing: Routing, { network, demand }: Pick<Hearing, 'network' | 'demand'>): Listener<InventoryEvent> => {
  const learn = async ({ levels }: { readonly levels: readonly StockLevel[] }, meta: Meta): Promise<void> =>
    routing.stockArrived(await network.learnLevels(levels), meta);
  return {
    group: 'fulfillment.inventory',
    topic: Topics.inventory,
    on: {
      LocationChanged: async (location, meta) => {
        await network.learnLocation(location);
        await routing.stockArrived(await network.arrivalsAt(location.location), meta);
      },
      ItemChanged: (item) => network.learnItem(item),
      DemandExpected: (said) => demand.learn(said),
      StockReceived: learn,
      StockAdjusted: learn,
      StockTransferred: learn,
      StockDisposed: learn,
      SafetyStockChanged: learn,
      AllocationReleased: async (released, meta) => {
        await learn(released, meta);
        // It lost some of what it was to ship: whoever holds the goods says whether they have left.
        if (released.reason.code === 'stock-lost') await routing.stockLost(released, meta);
        else await routing.unitsReleased(released, { ...meta, commandId: `${meta.commandId}.released` });
      },
      StockReserved: async ({ orderId, waited }, meta) => {
        if (waited) await routing.waitingReserved(orderId, meta);
      },
      StockIssued: learn,
      StockRestocked: learn,
      StockAllocated: learn,
      AllocationRefused: async (refusal, meta) => {
        await learn(refusal, meta);
        await routing.allocationRefused(refusal, meta);
      },
    },
  };
};

/** Shipping holds the goods: it answers whether a fulfilment can still come to nothing. */
const shipping = (routing: Routing, desk: FulfillmentDesk, pickups: PickupDesk): Listener<ShippingEvent> => ({
  group: 'fulfillment.shipping',
  topic: Topics.shipping,
  on: {
    ShipmentPicked: async (picked, meta) => {
      if (picked.short.length > 0) await routing.pickedShort(picked, meta);
      // Whoever picks it has taken it.
      if (picked.lines.length > 0) await desk.packed(picked, { ...meta, commandId: `${meta.commandId}.accepted` });
    },
    ShipmentPacked: async (packed, meta) => {
      await Promise.all([desk.packed(packed, { ...meta, commandId: `${meta.commandId}.accepted` }), pickups.packed(packed, meta)]);
    },
    ArrivedAtStore: (arrival, meta) => pickups.arrived(arrival, meta),
    // Of whoever takes some of its lines so far, the rest is still waited for.
    ShipmentAccepted: async ({ lines, ...accepted }, meta) => {
      if (!lines) await desk.acceptedThere(accepted, meta);
    },
    ShipmentRejected: (rejected, meta) => desk.rejectedThere(rejected, meta),
    ShipmentCancelled: (cancellation, meta) => routing.shipmentCancelled(cancellation, meta),
    CancellationRefused: (refusal, meta) => routing.cancellationRefused(refusal, meta),
  },
});

export interface Hearing {
  readonly routing: Routing;
  readonly desk: FulfillmentDesk;
  readonly pickups: PickupDesk;
  readonly network: Network;
  readonly demand: Pick<DemandTable, 'learn'>;
}

export const listenersOf = ({ routing, desk, pickups, ...known }: Hearing): readonly AnyListener[] => [
  orders(routing),
  inventory(routing, known),
  shipping(routing, desk, pickups),
];
