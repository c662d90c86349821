import { AT_COUNTER, type LineQuantity, type Parcel } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { Plan, ShipmentEvent } from './events';
import { byPartner, notNow, refOf } from './refusals';
import { handOverAtStore, unitsIn } from './at-store';
import { isBoundForStore } from './bound-for-store';
import { isCarried, isCollected, isPackedOnly, type Carried, type Collected, type Shipment } from './shipment';
import type { Beside } from './beside';

/*
 * What customers fetch goes out at the counter: it is dispatched and delivered at once, so that stock, money, the order and returns follow what they know. Who may have
 * it, and until when, routing decides; what is left of it when something was refused stays at the location, and its claim is given back.
 */

export interface Handover {
  readonly handoverId: string;
  /** What was taken. */
  readonly lines: readonly LineQuantity[];
  /** What was refused at the counter. */
  readonly declined: readonly LineQuantity[];
  readonly handedOverAt: string;
  readonly now: string;
}

/** No carrier takes what the customer fetches where it is. */
export const isFetchedHere = ({ method, location, pickupLocation }: Pick<Plan, 'method' | 'location' | 'pickupLocation'>): boolean =>
  method === 'pickup' || (method === 'ship-to-store' && pickupLocation === location);

/** The carrier has it, or the customer. */
export const isGone = (shipment: Shipment): shipment is Beside & (Carried | Collected) => isCarried(shipment) || isCollected(shipment);

/** No carrier numbered them. */
const numbered = (parcels: readonly Parcel[], { lines, handoverId }: Handover) =>
  unitsIn(parcels, lines).map(({ parcelId, lines: taken }) => ({ parcelId, trackingNumber: `${handoverId}/${parcelId}`, lines: taken }));

export const handOver = (handover: Handover, shipment: Shipment): readonly ShipmentEvent[] => {
  if (isCarried(shipment) && isBoundForStore(shipment.plan)) return handOverAtStore(handover, { ...shipment, plan: shipment.plan });
  if (isGone(shipment)) return [];
  if (!isPackedOnly(shipment)) throw notNow(shipment);
  if (!isFetchedHere(shipment.plan)) throw new Refused('SHIPMENT_NOT_FETCHED', 'A carrier takes it: nobody fetches it here.');
  const { handoverId, lines, handedOverAt, now } = handover;
  const common = { ...refOf(shipment.plan), carrier: AT_COUNTER, parcels: numbered(shipment.parcels, handover), lines };
  return [
    { type: 'ShipmentDispatched', data: { ...common, ...byPartner(shipment.plan), dispatchedAt: handedOverAt } },
    { type: 'ShipmentDelivered', data: { ...common, eventId: handoverId, occurredAt: handedOverAt, recordedAt: now } },
  ];
};
