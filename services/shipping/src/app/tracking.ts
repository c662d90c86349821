import type { ShippingEvent } from '@cartage/contracts';
import { Refused, type DataOf, type Deadlines, type Meta } from '@cartage/eventsourcing';
import type { Carrier, CarrierMessage, Carriers, NotUnderstood, TrackingUpdate } from './carrier';
import { waitOn, type ParkedScan, type ParkReason, type ScanParking } from './parked-scans';
import type { DeliveryRegister, TrackingNumber, TrackingRegister } from './registers';
import type { ShipmentLog } from './shipment-log';
import type { ReturnScans } from './way-back/return-scans';

export interface TrackingNeeds {
  readonly log: ShipmentLog;
  readonly carriers: Carriers;
  readonly register: TrackingRegister;
  readonly parking: ScanParking;
  /** Of parcels that come back to us. */
  readonly returning: Pick<ReturnScans, 'record'>;
  readonly deadlines: Pick<Deadlines, 'set'>;
  readonly deliveries: Pick<DeliveryRegister, 'answerTo' | 'remember'>;
  /** How long a delivery is remembered. */
  readonly rememberedMs: number;
  /** By how much a carrier's clock may be ahead of ours. */
  readonly aheadMs: number;
  /** Of a scan that waits, by carrier, tracking number and the carrier's own id. */
  readonly scanIdOf: (...named: readonly string[]) => string;
  readonly now: () => Date;
}

/** A carrier's message as it came over the wire. */
export interface Webhook {
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  readonly rawBody: Uint8Array;
  readonly payload: unknown;
}

/** A scan that is not recorded yet. */
export interface Waiting {
  readonly scanId: string;
  readonly trackingNumber: string;
  readonly eventId: string;
  readonly waitsFor: ParkReason;
}

/** What became of the scans of a webhook. */
export interface Received {
  readonly received: number;
  /** Recorded, now or by an earlier webhook. */
  readonly applied: number;
  /** Kept until what they wait for comes. */
  readonly parked: readonly Waiting[];
  /** What of the message said nothing that could be used. */
  readonly notUnderstood: readonly NotUnderstood[];
}

/** What carriers tell of parcels on their way. */
export interface Tracking {
  receive(carrier: string, webhook: Webhook, meta: Meta): Promise<Received>;
  /** What a carrier told, by whichever way. */
  take(carrier: string, message: CarrierMessage, meta: Meta): Promise<Received>;
  /** A tracking number is known from now on: scans that waited for it are recorded. */
  begin(label: DataOf<ShippingEvent, 'LabelPurchased'>, meta: Meta): Promise<void>;
  /** Somebody else knows this number from now on: scans that waited for it are recorded. */
  found(number: TrackingNumber, meta: Meta): Promise<void>;
  /** Records a scan; or says what it waits for. */
  record(scan: ParkedScan, meta: Meta): Promise<ParkReason | undefined>;
}

export const createTracking = (needs: TrackingNeeds): Tracking => ({
  receive: async (name, { headers, rawBody, payload }, meta) => {
    const carrier = carrierOf(needs.carriers, name);
    requireSignature(carrier, headers, rawBody);
    const since = new Date(needs.now().getTime() - needs.rememberedMs);
    requireRemembered(carrier, payload, since);
    const delivery = { carrier: name, rawBody };
    const before = await needs.deliveries.answerTo(delivery, since);
    if (before) return before;
    const answer = await take(needs, { carrier: name, ...carrier.normalise(payload) }, meta);
    await needs.deliveries.remember(delivery, answer, needs.now());
    return answer;
  },

  take: (carrier, message, meta) => take(needs, { carrier, ...message }, meta),

  begin: async ({ carrier, parcels, shipmentId }, meta) => {
    await Promise.all(parcels.map(({ trackingNumber }) => beginOne(needs, { carrier, trackingNumber, shipmentId }, meta)));
  },

  found: (number, meta) => unpark(needs, number, meta),

  record: (scan, meta) => record(needs, scan, meta),
});

const take = async (
  needs: TrackingNeeds,
  { carrier, updates, notUnderstood }: CarrierMessage & { readonly carrier: string },
  meta: Meta,
): Promise<Received> => {
  const waiting = await Promise.all(updates.map((update) => recordOrPark(needs, parkable(needs, carrier, update), meta)));
  const parked = waiting.flatMap((scan) => (scan ? [waitingOf(scan)] : []));
  return { received: updates.length + notUnderstood.length, applied: updates.length - parked.length, parked, notUnderstood };
};

