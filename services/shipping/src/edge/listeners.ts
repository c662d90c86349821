import {
  Topics,
  type FulfillmentEvent,
  type InventoryEvent,
  type OrderEvent,
  type PaymentEvent,
  type ShippingEvent,
} from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { DataOf } from '@cartage/eventsourcing';
import type { Origin } from '../app/carrier';
import type { Claims } from '../app/claims';
import type { Instructions } from '../app/instructions';
import type { Interventions } from '../app/interventions';
import type { Labels } from '../app/labels';
import type { TellLabel } from '../app/partners/messages-due';
import type { PartnerNotices } from '../app/partners/partner-notices';
import type { Polling } from '../app/polling';
import type { KnownItem, OrderChange, Registers } from '../app/registers';
import { knownLine, type Shipments } from '../app/shipments';
import type { SupplierOrders } from '../app/supplier-orders/supplier-orders';
import type { Tracking } from '../app/tracking';

/** The goods are here, so it is decided here whether they can still stay. */
export const fulfillmentListener = (shipments: Shipments, interventions: Interventions): Listener<FulfillmentEvent> => ({
  group: 'shipping.fulfillment',
  topic: Topics.fulfillment,
  on: {
    FulfillmentRejectionRequested: (request, meta) => shipments.cancel(request, meta),
    FulfillmentCancellationRequested: (request, meta) => shipments.cancel(request, meta),
    HandedOver: (handover, meta) => shipments.handOver(handover, meta),
    PickupExpired: (expiry, meta) => shipments.notFetched(expiry, meta),
    FulfillmentHeld: (hold, meta) => interventions.holdFulfillment(hold, meta),
    FulfillmentReleased: (release, meta) => interventions.releaseFulfillment(release, meta),
  },
});

export const inventoryListener = (
  shipments: Shipments,
  { locations, items }: Pick<Registers, 'locations' | 'items'>,
  partners: Pick<PartnerNotices, 'planned'>,
): Listener<InventoryEvent> => ({
  group: 'shipping.inventory',
  topic: Topics.inventory,
  on: {
    StockAllocated: async (allocated, meta) => {
      const { state } = await shipments.plan(allocated, meta);
      // Whoever fulfils it may have spoken of it before we knew it.
      if ('plan' in state && state.plan?.partner !== undefined) await partners.planned(state.plan.restOf ?? state.plan.shipmentId, meta);
    },
    ItemChanged: ({ revision, ...changed }) => items.record(itemOf(changed), revision),
    LocationChanged: ({ revision, ...changed }) => locations.record(originOf(changed), revision),
  },
});

const itemOf = ({
  sku,
  title,
  weightGrams,
  dimensions,
  fragile,
  ownPacking,
  hazardCode,
  customs,
  barcodes,
}: Omit<DataOf<InventoryEvent, 'ItemChanged'>, 'revision'>): KnownItem => ({
  ...{ sku, title },
  ...(weightGrams === undefined ? {} : { weightGrams }),
  ...(dimensions ? { dimensions } : {}),
  ...(fragile === undefined ? {} : { fragile }),
  ...(ownPacking === undefined ? {} : { ownPacking }),
  ...(hazardCode === undefined ? {} : { hazardCode }),
  ...(customs ? { customs } : {}),
  ...(barcodes ? { barcodes } : {}),
});

const originOf = ({
  location,
  name,
  country,
  latitude,
  longitude,
  postalCode,
  timeZone,
}: Omit<DataOf<InventoryEvent, 'LocationChanged'>, 'revision'>): Origin => ({
  ...{ location, name, country, latitude, longitude },
  ...(postalCode === undefined ? {} : { postalCode }),
  ...(timeZone === undefined ? {} : { timeZone }),
});

export const orderListener = (shipments: Shipments, interventions: Interventions): Listener<OrderEvent> => ({
  group: 'shipping.order',
  topic: Topics.order,
  on: {
    OrderPlaced: (order) => shipments.learn(order),
    OrderCancelled: (order, meta) => shipments.cancelOrder(order, meta),
    HoldApplied: (hold, meta) => interventions.holdOrder(hold, meta),
    HoldReleased: (release, meta) => interventions.releaseOrder(release, meta),
    OrderEdited: (edit, meta, { id, sequence }) => interventions.change({ ...editOf(edit), eventId: id, sequence }, meta),
    DestinationChanged: (changed, meta, { id, sequence }) =>
      interventions.readdress({ ...destinationOf(changed), eventId: id, sequence }, changed, meta),
  },
});

/** What a carrier pays by its files, payment reads. What a person recorded was told from here. */
export const paymentListener = (claims: Pick<Claims, 'hearPaid'>): Listener<PaymentEvent> => ({
  group: 'shipping.payment',
  topic: Topics.payment,
  on: {
    CarrierClaimSettled: async ({ claimId, lineId, amount, settledAt: at }, meta) => {
      if (lineId !== undefined) await claims.hearPaid(claimId, { lineId, amount, at }, meta);
    },
  },
});

const editOf = ({
  orderId,
  lines,
  shipGroups,
  instructions,
}: DataOf<OrderEvent, 'OrderEdited'>): Omit<OrderChange, 'eventId' | 'sequence'> => ({
  orderId,
  ...(instructions ? { instructions: instructions.after ?? null } : {}),
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

/** Buys the label of whatever was packed, and tells whoever fulfils it. It costs money at the carrier, so never on a replay. */
export const labelListener = (labels: Pick<Labels, 'hearPacked'>, tell: TellLabel): Listener<ShippingEvent> => ({
  group: 'shipping.labels',
  topic: Topics.shipping,
  on: {
    ShipmentPacked: ({ shipmentId }, meta) => labels.hearPacked(shipmentId, meta),
    LabelPurchased: tell,
  },
});

/** What is known of shipments that others fulfil: what was ordered of their suppliers, and until when what they handed over is waited for. */
export const fulfilledElsewhereListener = (
  { hear }: Pick<SupplierOrders, 'hear'>,
  supposeDelivered: (dispatched: DataOf<ShippingEvent, 'ShipmentDispatched'>) => Promise<void>,
): Listener<ShippingEvent> => ({
  group: 'shipping.fulfilled-elsewhere',
  topic: Topics.shipping,
  on: {
    ShipmentAccepted: (data, meta) => hear({ type: 'ShipmentAccepted', data }, meta),
    ShipmentRejected: (data, meta) => hear({ type: 'ShipmentRejected', data }, meta),
    ShipmentPicked: (data, meta) => hear({ type: 'ShipmentPicked', data }, meta),
    ShipmentDispatched: async (data, meta) => {
      await hear({ type: 'ShipmentDispatched', data }, meta);
      await supposeDelivered(data);
    },
    ShipmentCancelled: (data, meta) => hear({ type: 'ShipmentCancelled', data }, meta),
  },
  replays: true,
});

/** Makes tracking numbers findable, records the scans that were waiting for theirs, asks where nobody tells, and waits for what is to be done with what failed. */
export const trackingListener = (
  tracking: Tracking,
  polling: Polling,
  instructions: Pick<Instructions, 'await'>,
): Listener<ShippingEvent> => ({
  group: 'shipping.tracking',
  topic: Topics.shipping,
  on: {
    LabelPurchased: (label, meta) => tracking.begin(label, meta),
    ShipmentDispatched: (dispatched, meta) => polling.begin(dispatched, meta),
    DeliveryAttemptFailed: (failed) => instructions.await(failed),
  },
  replays: true,
});
