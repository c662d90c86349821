import type { FulfillmentEvent, OrderEvent } from '@cartage/contracts';
import type { DataOf, Meta } from '@cartage/eventsourcing';
import type { Plan, ShipmentHold } from '../domain/events';
import { holdsOf } from '../domain/beside';
import type { Labels } from './labels';
import type { KnownHold, OrderChange, OrderRegister } from './registers';
import type { ShipmentLog } from './shipment-log';

export interface InterventionsNeeds {
  readonly log: ShipmentLog;
  readonly labels: Pick<Labels, 'buy' | 'voidLeftOver'>;
  readonly orders: Pick<OrderRegister, 'hold' | 'release' | 'change'>;
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
  /** Shipments that are planned from now on are of the order as changed. */
  change(change: OrderChange): Promise<void>;
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

export const createInterventions = (needs: InterventionsNeeds): Interventions => {
  const { log, labels, orders, shipmentIdOf } = needs;
  const now = (): string => needs.now().toISOString();

  /** Those that are planned; one that is not yet hears of it when it is. */
  const planned = async (shipmentIds: readonly string[], step: (plan: Plan) => Promise<void>): Promise<void> => {
    const steps = shipmentIds.map(async (shipmentId) => {
      const { shipment } = await log.read(shipmentId);
      if ('plan' in shipment && shipment.plan) await step(shipment.plan);
    });
    await Promise.all(steps);
  };

  /** Its label was not bought while it was held. */
  const goOn = async (shipmentId: string, holdId: string, meta: Meta): Promise<void> => {
    const { current } = await log.send(shipmentId, { type: 'ReleaseShipment', data: { shipmentId, holdId, now: now() } }, meta);
    if (current.status === 'packed' && holdsOf(current).length === 0)
      await labels.buy(shipmentId, { ...meta, commandId: `${meta.commandId}.label` });
  };

  const readdressOne = async ({ shipmentId, shipGroupId }: Plan, to: Readdressing, meta: Meta): Promise<void> => {
    if (shipGroupId !== to.shipGroupId) return;
    const { destination, personal, reason, changedAt } = to;
    const change = { shipmentId, personal, changedAt, reason, ...(destination ? { destination } : {}) };
    const { current } = await log.send(shipmentId, { type: 'ChangeDestination', data: { change, now: now() } }, meta);
    await labels.voidLeftOver(shipmentId, current, meta);
    if (current.status === 'packed' && holdsOf(current).length === 0)
      await labels.buy(shipmentId, { ...meta, commandId: `${meta.commandId}.label` });
  };

  return {
    holdOrder: async (applied, meta) => {
      if (waitsForStock.includes(applied.type)) return;
      const known = knownHold(applied);
      await planned(await orders.hold(applied.orderId, known), async (plan) => {
        if (concerns(known, plan))
          await log.send(plan.shipmentId, { type: 'HoldShipment', data: { shipment: plan, hold: holdOf(known) } }, meta);
      });
    },
    releaseOrder: async ({ orderId, holdId, type }, meta) => {
      if (waitsForStock.includes(type)) return;
      await planned(await orders.release(orderId, holdId), ({ shipmentId }) => goOn(shipmentId, holdId, meta));
    },
    holdFulfillment: async ({ fulfillmentId, orderId, location, holdId, reason, heldAt }, meta) => {
      const shipment = { shipmentId: shipmentIdOf(fulfillmentId), orderId, fulfillmentId, location };
      await log.send(
        shipment.shipmentId,
        { type: 'HoldShipment', data: { shipment, hold: { holdId, type: 'location', reason, heldAt } } },
        meta,
      );
    },
    releaseFulfillment: ({ fulfillmentId, holdId }, meta) => goOn(shipmentIdOf(fulfillmentId), holdId, meta),
    change: async (change) => void (await orders.change(change)),
    readdress: async (change, to, meta) => planned(await orders.change(change), (plan) => readdressOne(plan, to, meta)),
  };
};
