import type { FulfillmentEvent, OrderEvent } from '@cartage/contracts';
import type { DataOf, Meta } from '@cartage/eventsourcing';
import type { Plan, ShipmentHold } from '../domain/events';
import { wantsLabel } from '../domain/labels';
import type { Shipment } from '../domain/shipment';
import type { Labels } from './labels';
import type { KnownHold, OrderChange, OrderRegister } from './registers';
import type { ShipmentLog } from './shipment-log';
import { notesFor, planIn } from './shipments';

export interface InterventionsNeeds {
  readonly log: ShipmentLog;
  readonly labels: Pick<Labels, 'buy' | 'voidLeftOver'>;
  readonly orders: Pick<OrderRegister, 'add' | 'hold' | 'release' | 'change'>;
  readonly shipmentIdOf: (fulfillmentId: string) => string;
  readonly now: () => Date;
}

type Readdressing = Pick<DataOf<OrderEvent, 'DestinationChanged'>, 'shipGroupId' | 'destination' | 'personal' | 'reason' | 'changedAt'>;

/** What the order, or a location, changes of shipments that are underway, and of those that are not planned yet. */
export interface Interventions {
  holdOrder(hold: DataOf<OrderEvent, 'HoldApplied'>, meta: Meta): Promise<void>;
  releaseOrder(release: DataOf<OrderEvent, 'HoldReleased'>, meta: Meta): Promise<void>;
  holdFulfillment(hold: DataOf<FulfillmentEvent, 'FulfillmentHeld'>, meta: Meta): Promise<void>;
  releaseFulfillment(release: DataOf<FulfillmentEvent, 'FulfillmentReleased'>, meta: Meta): Promise<void>;
  /** Shipments that are planned from now on are of the order as changed; whoever packs the others reads what is said now. */
  change(change: OrderChange, meta: Meta): Promise<void>;
  /** Before they are handed over, they go to the new place: a label to the old one is voided, and bought again. */
  readdress(change: OrderChange, to: Readdressing, meta: Meta): Promise<void>;
}

/** Waits of the order for stock: they speak of units that are not here, and stop none of those that are. */
const waitsForStock: readonly string[] = ['stock-short', 'unfillable'];

export const concerns = ({ lines, shipGroupId }: KnownHold, plan: Plan): boolean =>
  (shipGroupId === undefined || shipGroupId === plan.shipGroupId) &&
  (lines === undefined || plan.lines.some(({ lineId }) => lines.includes(lineId)));

export const holdOf = ({ holdId, type, reason, heldAt }: KnownHold): ShipmentHold => ({ holdId, type, reason, heldAt });

const knownHold = ({ holdId, type, reason, appliedAt, lines, shipGroupId }: DataOf<OrderEvent, 'HoldApplied'>): KnownHold => ({
  ...{ holdId, type, reason, heldAt: appliedAt },
  ...(lines ? { lines: lines.map(({ lineId }) => lineId) } : {}),
  ...(shipGroupId === undefined ? {} : { shipGroupId }),
});

/** Those that are planned, or are about to be. */
const eachPlanned = async (
  { log }: InterventionsNeeds,
  shipmentIds: readonly string[],
  step: (plan: Plan) => Promise<unknown>,
): Promise<void> => {
  const steps = shipmentIds.map(async (shipmentId) => {
    const plan = planIn((await log.read(shipmentId)).shipment);
    if (plan) await step(plan);
  });
  await Promise.all(steps);
};

/** Its label was not bought while it was held, or was to another place. */
const buyIfFree = async (
  { labels }: InterventionsNeeds,
  shipmentId: string,
  { current, meta }: { current: Shipment; meta: Meta },
): Promise<void> => {
  if (wantsLabel(current) && current.status !== 'label-failed')
    await labels.buy(shipmentId, { ...meta, commandId: `${meta.commandId}.label` });
};

const goOn = async (
  needs: InterventionsNeeds,
  { shipmentId, holdId }: { shipmentId: string; holdId: string },
  meta: Meta,
): Promise<void> => {
  const data = { shipmentId, holdId, now: needs.now().toISOString() };
  const { current } = await needs.log.send(shipmentId, { type: 'ReleaseShipment', data }, meta);
  await buyIfFree(needs, shipmentId, { current, meta });
};

const readdressOne = async (
  needs: InterventionsNeeds,
  { shipmentId, shipGroupId }: Plan,
  { to, meta }: { to: Readdressing; meta: Meta },
) => {
  if (shipGroupId !== to.shipGroupId) return;
  const { destination, personal, reason, changedAt } = to;
  const change = { shipmentId, personal, changedAt, reason, ...(destination ? { destination } : {}) };
  const { current } = await needs.log.send(
    shipmentId,
    { type: 'ChangeDestination', data: { change, now: needs.now().toISOString() } },
    meta,
  );
  await needs.labels.voidLeftOver(shipmentId, current, meta);
  await buyIfFree(needs, shipmentId, { current, meta });
};

const instruct = async ({ log, orders }: InterventionsNeeds, plan: Plan, meta: Meta): Promise<void> => {
  const { order } = await orders.add(plan.orderId, plan.shipmentId);
  if (order) await log.send(plan.shipmentId, { type: 'ReplaceInstructions', data: notesFor(plan, order) }, meta);
};

const holdOrder = async (needs: InterventionsNeeds, applied: DataOf<OrderEvent, 'HoldApplied'>, meta: Meta): Promise<void> => {
  const known = knownHold(applied);
  await eachPlanned(needs, await needs.orders.hold(applied.orderId, known), async (plan) => {
    if (!concerns(known, plan)) return;
    await needs.log.send(plan.shipmentId, { type: 'HoldShipment', data: { shipment: plan, hold: holdOf(known) } }, meta);
  });
};

export const createInterventions = (needs: InterventionsNeeds): Interventions => {
  const { log, orders, shipmentIdOf } = needs;
  return {
    holdOrder: async (applied, meta) => {
      if (!waitsForStock.includes(applied.type)) await holdOrder(needs, applied, meta);
    },
    releaseOrder: async ({ orderId, holdId, type }, meta) => {
      if (waitsForStock.includes(type)) return;
      await eachPlanned(needs, await orders.release(orderId, holdId), ({ shipmentId }) => goOn(needs, { shipmentId, holdId }, meta));
    },
    holdFulfillment: async ({ fulfillmentId, orderId, location, holdId, reason, heldAt }, meta) => {
      const shipment = { shipmentId: shipmentIdOf(fulfillmentId), orderId, fulfillmentId, location };
      const hold = { holdId, type: 'location', reason, heldAt };
      await log.send(shipment.shipmentId, { type: 'HoldShipment', data: { shipment, hold } }, meta);
    },
    releaseFulfillment: ({ fulfillmentId, holdId }, meta) => goOn(needs, { shipmentId: shipmentIdOf(fulfillmentId), holdId }, meta),
    change: async (change, meta) => eachPlanned(needs, await orders.change(change), (plan) => instruct(needs, plan, meta)),
    readdress: async (change, to, meta) =>
      eachPlanned(needs, await orders.change(change), (plan) => readdressOne(needs, plan, { to, meta })),
  };
};
