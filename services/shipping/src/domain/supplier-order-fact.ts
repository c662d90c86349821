import { areToFollow } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { Plan, ShipmentEvent } from './events';
import { slim } from './scans';
import type { SupplierOrderCommand } from './supplier-orders/supplier-order';

type Facts = {
  readonly [Type in ShipmentEvent['type']]?: (data: DataOf<ShipmentEvent, Type>, plan: Plan) => SupplierOrderCommand | undefined;
};

const drawnUp = ({ dropship, partner, lines, shipBy, ...plan }: Plan, now: string): SupplierOrderCommand | undefined => {
  if (!dropship || partner === undefined) return undefined;
  const { supplierOrderId, number, costs } = dropship;
  const { shipmentId, orderId, fulfillmentId, location } = plan;
  const costOf = new Map(costs.map(({ sku, ...cost }) => [sku, cost]));
  const ordered = slim(lines).map((line) => {
    const unitCost = costOf.get(line.sku);
    return unitCost ? { ...line, unitCost } : line;
  });
  const ref = { supplierOrderId, number, supplier: partner, shipmentId, orderId, fulfillmentId, location };
  return { type: 'DrawUpSupplierOrder', data: { ...ref, lines: ordered, ...(shipBy === undefined ? {} : { shipBy }), now } };
};

const shortReason = { code: 'short-packed', detail: 'It sent fewer.', by: 'provider' };

const facts: Facts = {
  ShipmentPlanned: ({ plannedAt, ...plan }) => drawnUp(plan, plannedAt),
  ShipmentAccepted: ({ lines, shipsAt, acceptedAt: now }) => ({
    type: 'RecordAcceptance',
    data: { ...(lines ? { lines } : {}), ...(shipsAt === undefined ? {} : { shipsAt }), now },
  }),
  ShipmentRejected: ({ lines, reason, rejectedAt: now }, plan) => ({
    type: 'RecordRejection',
    data: { lines: lines ?? slim(plan.lines), reason, now },
  }),
  // Units that no parcel holds, and that it will not send later.
  ShipmentPicked: ({ short, pickedAt: now }) =>
    short.length === 0 || areToFollow(short)
      ? undefined
      : { type: 'RecordRejection', data: { lines: slim(short), reason: short[0]?.reason ?? shortReason, now } },
  ShipmentDispatched: ({ shipmentId, lines, carrier, parcels, dispatchedAt }) => ({
    type: 'RecordNotice',
    data: {
      ...{ shipmentId, lines, carrier, shippedAt: dispatchedAt, now: dispatchedAt },
      parcels: parcels.map(({ parcelId, trackingNumber }) => ({ parcelId, trackingNumber })),
    },
  }),
  ShipmentCancelled: ({ lines, reason, cancelledAt: now }, plan) => ({
    type: 'RecordCancellation',
    data: { lines: lines.length > 0 ? lines : slim(plan.lines), reason, now },
  }),
};

/** What a fact of a shipment says of what was ordered of its supplier. */
export const supplierOrderFact = ({ type, data }: ShipmentEvent, plan: Plan): SupplierOrderCommand | undefined =>
  (facts[type] as ((data: unknown, plan: Plan) => SupplierOrderCommand | undefined) | undefined)?.(data, plan);
