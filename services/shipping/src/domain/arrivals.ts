import type { Reason } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { Beside } from './beside';
import type { Scan, ShipmentEvent } from './events';
import type { Events, Heard } from './heard';
import { lostSince } from './loss';
import type { PartnerParcel } from './partner-notice';
import { decideScan } from './scans';
import { evolve, isCarried, type Carried, type Shipment, type Tracked } from './shipment';

/* Of parcels that no carrier of ours scans: that they are there, whoever sent them says, or it is taken for so after a time that was agreed. */

const toldByPartner: Reason = { code: 'told-by-partner', detail: 'Whoever fulfils it said so.', by: 'provider' };

const isMeant = ({ parcelId, trackingNumber }: Tracked, told: readonly PartnerParcel[] | undefined): boolean =>
  !told ||
  told.some((parcel) => parcel.trackingNumber === trackingNumber || (parcel.trackingNumber === undefined && parcel.parcelId === parcelId));

/** It says so in place of a carrier: as a scan of each parcel, once. */
export const deliveredHeard = ({ shipment, heard: { now }, notice: { parcels: told, deliveredAt } }: Heard<'delivered'>): Events => {
  if (!isCarried(shipment))
    throw new Refused('SHIPMENT_NOT_DISPATCHED', 'Nothing was heard yet of its leaving: what is delivered waits for that.', 'unknown');
  const parcels = shipment.tracked.filter((parcel) => isMeant(parcel, told));
  if (parcels.length === 0)
    throw new Refused('PARCEL_UNKNOWN', 'No parcel of it that has left has this number: what is delivered waits for that.', 'unknown');
  return arrivalsOf(shipment, { eventId: toldByPartner.code, occurredAt: deliveredAt, reason: toldByPartner }, { now, parcels });
};

type Told = Pick<Scan, 'eventId' | 'occurredAt'> & { readonly reason: Reason };

/** Each as a scan, in place of one of its carrier: once by its id. */
const arrivalsOf = (
  shipment: Beside & Carried,
  told: Told,
  { parcels, now }: { readonly parcels: readonly Tracked[]; readonly now: string },
): Events =>
  parcels.reduce<{ readonly state: Shipment; readonly events: Events }>(
    ({ state, events }, { trackingNumber }) => {
      const more = decideScan({ trackingNumber, scan: { ...told, milestone: 'delivered' }, now }, state);
      return { state: more.reduce<Shipment>(evolve, state), events: [...events, ...more] };
    },
    { state: shipment, events: [] },
  ).events;

const supposed: Reason = { code: 'supposed-delivered', detail: 'Nothing was heard of it for as long as was agreed.', by: 'policy' };

/** Of which nothing was ever heard: whoever scans one parcel of a shipment may yet scan it. */
const isSilent = (shipment: Beside & Carried): boolean =>
  shipment.tracked.every(({ parcelId, scans }) => scans.length === 0 && lostSince(shipment, parcelId) === undefined);

export const supposeDelivered = ({ now }: { readonly now: string }, shipment: Shipment): readonly ShipmentEvent[] => {
  if (!isCarried(shipment) || !isSilent(shipment)) return [];
  return arrivalsOf(shipment, { eventId: supposed.code, occurredAt: now, reason: supposed }, { parcels: shipment.tracked, now });
};
