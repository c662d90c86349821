import { Topics, type FulfillmentEvent, type InventoryEvent, type OrderEvent, type ShippingEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { DataOf } from '@cartage/eventsourcing';
import type { Interventions } from '../app/interventions';
import type { Labels } from '../app/labels';
import type { LocationRegister, OrderChange } from '../app/registers';
import { knownLine, type Shipments } from '../app/shipments';
import type { Tracking } from '../app/tracking';

/** The goods are here, so it is decided here whether they can still stay. */
export const fulfillmentListener = (shipments: Shipments, interventions: Interventions): Listener<FulfillmentEvent> => ({
  group: 'shipping.fulfillment',
  topic: Topics.fulfillment,
  on: {
    FulfillmentRejectionRequested: (request, meta) => shipments.cancel(request, meta),
    FulfillmentCancellationRequested: (request, meta) => shipments.cancel(request, meta),
    FulfillmentHeld: (hold, meta) => interventions.holdFulfillment(hold, meta),
    FulfillmentReleased: (release, meta) => interventions.releaseFulfillment(release, meta),
  },
});

export const inventoryListener = (shipments: Shipments, locations: LocationRegister): Listener<InventoryEvent> => ({
  group: 'shipping.inventory',
  topic: Topics.inventory,
  on: {
    StockAllocated: (allocated, meta) => shipments.plan(allocated, meta),
    LocationChanged: ({ location, name, country, postalCode, latitude, longitude, revision }) =>
      locations.record({ location, name, country, latitude, longitude, ...(postalCode === undefined ? {} : { postalCode }) }, revision),
  },
});

export const orderListener = (shipments: Shipments, interventions: Interventions): Listener<OrderEvent> => ({
  group: 'shipping.order',
  topic: Topics.order,
  on: {
    OrderPlaced: (order) => shipments.learn(order),
    OrderCancelled: (order, meta) => shipments.cancelOrder(order, meta),
    HoldApplied: (hold, meta) => interventions.holdOrder(hold, meta),
    HoldReleased: (release, meta) => interventions.releaseOrder(release, meta),
    OrderEdited: (edit, _, { id, sequence }) => interventions.change({ ...editOf(edit), eventId: id, sequence }),
    DestinationChanged: (changed, meta, { id, sequence }) =>
      interventions.readdress({ ...destinationOf(changed), eventId: id, sequence }, changed, meta),
  },
});

const editOf = ({ orderId, lines, shipGroups }: DataOf<OrderEvent, 'OrderEdited'>): Omit<OrderChange, 'eventId' | 'sequence'> => ({
  orderId,
  lines: lines.map(({ lineId, after }) => ({ lineId, ...(after ? { after: knownLine(after) } : {}) })),
  shipGroups: shipGroups.map(({ shipGroupId, after }) => {
    if (!after) return { shipGroupId };
    const { charge: _charge, taxLines: _taxes, ...group } = after;
    return { shipGroupId, after: group };
  }),
});

const destinationOf = ({ orderId, shipGroupId, destination, personal }: DataOf<OrderEvent, 'DestinationChanged'>) => ({
  orderId,
  shipGroups: [{ shipGroupId, after: { personal, ...(destination ? { destination } : {}) } }],
});

/** Buys the label of whatever was packed. It costs money at the carrier, so never on a replay. */
export const labelListener = (labels: Labels): Listener<ShippingEvent> => ({
  group: 'shipping.labels',
  topic: Topics.shipping,
  on: { ShipmentPacked: ({ shipmentId }, meta) => labels.buy(shipmentId, meta) },
});

/** Makes tracking numbers findable, and records the scans that were waiting for theirs. */
export const trackingListener = (tracking: Tracking): Listener<ShippingEvent> => ({
  group: 'shipping.tracking',
  topic: Topics.shipping,
  on: { LabelPurchased: (label, meta) => tracking.begin(label, meta) },
  replays: true,
});
