import { invalidField, messageOf, Refused, type Handled, type Meta, type Send } from '@cartage/eventsourcing';
import type { ManifestEvent } from '../domain/days/events';
import { clockOf, endOfDay, localDay } from '../domain/days/local-day';
import { unknownManifest, type ClosedManifest, type Manifest, type ManifestCommand } from '../domain/days/manifest';
import { hasLabel } from '../domain/shipment';
import type { Carriers, ManifestRequest } from './carrier';
import { requireCarrierAt } from './places';
import type { LocationRegister } from './registers';
import type { ShipmentLog } from './shipment-log';

export interface ListedManifest {
  readonly manifestId: string;
  readonly carrier: string;
  readonly location: string;
  readonly day: string;
  readonly shipments: number;
  readonly parcels: number;
  readonly reference: string | null;
  readonly url: string | null;
  readonly closedAt: string;
}

export interface ManifestFilter {
  readonly carrier?: string;
  readonly location?: string;
  readonly day?: string;
}

export interface ManifestPage {
  readonly limit: number;
  /** The `closedAt` and `manifestId` of the last one seen. */
  readonly after?: readonly [closedAt: string, manifestId: string];
}

/** What is on manifests, and what is not yet; as new as the log. */
export interface ManifestShelf {
  /** What a carrier got at a location before an instant and stands on no manifest, the first first. */
  handedOver(at: { readonly carrier: string; readonly location: string; readonly before: string }): Promise<readonly string[]>;
  /** Newest first. */
  list(filter: ManifestFilter, page: ManifestPage): Promise<readonly ListedManifest[]>;
}

export interface Closing {
  readonly carrier: string;
  readonly location: string;
  /** Local date of the location; absent: today's. */
  readonly day?: string;
}

export interface ManifestsNeeds {
  readonly send: Send<ManifestCommand, Manifest, ManifestEvent>;
  readonly read: (manifestId: string) => Promise<Manifest>;
  readonly shelf: ManifestShelf;
  readonly log: Pick<ShipmentLog, 'read'>;
  readonly carriers: Carriers;
  readonly locations: Pick<LocationRegister, 'find'>;
  readonly manifestIdOf: (...named: readonly string[]) => string;
  /** One at a time of those with the same key, in all processes. */
  readonly alone: <Value>(key: string, work: () => Promise<Value>) => Promise<Value>;
  readonly print: (manifest: ClosedManifest, locationName: string) => Promise<Uint8Array>;
  readonly now: () => Date;
}

/** The close of a carrier's day at a location: the list that the driver signs. */
export interface Manifests {
  close(closing: Closing, meta: Meta): Promise<ClosedManifest>;
  get(manifestId: string): Promise<ClosedManifest>;
  list: ManifestShelf['list'];
  print(manifestId: string): Promise<Uint8Array>;
}

export const manifestStream = (manifestId: string): string => `manifest-${manifestId}`;

const dayOf = (day: string | undefined, zone: string, now: Date): string => {
  const today = localDay(zone, now);
  if (day === undefined || day <= today) return day ?? today;
  throw invalidField('day', 'DAY_NOT_BEGUN', `It is ${today} there: a day that has not begun cannot be closed.`);
};

type Shipments = ClosedManifest['shipments'];
type Found = { readonly shipments: Shipments; readonly bookings: ManifestRequest['bookings'] };

const foundOf = async ({ shelf, log }: ManifestsNeeds, at: Parameters<ManifestShelf['handedOver']>[0]): Promise<Found> => {
  const shipmentIds = await shelf.handedOver(at);
  const standing = await Promise.all(shipmentIds.map((shipmentId) => log.read(shipmentId)));
  const labels = standing.flatMap(({ shipment }) => (hasLabel(shipment) ? [{ plan: shipment.plan, label: shipment.label }] : []));
  return {
    shipments: labels.map(({ plan, label }) => ({ shipmentId: plan.shipmentId, orderId: plan.orderId, parcels: label.parcels })),
    bookings: labels.map(({ label }) => ({ reference: label.labelId, parcels: label.parcels })),
  };
};

const told = async ({ carriers }: ManifestsNeeds, carrier: string, request: ManifestRequest) => {
  try {
    return (await carriers.get(carrier)?.manifest?.(request)) ?? {};
  } catch (error) {
    const message = `Carrier ${carrier} did not take the manifest: ${messageOf(error).slice(0, 300)}. Nothing is closed; close it again in a moment.`;
    throw new Refused('CARRIER_SILENT', message);
  }
};

const closed = (manifest: Manifest): ClosedManifest => {
  if (manifest.status === 'none') throw unknownManifest();
  const { status: _closed, ...data } = manifest;
  return data;
};

const close = async (needs: ManifestsNeeds, { carrier, location, day: wanted }: Closing, meta: Meta): Promise<ClosedManifest> => {
  const origin = await requireCarrierAt(needs, { carrier, location });
  const zone = clockOf(origin);
  const day = dayOf(wanted, zone, needs.now());
  const manifestId = needs.manifestIdOf(carrier, location, day);
  const before = await needs.read(manifestId);
  if (before.status === 'closed') return closed(before);
  const { shipments, bookings } = await foundOf(needs, { carrier, location, before: endOfDay(zone, day) });
  if (shipments.length === 0)
    throw new Refused('MANIFEST_EMPTY', `Nothing that ${carrier} got at ${location} until the end of ${day} stands on no manifest yet.`);
  const answer = await told(needs, carrier, { reference: manifestId, origin, day, bookings });
  const data = { manifestId, carrier, location, day, shipments, ...answer, closedAt: needs.now().toISOString() };
  const { current }: Handled<Manifest, ManifestEvent> = await needs.send(manifestStream(manifestId), { type: 'CloseManifest', data }, meta);
  return closed(current);
};

export const createManifests = (needs: ManifestsNeeds): Manifests => {
  const get = async (manifestId: string): Promise<ClosedManifest> => closed(await needs.read(manifestId));
  return {
    close: (closing, meta) => needs.alone(JSON.stringify([closing.carrier, closing.location]), () => close(needs, closing, meta)),
    get,
    list: (filter, page) => needs.shelf.list(filter, page),
    print: async (manifestId) => {
      const manifest = await get(manifestId);
      return needs.print(manifest, (await needs.locations.find(manifest.location))?.name ?? manifest.location);
    },
  };
};