const waitingOf = ({ scanId, trackingNumber, eventId, waitsFor }: ParkedScan): Waiting => ({ scanId, trackingNumber, eventId, waitsFor });

const parkable = ({ scanIdOf, now }: TrackingNeeds, carrier: string, update: TrackingUpdate): ParkedScan => ({
  ...update,
  ...{
    scanId: scanIdOf(carrier, update.trackingNumber, update.eventId),
    carrier,
    waitsFor: 'number-unknown',
    parkedAt: now().toISOString(),
  },
});

const beginOne = async (needs: TrackingNeeds, { shipmentId, ...number }: TrackingNumber & { readonly shipmentId: string }, meta: Meta) => {
  await needs.register.add({ ...number, shipmentId });
  await unpark(needs, number, meta);
};

const unpark = async (needs: TrackingNeeds, number: TrackingNumber, meta: Meta): Promise<void> => {
  await Promise.all((await needs.parking.waiting(number)).map((scan) => recordParked(needs, scan, meta)));
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

/** Older than what is remembered it may have been taken before: nobody could tell. */
const requireRemembered = ({ name, madeAt }: Carrier, payload: unknown, since: Date): void => {
  const at = madeAt?.(payload);
  if (at === undefined || !(Date.parse(at) < since.getTime())) return;
  const message = `Carrier ${name} says that it made this at ${at}, which is longer ago than deliveries are remembered.`;
  throw new Refused('WEBHOOK_STALE', message, 'invalid', [{ field: 'created_at', code: 'WEBHOOK_STALE', message }]);
};

const isAhead = ({ aheadMs, now }: TrackingNeeds, { occurredAt }: TrackingUpdate): boolean =>
  Date.parse(occurredAt) > now().getTime() + aheadMs;

/** What waits longer than it should is a person's business, never a reason to refuse the scans beside it. */
const record = async (needs: TrackingNeeds, scan: ParkedScan, meta: Meta): Promise<ParkReason | undefined> => {
  if (isAhead(needs, scan)) return 'dated-ahead';
  const shipmentId = await needs.register.find(scan);
  if (shipmentId === undefined) return (await needs.returning.record(scan, meta)) ? undefined : 'number-unknown';
  try {
    await apply(needs, scan, { shipmentId, meta });
    return undefined;
  } catch (error) {
    if (error instanceof Refused && error.kind === 'unknown') return 'label-unused';
    throw error;
  }
};

const recordParked = async (needs: TrackingNeeds, scan: ParkedScan, meta: Meta): Promise<ParkReason | undefined> => {
  const waitsFor = await record(needs, scan, meta);
  if (waitsFor === undefined) await needs.parking.take([scan.scanId]);
  return waitsFor;
};

/** Tried again after parking: `begin` registers first and looks for parked scans second, so one of the two finds the other. Gives the scan if it waits. */
const recordOrPark = async (needs: TrackingNeeds, scan: ParkedScan, meta: Meta): Promise<ParkedScan | undefined> => {
  const waitsFor = await record(needs, scan, meta);
  if (waitsFor === undefined) return undefined;
  const parked = { ...scan, waitsFor };
  await needs.parking.park(parked);
  await waitOn(needs, parked);
  return (await recordParked(needs, parked, meta)) === undefined ? undefined : parked;
};

interface Recording {
  readonly shipmentId: string;
  readonly meta: Meta;
}

/** The command id is the carrier's own event id of that parcel: however often and by whichever way a scan comes, it is recorded once. */
const apply = async ({ log, now }: TrackingNeeds, parked: ParkedScan, { shipmentId, meta }: Recording): Promise<void> => {
  const { carrier, trackingNumber, scanId: _ours, waitsFor: _waited, parkedAt: _at, ...scan } = parked;
  const { fingerprint: _body, ...cause } = meta;
  const scanned: Meta = { ...cause, commandId: `scan:${carrier}:${trackingNumber}:${scan.eventId}`, actor: `carrier:${carrier}` };
  await log.send(shipmentId, { type: 'RecordScan', data: { trackingNumber, scan, now: now().toISOString() } }, scanned);
};
