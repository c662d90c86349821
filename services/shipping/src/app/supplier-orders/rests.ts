import type { LineQuantity } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import { isGone } from '../../domain/collecting';
import type { Plan } from '../../domain/events';
import type { PartnerNotice } from '../../domain/partner-notice';
import { toFollowOf } from '../../domain/picking';
import { hasLabel, isCarried, type Shipment } from '../../domain/shipment';
import type { OrderRegister } from '../registers';
import type { ShipmentLog } from '../shipment-log';

/*
 * A supplier may send an order in several parts. Each part is a shipment of its own, so that money, stock and parcels follow it as they follow any other; to the supplier all
 * of them are what it was asked for once, by the reference of the first.
 */

type Part = Shipment & { readonly plan: Plan };

export interface RestsNeeds {
  readonly log: Pick<ShipmentLog, 'read'>;
  readonly orders: Pick<OrderRegister, 'shipmentsOf'>;
}

const isPlanned = (shipment: Shipment): shipment is Part => 'plan' in shipment && shipment.plan !== undefined;

const ofOrder = async ({ log, orders }: RestsNeeds, orderId: string): Promise<readonly Part[]> => {
  const known = await Promise.all((await orders.shipmentsOf(orderId)).map((shipmentId) => log.read(shipmentId)));
  return known.map(({ shipment }) => shipment).filter(isPlanned);
};

const isRest = (lines: readonly LineQuantity[], toFollow: readonly LineQuantity[]): boolean =>
  lines.every(({ lineId, quantity }) => toFollow.some((line) => line.lineId === lineId && quantity <= line.quantity));

/** What these lines are the rest of, where their supplier has sent others of them and sends these later. */
export const restIn = async (needs: RestsNeeds, plan: Plan, partner: string): Promise<Partial<Plan>> => {
  const others = (await ofOrder(needs, plan.orderId)).filter((each) => each.plan.shipmentId !== plan.shipmentId);
  const followed = new Set(others.map((each) => each.plan.follows));
  const before = others.find(
    (each) =>
      each.plan.partner === partner &&
      each.plan.location === plan.location &&
      !followed.has(each.plan.shipmentId) &&
      isRest(plan.lines, toFollowOf(each)),
  );
  if (!before) return {};
  const { shipmentId: follows, restOf = follows, dropship } = before.plan;
  return { follows, restOf, ...(dropship ? { dropship } : {}) };
};

/** The first, and those that follow, one after the other. */
const partsFrom = (first: Part, all: readonly Part[]): readonly Part[] => {
  const next = all.find((each) => each.plan.follows === first.plan.shipmentId);
  return next ? [first, ...partsFrom(next, all)] : [first];
};

const parcelsOf = (notice: PartnerNotice) => ('parcels' in notice ? notice.parcels : undefined);

const hasNumberOf = (part: Part, notice: PartnerNotice): boolean => {
  const numbers = parcelsOf(notice)?.map(({ trackingNumber }) => trackingNumber);
  return numbers !== undefined && hasLabel(part) && part.label.parcels.some(({ trackingNumber }) => numbers.includes(trackingNumber));
};

const saysOfRest = (notice: PartnerNotice): boolean =>
  notice.kind === 'rejected' || notice.kind === 'cancelled' || (notice.kind !== 'delivered' && parcelsOf(notice) !== undefined);

const meantIn = (parts: readonly Part[], notice: PartnerNotice): readonly Part[] => {
  const numbered = parts.filter((part) => hasNumberOf(part, notice));
  if (numbered.length > 0) return numbered;
  const out = parts.filter(isCarried);
  if (notice.kind === 'delivered' && !notice.parcels && out.length > 0) return out;
  const last = parts.slice(-1);
  if (last.some((part) => isGone(part) && toFollowOf(part).length > 0) && saysOfRest(notice))
    throw new Refused('REST_NOT_PLANNED', 'Some of it is out, and what follows is not planned here yet.', 'unknown');
  return last;
};

/** The shipments that a notice speaks of by the reference that its partner knows: by the numbers of its parcels, else the part that was planned last. */
export const meantBy = async (needs: RestsNeeds, reference: string, notice: PartnerNotice): Promise<readonly string[]> => {
  const { shipment } = await needs.log.read(reference);
  if (!isPlanned(shipment) || !shipment.plan.dropship) return [reference];
  const parts = partsFrom(shipment, await ofOrder(needs, shipment.plan.orderId));
  return meantIn(parts, notice).map(({ plan }) => plan.shipmentId);
};
