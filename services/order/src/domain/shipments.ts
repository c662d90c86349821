import type { Units } from './lines';
import { present } from './present';

/** What happens to a shipment or a parcel, in its usual order. */
export const milestones = [
  'packed',
  'label-failed',
  'handed-over',
  'in-transit',
  'out-for-delivery',
  'attempt-failed',
  'exception',
  'delivered',
  'returning',
  'returned',
  'cancelled',
] as const;
export type Milestone = (typeof milestones)[number];

/** The newest of a thing, by the clock of whoever says it. */
interface Reached {
  readonly milestone: Milestone;
  readonly at: string;
}

/** What the carrier tells of one parcel. */
export interface TrackedParcel extends Reached {
  readonly parcelId: string;
  readonly trackingNumber: string;
}

export interface Packing {
  readonly lines: Units;
  readonly parcels: readonly { readonly parcelId: string; readonly lines: Units }[];
  readonly at: string;
}

export interface Shipment extends Reached {
  readonly shipmentId: string;
  readonly fulfillmentId: string;
  readonly location: string;
  readonly carrier?: string;
  /** When the carrier got it. */
  readonly handedOverAt?: string;
  /** Of its public tracking page. */
  readonly trackingToken?: string;
  /** What is in it, by the newest packing. */
  readonly packing?: Packing;
  readonly parcels: ReadonlyMap<string, TrackedParcel>;
}

export type Shipments = ReadonlyMap<string, Shipment>;

/** As far as shipping's facts are alike. */
type Shipped = Pick<Shipment, 'shipmentId' | 'fulfillmentId' | 'location'> & { readonly carrier?: string };
type Tracked = Pick<TrackedParcel, 'parcelId' | 'trackingNumber'>;

/** Facts come in any order: the newest counts, and of two of the same moment the one that is further. */
const isNewer = (one: Reached, other: Reached): boolean => {
  const later = Date.parse(one.at) - Date.parse(other.at);
  return later > 0 || (later === 0 && milestones.indexOf(one.milestone) >= milestones.indexOf(other.milestone));
};

const newest = <Each extends Reached>(one: Each, other: Each | undefined): Each => (other && !isNewer(one, other) ? other : one);

/** The shipments after one of them reached a milestone, with what else that says of it. */
export const withShipment = (
  shipments: Shipments,
  { shipmentId, fulfillmentId, location, carrier }: Shipped,
  { milestone, at, ...more }: Reached & Partial<Pick<Shipment, 'packing' | 'parcels' | 'handedOverAt' | 'trackingToken'>>,
): Shipments => {
  const before = shipments.get(shipmentId);
  const parcels: Shipment['parcels'] = before?.parcels ?? new Map();
  const known = { shipmentId, fulfillmentId, location, ...present({ carrier }), parcels, ...before, ...more };
  return new Map(shipments).set(shipmentId, {
    ...known,
    ...newest({ milestone, at }, before && { milestone: before.milestone, at: before.at }),
  });
};

/** The same, where it is parcels of it that reached it. */
export const withParcels = (
  shipments: Shipments,
  shipped: Shipped & { readonly parcels: readonly Tracked[] },
  reached: Reached,
): Shipments => {
  const parcels = new Map(shipments.get(shipped.shipmentId)?.parcels);
  for (const { parcelId, trackingNumber } of shipped.parcels)
    parcels.set(parcelId, newest({ parcelId, trackingNumber, ...reached }, parcels.get(parcelId)));
  return withShipment(shipments, shipped, { ...reached, parcels });
};

/** The carrier has it. */
export const withHandover = (
  shipments: Shipments,
  data: Parameters<typeof withParcels>[1] & { readonly dispatchedAt: string; readonly trackingToken?: string },
): Shipments => {
  const reached = { milestone: 'handed-over', at: data.dispatchedAt } as const;
  return withShipment(withParcels(shipments, data, reached), data, {
    ...{ ...reached, handedOverAt: data.dispatchedAt },
    ...present({ trackingToken: data.trackingToken }),
  });
};

/** Whether a packing says nothing new: its shipment was packed again later, or is not to go out at all. */
export const isOutdated = (shipment: Shipment | undefined, packedAt: string): boolean =>
  shipment?.milestone === 'cancelled' || (shipment?.packing !== undefined && Date.parse(packedAt) < Date.parse(shipment.packing.at));

/** How far a shipment is: as far as what of it has not been delivered yet. */
export const standingOf = (shipment: Shipment): Reached => {
  const parcels = [...shipment.parcels.values()];
  const open = parcels.filter(({ milestone }) => milestone !== 'delivered');
  if (shipment.milestone !== 'delivered' || open.length === 0) return { milestone: shipment.milestone, at: shipment.at };
  const { milestone, at } = open.reduce((furthest, each) => newest(each, furthest));
  return { milestone, at };
};
