import type { FulfillmentEvent, InventoryEvent } from '@cartage/contracts';
import type { DataOf, Meta } from '@cartage/eventsourcing';
import type { CancelReason } from '../domain/events';
import type { PackedParcel } from '../domain/packing';
import type { Labels } from './labels';
import type { OrderRegister } from './registers';
import type { HandledShipment, ShipmentLog } from './shipment-log';

export interface ShipmentsNeeds {
  readonly log: ShipmentLog;
  readonly labels: Pick<Labels, 'voidIfCancelled'>;
  readonly orders: OrderRegister;
  /** The id of the one shipment that a fulfilment becomes. */
  readonly shipmentIdOf: (fulfillmentId: string) => string;
  readonly now: () => Date;
}

type Brokered = DataOf<FulfillmentEvent, 'FulfillmentBrokered'>;
type Allocated = DataOf<InventoryEvent, 'StockAllocated'>;

/** The warehouse's side of shipments: what is to be packed, and that it was packed and handed over. */
export interface Shipments {
  plan(brokered: Brokered, meta: Meta): Promise<HandledShipment>;
  allocate(allocated: Allocated, meta: Meta): Promise<HandledShipment>;
  /** The fulfilment will not be: its shipment must not leave. */
  cancel(fulfillment: { readonly orderId: string; readonly fulfillmentId: string }, reason: CancelReason, meta: Meta): Promise<void>;
  cancelOrder(orderId: string, meta: Meta): Promise<void>;
  pack(shipmentId: string, parcels: readonly PackedParcel[], meta: Meta, ifVersion?: number): Promise<HandledShipment>;
  dispatch(shipmentId: string, meta: Meta, ifVersion?: number): Promise<HandledShipment>;
}

export const createShipments = (needs: ShipmentsNeeds): Shipments => {
  const { log, orders, shipmentIdOf } = needs;
  const now = (): string => needs.now().toISOString();
  return {
    plan: async (brokered, meta) => {
      const shipmentId = shipmentIdOf(brokered.fulfillmentId);
      const isCancelled = await orders.add(brokered.orderId, shipmentId);
      const plan = planOf(shipmentId, brokered);
      return log.send(
        shipmentId,
        { type: 'RecordPlan', data: { plan, now: now(), ...(isCancelled ? { cancelled: 'order-cancelled' } : {}) } },
        meta,
      );
    },
    allocate: ({ orderId, fulfillmentId, location }, meta) => {
      const allocation = { shipmentId: shipmentIdOf(fulfillmentId), orderId, fulfillmentId, location };
      return log.send(allocation.shipmentId, { type: 'RecordAllocation', data: { allocation, now: now() } }, meta);
    },
    cancel: ({ orderId, fulfillmentId }, reason, meta) => stop(needs, { orderId, shipmentId: shipmentIdOf(fulfillmentId), reason }, meta),
    cancelOrder: async (orderId, meta) => {
      const shipmentIds = await orders.cancel(orderId);
      await Promise.all(shipmentIds.map((shipmentId) => stop(needs, { orderId, shipmentId, reason: 'order-cancelled' }, meta)));
    },
    pack: (shipmentId, parcels, meta, ifVersion) =>
      log.send(shipmentId, { type: 'PackShipment', data: { parcels, now: now() } }, meta, ifVersion),
    dispatch: (shipmentId, meta, ifVersion) => log.send(shipmentId, { type: 'DispatchShipment', data: { now: now() } }, meta, ifVersion),
  };
};

const planOf = (shipmentId: string, { orderId, fulfillmentId, location, lines, priority, destination, personal }: Brokered) => ({
  shipmentId,
  orderId,
  fulfillmentId,
  location,
  lines,
  priority,
  destination,
  personal,
});

interface Stopped {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly reason: CancelReason;
}

const stop = async ({ log, labels, now }: ShipmentsNeeds, stopped: Stopped, meta: Meta): Promise<void> => {
  const command = { type: 'CancelShipment', data: { ...stopped, now: now().toISOString() } } as const;
  const { current } = await log.send(stopped.shipmentId, command, meta);
  await labels.voidIfCancelled(stopped.shipmentId, current, meta);
};
