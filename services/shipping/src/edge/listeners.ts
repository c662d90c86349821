import { Topics, type FulfillmentEvent, type InventoryEvent, type OrderEvent, type ShippingEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { Labels } from '../app/labels';
import type { LocationRegister } from '../app/registers';
import type { Shipments } from '../app/shipments';
import type { Tracking } from '../app/tracking';

/** The goods are here, so it is decided here whether they can still stay. */
export const fulfillmentListener = (shipments: Shipments): Listener<FulfillmentEvent> => ({
  group: 'shipping.fulfillment',
  topic: Topics.fulfillment,
  on: {
    FulfillmentRejectionRequested: (request, meta) => shipments.cancel(request, meta),
    FulfillmentCancellationRequested: (request, meta) => shipments.cancel(request, meta),
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

export const orderListener = (shipments: Shipments): Listener<OrderEvent> => ({
  group: 'shipping.order',
  topic: Topics.order,
  on: {
    OrderPlaced: (order) => shipments.learn(order),
    OrderCancelled: (order, meta) => shipments.cancelOrder(order, meta),
  },
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
