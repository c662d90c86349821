import type { ShippingEvent } from '@cartage/contracts';
import type { DataOf, Deadline, Deadlines, Meta } from '@cartage/eventsourcing';
import { silences, type Silence } from '../../domain/way-back/events';
import { currentLabel, lastScan, type ReturnLabel } from '../../domain/way-back/way-back';
import type { Carriers } from '../carrier';
import type { ParkedScan } from '../parked-scans';
import type { TrackingNumber } from '../registers';
import type { Tracking } from '../tracking';
import { wayBackStream, type WayBackLog } from './way-back-log';

/** Of which return a tracking number, or the link to a label, is. */
export interface ReturnNumbers {
  add(label: TrackingNumber & { readonly returnId: string; readonly orderId: string; readonly link: string }): Promise<void>;
  find(number: TrackingNumber): Promise<string | undefined>;
  behind(link: string): Promise<string | undefined>;
}

export interface ReturnScansNeeds {
  readonly log: WayBackLog;
  readonly numbers: ReturnNumbers;
  readonly deadlines: Pick<Deadlines, 'set'>;
  /** How long nothing may be heard; 0: that is never noticed. */
  readonly patienceMs: { readonly [Of in Silence]: number };
  readonly now: () => Date;
}

type Scanned = DataOf<ShippingEvent, 'ReturnParcelScanned'>;

/** What carriers tell of parcels on their way back, and when they tell nothing. */
export interface ReturnScans {
  /** Whether it is of such a parcel. */
  record(scan: ParkedScan, meta: Meta): Promise<boolean>;
  /** From this scan on something should be heard again. */
  watch(scanned: Scanned): Promise<void>;
  onDue(deadline: Deadline, meta: Meta): Promise<void>;
}

interface Due {
  readonly returnId: string;
  readonly trackingNumber: string;
  readonly since: string;
  readonly standing: Silence;
}

const DUE = 'ReturnParcelSilent';

const silence = ({ patienceMs }: ReturnScansNeeds, due: Due): readonly Deadline[] => {
  const { returnId, trackingNumber, since, standing } = due;
  if (patienceMs[standing] <= 0) return [];
  const dueAt = new Date(Date.parse(since) + patienceMs[standing]).toISOString();
  return [
    { id: `${DUE}-${returnId}-${trackingNumber}-${since}-${standing}`, stream: wayBackStream(returnId), name: DUE, dueAt, data: due },
  ];
};

/** The command id is the carrier's own event id of that parcel: however often and by whichever way a scan comes, it is recorded once. */
const record = async ({ log, numbers, now }: ReturnScansNeeds, parked: ParkedScan, meta: Meta): Promise<boolean> => {
  const returnId = await numbers.find(parked);
  if (returnId === undefined) return false;
  const { carrier, trackingNumber, scanId: _ours, waitsFor: _waited, parkedAt: _at, ...scan } = parked;
  const { fingerprint: _body, ...cause } = meta;
  const scanned: Meta = { ...cause, commandId: `scan:${carrier}:${trackingNumber}:${scan.eventId}`, actor: `carrier:${carrier}` };
  await log.send(returnId, { type: 'RecordReturnScan', data: { trackingNumber, scan, now: now().toISOString() } }, scanned);
  return true;
};

export const createReturnScans = (needs: ReturnScansNeeds): ReturnScans => ({
  record: (scan, meta) => record(needs, scan, meta),
  watch: async ({ returnId, trackingNumber, occurredAt: since, milestone }) => {
    if (milestone === 'delivered') return;
    for (const standing of silences)
      for (const deadline of silence(needs, { returnId, trackingNumber, since, standing })) await needs.deadlines.set(deadline);
  },
  onDue: async ({ name, data }, meta) => {
    if (name !== DUE) return;
    const { returnId, ...silent } = data as Due;
    await needs.log.send(returnId, { type: 'NoticeSilence', data: { ...silent, now: needs.now().toISOString() } }, meta);
  },
});

export interface ReturnPollingNeeds extends Pick<ReturnScansNeeds, 'log' | 'deadlines' | 'now'> {
  readonly carriers: Carriers;
  /** Those that send no webhooks. */
  readonly polled: readonly string[];
  readonly tracking: Pick<Tracking, 'take'>;
}

interface Poll {
  readonly returnId: string;
  readonly labelId: string;
  readonly asked: number;
}

const POLL = 'ReturnTrackingDue';
const EVERY_MS = 12 * 3_600_000;
/** Four months: by then it is lost, or nobody ever sent it. */
const MOST = 240;

/** Of each label: a return that is allowed again has another. */
const next = ({ returnId, labelId, asked }: Poll, now: Date): Deadline => ({
  ...{ id: `${POLL}-${returnId}-${labelId}-${asked}`, stream: wayBackStream(returnId), name: POLL },
  dueAt: new Date(now.getTime() + EVERY_MS).toISOString(),
  data: { returnId, labelId, asked } satisfies Poll,
});

const isUnderway = (label: ReturnLabel | undefined): label is ReturnLabel & Required<Pick<ReturnLabel, 'bought'>> =>
  label?.bought !== undefined && lastScan(label)?.milestone !== 'delivered';

const poll = async (needs: ReturnPollingNeeds, due: Poll, meta: Meta): Promise<void> => {
  const label = currentLabel(await needs.log.read(due.returnId));
  if (!isUnderway(label) || label.asked.labelId !== due.labelId || due.asked >= MOST) return;
  const carrier = needs.carriers.get(label.asked.carrier);
  const message = await carrier?.track?.([{ parcelId: '1', trackingNumber: label.bought.trackingNumber }]).catch(() => undefined); // Away: as quiet as one that has nothing to tell.
  if (message) await needs.tracking.take(label.asked.carrier, message, meta);
  await needs.deadlines.set(next({ ...due, asked: due.asked + 1 }, needs.now()));
};

type OfLabel = Pick<DataOf<ShippingEvent, 'ReturnLabelPurchased'>, 'returnId' | 'labelId' | 'carrier'>;

/** Asks carriers that tell nothing by themselves, as long as something may still come. */
export const createReturnPolling = (needs: ReturnPollingNeeds) => ({
  begin: async ({ returnId, labelId, carrier }: OfLabel): Promise<void> => {
    if (needs.polled.includes(carrier)) await needs.deadlines.set(next({ returnId, labelId, asked: 1 }, needs.now()));
  },
  onDue: async ({ name, data }: Deadline, meta: Meta): Promise<void> => {
    if (name === POLL) await poll(needs, data as Poll, meta);
  },
});
