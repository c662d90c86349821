import { withParts, type FulfillmentEvent, type InventoryEvent, type OrderEvent, type OrderLine, type Reason } from '@cartage/contracts';
import { Refused, type DataOf, type Meta } from '@cartage/eventsourcing';
import { asSuggested } from '../domain/as-suggested';
import type { ShipmentCommand, ToCancel } from '../domain/commands';
import type { LineConfirmed } from '../domain/confirming';
import type { Dropship, Plan, PlannedLine } from '../domain/events';
import type { PackedParcel } from '../domain/packing';
import { notesOf, type PackingNotes } from '../domain/packing-notes';
import { unknownShipment } from '../domain/refusals';
import { isCarried, isCollected, type Shipment } from '../domain/shipment';
import { isOver } from '../domain/status';
import type { Customs } from './customs';
import { concerns, holdOf } from './interventions';
import type { Labels } from './labels';
import type { Packing as ParcelSuggestions } from './packing';
import type { PartnerRegister, Serving } from './partners/partner';
import type { KnownOrder, OrderRegister } from './registers';
import type { HandledShipment, ShipmentLog } from './shipment-log';
import { restIn } from './supplier-orders/rests';

export interface ShipmentsNeeds {
  readonly log: ShipmentLog;
  readonly labels: Pick<Labels, 'voidLeftOver'>;
  readonly orders: OrderRegister;
  readonly packing: Pick<ParcelSuggestions, 'suggest'>;
  readonly customs: Pick<Customs, 'require'>;
  readonly partners: Pick<PartnerRegister, 'at'>;
  /** What is ordered by it of whoever fulfils it, where that is a supplier. */
  readonly dropship: (serving: Serving, shipment: Pick<Plan, 'shipmentId' | 'lines'>) => Promise<Dropship | undefined>;
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
  /** Lines were found, or found missing; `lines` absent: the rest of it is there. */
  pick(shipmentId: string, lines: readonly LineConfirmed[] | undefined, meta: Meta, ifVersion?: number): Promise<HandledShipment>;
  /** `parcels` absent: as suggested. */
  pack(shipmentId: string, parcels: readonly PackedParcel[] | undefined, meta: Meta, ifVersion?: number): Promise<HandledShipment>;
  dispatch(shipmentId: string, meta: Meta, ifVersion?: number): Promise<HandledShipment>;
  /** Its customer fetched it, or what of it was wanted. */
  handOver(handover: DataOf<FulfillmentEvent, 'HandedOver'>, meta: Meta): Promise<HandledShipment>;
  /** Nobody fetched it in time. */
  notFetched(expiry: DataOf<FulfillmentEvent, 'PickupExpired'>, meta: Meta): Promise<HandledShipment>;
}

