import type { ShippingEvent } from '@cartage/contracts';
import { Refused, type DataOf, type Meta } from '@cartage/eventsourcing';
import type { Carrier, Carriers, NotUnderstood, TrackingUpdate } from './carrier';
import type { TrackingNumber, TrackingRegister } from './registers';
import type { ShipmentLog } from './shipment-log';

export interface TrackingNeeds {
  readonly log: ShipmentLog;
  readonly carriers: Carriers;
  readonly register: TrackingRegister;
  readonly now: () => Date;
}

/** A carrier's message as it came over the wire. */
export interface Webhook {
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  readonly rawBody: Uint8Array;
  readonly payload: unknown;
}

/** What became of the scans of a webhook. */
export interface Received {
  readonly received: number;
  /** Recorded, now or by an earlier webhook. */
  readonly applied: number;
  /** Their tracking number is not known yet; they wait for it. */
  readonly parked: number;
  /** What of the message said nothing that could be used. */
  readonly notUnderstood: readonly NotUnderstood[];
}

/** What carriers tell of parcels on their way. */
export interface Tracking {
  receive(carrier: string, webhook: Webhook, meta: Meta): Promise<Received>;
  /** A tracking number is known from now on: scans that waited for it are recorded. */
  begin(label: DataOf<ShippingEvent, 'LabelPurchased'>, meta: Meta): Promise<void>;
}

export const createTracking = (needs: TrackingNeeds): Tracking => ({
  receive: async (name, { headers, rawBody, payload }, meta) => {
    const carrier = carrierOf(needs.carriers, name);
    requireSignature(carrier, headers, rawBody);
    const { updates, notUnderstood } = carrier.normalise(payload);
    const applied = await Promise.all(updates.map((update) => applyOrPark(needs, { carrier: name, update }, meta)));
    const count = applied.filter(Boolean).length;
    const received = updates.length + notUnderstood.length;
    return { received, applied: count, parked: updates.length - count, notUnderstood };
  },

  begin: async ({ carrier, parcels, shipmentId }, meta) => {
    await Promise.all(parcels.map(({ trackingNumber }) => beginOne(needs, { carrier, trackingNumber, shipmentId }, meta)));
  },
});

const beginOne = async (needs: TrackingNeeds, { shipmentId, ...number }: TrackingNumber & { readonly shipmentId: string }, meta: Meta) => {
  await needs.register.add({ ...number, shipmentId });
  const updates = await needs.register.parked(number);
  if (updates.length > 0) await applyParked(needs, { number, shipmentId, updates }, meta);
};

const carrierOf = (carriers: Carriers, name: string): Carrier => {
  const carrier = carriers.get(name);
  if (!carrier) throw new Refused('CARRIER_UNKNOWN', `There is no carrier ${name}. Known: ${[...carriers.keys()].join(', ')}.`, 'unknown');
  return carrier;
};

const requireSignature = (carrier: Carrier, headers: Webhook['headers'], rawBody: Uint8Array): void => {
  const header = headers[carrier.signatureHeader.toLowerCase()];
  if (carrier.verify(typeof header === 'string' ? header : undefined, rawBody)) return;
  const message = `The body is not signed by carrier ${carrier.name}. Sign its very bytes with the shared secret.`;
  throw new Refused('SIGNATURE_INVALID', message, 'invalid', [{ field: carrier.signatureHeader, code: 'SIGNATURE_INVALID', message }]);
};

interface ScanOf {
  readonly carrier: string;
  readonly update: TrackingUpdate;
}

/** Looked up again after parking: `begin` registers first and looks for parked scans second, so one of the two finds the other. */
const applyOrPark = async (needs: TrackingNeeds, { carrier, update }: ScanOf, meta: Meta): Promise<boolean> => {
  const { register } = needs;
  const number = { carrier, trackingNumber: update.trackingNumber };
  const known = await register.find(number);
  if (known !== undefined) {
    await apply(needs, { carrier, update, shipmentId: known }, meta);
    return true;
  }
  await register.park(carrier, update);
  const shipmentId = await register.find(number);
  if (shipmentId !== undefined) await applyParked(needs, { number, shipmentId, updates: [update] }, meta);
  return shipmentId !== undefined;
};

/** The command id is the carrier's own event id of that parcel: however often and by whichever way a scan comes, it is recorded once. */
const apply = async (
  { log, now }: TrackingNeeds,
  { carrier, update, shipmentId }: ScanOf & { readonly shipmentId: string },
  meta: Meta,
) => {
  const { trackingNumber, ...scan } = update;
  const { fingerprint: _body, ...cause } = meta;
  const scanned: Meta = { ...cause, commandId: `scan:${carrier}:${trackingNumber}:${scan.eventId}`, actor: `carrier:${carrier}` };
  await log.send(shipmentId, { type: 'RecordScan', data: { trackingNumber, scan, now: now().toISOString() } }, scanned);
};

interface Waiting {
  readonly number: TrackingNumber;
  readonly shipmentId: string;
  readonly updates: readonly TrackingUpdate[];
}

const applyParked = async (needs: TrackingNeeds, { number, shipmentId, updates }: Waiting, meta: Meta): Promise<void> => {
  await Promise.all(updates.map((update) => apply(needs, { carrier: number.carrier, update, shipmentId }, meta)));
  await needs.register.unpark(
    number,
    updates.map(({ eventId }) => eventId),
  );
};
