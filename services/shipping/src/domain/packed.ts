import type { LineQuantity } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { Plan, ShipmentEvent } from './events';
import { isBoundForStore } from './bound-for-store';
import type { Collected, Packed, Shipment, Tracked } from './shipment';

/** Of what was planned, what is there. */
export const found = (planned: Plan['lines'], lines: readonly LineQuantity[]): Plan['lines'] => {
  const notes = new Map(planned.map((line) => [line.lineId, line]));
  return lines.map((line) => ({ ...notes.get(line.lineId), ...line }));
};

export const packedOf = ({ plan, parcels, packedAt, labelledBy }: Packed): Packed & { readonly status: 'packed' } => ({
  ...{ status: 'packed', plan, parcels, packedAt },
  ...(labelledBy === undefined ? {} : { labelledBy }),
});

/** What was cancelled is packed by whoever had sent it all the same. */
export const packed = (shipment: Shipment, { parcels, packedAt, labelledBy }: DataOf<ShipmentEvent, 'ShipmentPacked'>): Shipment => {
  if ((shipment.status !== 'to-pack' && shipment.status !== 'cancelled') || !shipment.plan) return shipment;
  return packedOf({ plan: shipment.plan, parcels, packedAt, ...(labelledBy === undefined ? {} : { labelledBy }) });
};

/** Without what was refused at the counter. */
export const collected = (
  shipment: Packed,
  { lines, parcels }: Pick<DataOf<ShipmentEvent, 'ShipmentDispatched'>, 'lines' | 'parcels'>,
  collectedAt: string,
): Collected => {
  const { plan, packedAt } = packedOf(shipment);
  const taken = new Map(parcels.map((parcel) => [parcel.parcelId, parcel.lines]));
  return {
    status: 'collected',
    plan: { ...plan, lines: found(plan.lines, lines) },
    parcels: shipment.parcels.flatMap((parcel) => {
      const inside = taken.get(parcel.parcelId);
      return inside ? [{ ...parcel, lines: inside }] : [];
    }),
    packedAt,
    collectedAt,
  };
};

/** What a carrier brought to a store is delivered when the customer has fetched it. */
export const fetched = (shipment: Shipment, fetchedAt: string): Shipment =>
  'dispatchedAt' in shipment && isBoundForStore(shipment.plan) ? { ...shipment, fetchedAt } : shipment;

export const withUnitsBack = (back: Tracked['back'], lines: readonly LineQuantity[]): ReadonlyMap<string, number> => {
  const units = new Map(back);
  for (const { lineId, quantity } of lines) units.set(lineId, (units.get(lineId) ?? 0) + quantity);
  return units;
};
