import { withParts, type FulfillmentEvent, type InventoryEvent, type OrderEvent, type OrderLine, type Reason } from '@cartage/contracts';
import { Refused, type DataOf, type Meta } from '@cartage/eventsourcing';
import type { ToCancel } from '../domain/commands';
import type { Plan, PlannedLine } from '../domain/events';
import type { PackedParcel } from '../domain/packing';
import { concerns, holdOf } from './interventions';
import type { Labels } from './labels';
import type { KnownOrder, OrderRegister } from './registers';
import type { HandledShipment, ShipmentLog } from './shipment-log';

export interface ShipmentsNeeds {
  readonly log: ShipmentLog;
  readonly labels: Pick<Labels, 'voidLeftOver'>;
  readonly orders: OrderRegister;
  /** The id of the one shipment that a fulfilment becomes. */
  readonly shipmentIdOf: (fulfillmentId: string) => string;
  readonly now: () => Date;
}

type Allocated = Pick<DataOf<InventoryEvent, 'StockAllocated'>, 'orderId' | 'fulfillmentId' | 'location' | 'lines'>;
/** The location, or the order, asks; a shipment is cancelled whole, and what was not asked for is brokered again. */
type CancellationRequest = Pick<
  DataOf<FulfillmentEvent, 'FulfillmentRejectionRequested'>,
  'orderId' | 'fulfillmentId' | 'location' | 'lines' | 'reason'
>;

/** The warehouse's side of shipments: what is to be packed, and that it was packed and handed over. */
export interface Shipments {
  /** Keeps what packing and addressing need of an order. */
  learn(order: DataOf<OrderEvent, 'OrderPlaced'>): Promise<void>;
  /** Stock was allocated: it may be picked. */
  plan(allocated: Allocated, meta: Meta): Promise<HandledShipment>;
  /** It is asked not to go out; the answer is in the shipment's log. */
  cancel(request: CancellationRequest, meta: Meta): Promise<void>;
  cancelOrder(order: { readonly orderId: string; readonly reason: Reason }, meta: Meta): Promise<void>;
  pack(shipmentId: string, parcels: readonly PackedParcel[], meta: Meta, ifVersion?: number): Promise<HandledShipment>;
  dispatch(shipmentId: string, meta: Meta, ifVersion?: number): Promise<HandledShipment>;
}

export const createShipments = (needs: ShipmentsNeeds): Shipments => {
  const { log, orders, shipmentIdOf } = needs;
  const now = (): string => needs.now().toISOString();
  return {
    learn: (order) => orders.learn(knownOf(order)),
    plan: async (allocated, meta) => {
      const shipmentId = shipmentIdOf(allocated.fulfillmentId);
      const { order, cancelled, holds = [] } = await orders.add(allocated.orderId, shipmentId);
      if (!order) throw new Refused('ORDER_UNKNOWN', `Nothing was heard of order ${allocated.orderId} yet.`, 'unknown');
      const plan = planOf(shipmentId, allocated, order);
      const held = holds.filter((hold) => concerns(hold, plan)).map(holdOf);
      const data = { plan, now: now(), ...(cancelled ? { cancelled } : {}), ...(held.length > 0 ? { holds: held } : {}) };
      return log.send(shipmentId, { type: 'PlanShipment', data }, meta);
    },
    cancel: ({ reason, ...request }, meta) =>
      stop(needs, { ...request, shipmentId: shipmentIdOf(request.fulfillmentId) }, { reason, meta }),
    cancelOrder: async ({ orderId, reason }, meta) => {
      const shipmentIds = await orders.cancel(orderId, reason);
      await Promise.all(shipmentIds.map((shipmentId) => stopPlanned(needs, shipmentId, { reason, meta })));
    },
    pack: (shipmentId, parcels, meta, ifVersion) =>
      log.send(shipmentId, { type: 'PackShipment', data: { parcels, now: now() } }, meta, ifVersion),
    dispatch: (shipmentId, meta, ifVersion) => log.send(shipmentId, { type: 'DispatchShipment', data: { now: now() } }, meta, ifVersion),
  };
};

export const knownLine = ({ lineId, shipGroupId, ...line }: OrderLine): KnownOrder['lines'][number] => {
  const { description, attributes, instructions } = line;
  return { lineId, shipGroupId, ...noteOf({ description, attributes, instructions }) };
};

const knownOf = ({ orderId, priority, instructions, personal, shipGroups, lines }: DataOf<OrderEvent, 'OrderPlaced'>): KnownOrder => ({
  orderId,
  priority,
  ...(instructions === undefined ? {} : { instructions }),
  personal,
  shipGroups: shipGroups.map(({ charge: _charge, taxLines: _taxes, ...group }) => group),
  lines: lines.map(knownLine),
});

type Note = Pick<PlannedLine, 'description' | 'attributes' | 'instructions'>;

const noteOf = ({ description, attributes, instructions }: { readonly [Field in keyof Note]: Note[Field] | undefined }): Note => ({
  ...(description === undefined ? {} : { description }),
  ...(attributes === undefined ? {} : { attributes }),
  ...(instructions === undefined ? {} : { instructions }),
});

const planOf = (shipmentId: string, { orderId, fulfillmentId, location, lines }: Allocated, order: KnownOrder): Plan => {
  const sold = new Map(order.lines.map((line) => [line.lineId, line]));
  return {
    ...{ shipmentId, orderId, fulfillmentId, location, priority: order.priority },
    ...wayOf(order, sold.get(lines[0]?.lineId ?? '')?.shipGroupId ?? ''),
    lines: lines.map(({ lineId, sku, parts, quantity }) => {
      const { description, attributes, instructions } = sold.get(lineId) ?? {};
      return { ...withParts({ lineId, sku, quantity }, parts), ...noteOf({ description, attributes, instructions }) };
    }),
    ...(order.instructions === undefined ? {} : { instructions: order.instructions }),
  };
};

type Way = Pick<Plan, 'shipGroupId' | 'method' | 'personal' | 'destination' | 'service' | 'shipBy'>;

/** How and to whom the lines of a ship group go. */
const wayOf = ({ shipGroups, personal: customer }: KnownOrder, shipGroupId: string): Way => {
  const group = shipGroups.find((each) => each.shipGroupId === shipGroupId);
  if (!group) return { shipGroupId, method: 'ship', personal: customer };
  const { method, personal = customer, destination, service, shipBy } = group;
  return {
    ...{ shipGroupId, method, personal },
    ...(destination === undefined ? {} : { destination }),
    ...(service === undefined ? {} : { service }),
    ...(shipBy === undefined ? {} : { shipBy }),
  };
};

interface Cause {
  readonly reason: Reason;
  readonly meta: Meta;
}

const stop = async ({ log, labels, now }: ShipmentsNeeds, shipment: ToCancel, { reason, meta }: Cause): Promise<void> => {
  const command = { type: 'CancelShipment', data: { shipment, reason, now: now().toISOString() } } as const;
  const { current } = await log.send(shipment.shipmentId, command, meta);
  await labels.voidLeftOver(shipment.shipmentId, current, meta);
};

const stopPlanned = async (needs: ShipmentsNeeds, shipmentId: string, cause: Cause): Promise<void> => {
  const { shipment } = await needs.log.read(shipmentId);
  // One that is added but not planned yet hears of the cancellation when it is.
  if ('plan' in shipment && shipment.plan) await stop(needs, shipment.plan, cause);
};
