import type { Reason } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { ShipmentEvent } from './events';
import { lostParcels } from './loss';
import { withContents } from './packing';
import { notNow, refOf } from './refusals';
import { hasLabel, isCarried, type Carried, type Shipment, type Tracked } from './shipment';

/** Which parcels, and why; all of those that it can be said of, if none is named. */
export interface OfLoss {
  readonly parcelId?: string;
  readonly reason: Reason;
  readonly now: string;
}

const requireCarried = (shipment: Shipment): Carried => {
  if (isCarried(shipment)) return shipment;
  if (hasLabel(shipment)) throw new Refused('SHIPMENT_NOT_DISPATCHED', 'No carrier has it yet.');
  throw notNow(shipment);
};

const named = ({ tracked }: Carried, parcelId: string | undefined): readonly Tracked[] => {
  const parcels = tracked.filter((parcel) => parcelId === undefined || parcel.parcelId === parcelId);
  if (parcels.length > 0) return parcels;
  const message = 'is no parcel of this shipment';
  throw new Refused('PARCEL_UNKNOWN', `Parcel ${parcelId ?? ''} ${message}.`, 'invalid', [
    { field: 'parcelId', code: 'PARCEL_UNKNOWN', message },
  ]);
};

const isUnderway = ({ status }: Tracked): boolean => status !== 'delivered' && status !== 'returned';

const told = (shipment: Carried, parcels: readonly Tracked[]) => {
  const whole = withContents(
    parcels.map(({ parcelId, trackingNumber }) => ({ parcelId, trackingNumber })),
    shipment.parcels,
  );
  const { plan, label } = shipment;
  return { ...refOf(plan), carrier: label.carrier, parcels: whole, lines: whole.flatMap(({ lines }) => lines) };
};

export const declareLost = ({ parcelId, reason, now }: OfLoss, before: Shipment): readonly ShipmentEvent[] => {
  const shipment = requireCarried(before);
  const parcels = named(shipment, parcelId);
  const underway = parcels.filter(isUnderway);
  if (underway.length === 0) throw new Refused('PARCEL_ARRIVED', 'It arrived, with the customer or with us: it is not lost.');
  const known = lostParcels(before);
  const lost = underway.filter(({ parcelId }) => !known.has(parcelId));
  return lost.length === 0 ? [] : [{ type: 'ParcelLost', data: { ...told(shipment, lost), reason, lostAt: now } }];
};

export const found = (shipment: Carried, parcels: readonly Tracked[], { reason, now }: OfLoss): ShipmentEvent => ({
  type: 'ParcelFound',
  data: { ...told(shipment, parcels), reason, foundAt: now },
});

export const declareFound = (of: OfLoss, before: Shipment): readonly ShipmentEvent[] => {
  const shipment = requireCarried(before);
  const known = lostParcels(before);
  const lost = named(shipment, of.parcelId).filter(({ parcelId }) => known.has(parcelId));
  if (lost.length === 0) throw new Refused('PARCEL_NOT_LOST', 'Nobody said that it is lost, or it was found before.');
  return [found(shipment, lost, of)];
};