export const createShipments = (needs: ShipmentsNeeds): Shipments => {
  const { log, orders, partners, shipmentIdOf } = needs;
  const now = (): string => needs.now().toISOString();
  return {
    learn: (order) => orders.learn(knownOf(order)),
    plan: async (allocated, meta) => {
      const shipmentId = shipmentIdOf(allocated.fulfillmentId);
      const [{ order, cancelled, holds = [] }, serving] = await Promise.all([
        orders.add(allocated.orderId, shipmentId),
        partners.at(allocated.location),
      ]);
      if (!order) throw new Refused('ORDER_UNKNOWN', `Nothing was heard of order ${allocated.orderId} yet.`, 'unknown');
      const plan = await servedBy(needs, planOf(shipmentId, allocated, order), serving);
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
    pick: (shipmentId, lines, meta, ifVersion) =>
      log.send(shipmentId, { type: 'PickShipment', data: { ...(lines ? { lines } : {}), now: now() } }, meta, ifVersion),
    pack: async (shipmentId, parcels, meta, ifVersion) => {
      const { shipment } = await log.read(shipmentId);
      if (shipment.status === 'to-pack') await needs.customs.require(shipment.plan);
      const packing = parcels ? { parcels } : await suggestedFor(needs, shipment);
      return log.send(shipmentId, { type: 'PackShipment', data: { ...packing, now: now() } }, meta, ifVersion);
    },
    dispatch: (shipmentId, meta, ifVersion) => log.send(shipmentId, { type: 'DispatchShipment', data: { now: now() } }, meta, ifVersion),
    handOver: ({ fulfillmentId, handoverId, lines, declined, handedOverAt }, meta) => {
      const data = { handoverId, lines, declined, handedOverAt, now: now() };
      return log.send(shipmentIdOf(fulfillmentId), { type: 'HandOverShipment', data }, meta);
    },
    notFetched: ({ fulfillmentId, expiryId, then = 'stock', expiredAt }, meta) =>
      log.send(shipmentIdOf(fulfillmentId), { type: 'LeaveAtStore', data: { expiryId, then, now: expiredAt } }, meta),
  };
};

const servedBy = async ({ dropship, ...needs }: ShipmentsNeeds, plan: Plan, serving: Serving | undefined): Promise<Plan> => {
  if (!serving) return plan;
  const { partner } = serving;
  const ordered = await dropship(serving, plan);
  return ordered ? { ...plan, partner, dropship: ordered, ...(await restIn(needs, plan, partner)) } : { ...plan, partner };
};

export const knownLine = ({
  lineId,
  shipGroupId,
  quantity,
  unitPrice,
  total,
  taxLines,
  ...line
}: OrderLine): KnownOrder['lines'][number] => {
  const { description, attributes, instructions } = line;
  const tax = taxLines.reduce((sum, { amount }) => sum + amount, 0);
  return { lineId, shipGroupId, quantity, unitPrice, total, tax, ...noteOf({ description, attributes, instructions }) };
};

const knownOf = ({
  orderId,
  channel,
  currency,
  priority,
  instructions,
  personal,
  shipGroups,
  lines,
}: DataOf<OrderEvent, 'OrderPlaced'>): KnownOrder => ({
  orderId,
  channel,
  currency,
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
    ...(order.channel === undefined ? {} : { channel: order.channel }),
    ...wayOf(order, sold.get(lines[0]?.lineId ?? '')?.shipGroupId ?? ''),
    lines: lines.map(({ lineId, sku, parts, quantity }) => {
      const { description, attributes, instructions } = sold.get(lineId) ?? {};
      return { ...withParts({ lineId, sku, quantity }, parts), ...noteOf({ description, attributes, instructions }) };
    }),
    ...(order.instructions === undefined ? {} : { instructions: order.instructions }),
  };
};

/** What is said now to whoever packs it. */
export const notesFor = (plan: Plan, order: KnownOrder): PackingNotes => notesOf(planOf(plan.shipmentId, plan, order));

type Way = Pick<
  Plan,
  'shipGroupId' | 'method' | 'personal' | 'destination' | 'pickupLocation' | 'service' | 'shipBy' | 'deliverBy' | 'groupInstructions'
>;

const datesOf = ({ shipBy, deliverBy }: KnownOrder['shipGroups'][number]): Pick<Way, 'shipBy' | 'deliverBy'> => ({
  ...(shipBy === undefined ? {} : { shipBy }),
  ...(deliverBy === undefined ? {} : { deliverBy }),
});

/** How and to whom the lines of a ship group go. */
const wayOf = ({ shipGroups, personal: customer }: KnownOrder, shipGroupId: string): Way => {
  const group = shipGroups.find((each) => each.shipGroupId === shipGroupId);
  if (!group) return { shipGroupId, method: 'ship', personal: customer };
  const { method, personal = customer, destination, pickupLocation, service, instructions } = group;
  return {
    ...{ shipGroupId, method, personal },
    ...(destination === undefined ? {} : { destination }),
    ...(pickupLocation === undefined ? {} : { pickupLocation }),
    ...(service === undefined ? {} : { service }),
    ...datesOf(group),
    ...(instructions === undefined ? {} : { groupInstructions: instructions }),
  };
};

type Packing = Pick<DataOf<ShipmentCommand, 'PackShipment'>, 'parcels' | 'unboxed'>;

/** What is packed stays as it is, whatever would be suggested now: the request may be sent again. */
const suggestedFor = async ({ packing }: ShipmentsNeeds, shipment: Shipment): Promise<Packing> => {
  if ('parcels' in shipment) return { parcels: shipment.parcels };
  if (shipment.status !== 'to-pack') return { parcels: [] };
  const { parcels, unboxed } = await packing.suggest(shipment.plan);
  return { parcels: parcels.map(asSuggested), unboxed };
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

/** Whoever plans a shipment adds it to its order's, and looks at the order, first: it may have looked before this change was written. What is told now waits for the plan. */
export const planIn = (shipment: Shipment): Plan | undefined => {
  if (shipment.status === 'none') throw unknownShipment();
  return 'plan' in shipment ? shipment.plan : undefined;
};

export const requirePlan = (shipment: Shipment): Plan => {
  const plan = planIn(shipment);
  if (!plan) throw unknownShipment();
  return plan;
};

const stopPlanned = async (needs: ShipmentsNeeds, shipmentId: string, cause: Cause): Promise<void> => {
  const { shipment } = await needs.log.read(shipmentId);
  const plan = planIn(shipment);
  // Nobody has to recall what is at its end.
  const isAtItsEnd = isCollected(shipment) || (isCarried(shipment) && isOver(shipment.status));
  if (plan && !isAtItsEnd) await stop(needs, plan, cause);
};
