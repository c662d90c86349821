import { Refused, type Deadline, type Deadlines, type Meta } from '@cartage/eventsourcing';
import type { TrackingUpdate } from './carrier';
import type { TrackingNumber } from './registers';

/**
 * Why a scan waits: nobody here bought a label of that number, or not yet; the label was not used after all; or its carrier's clock is ahead, and what it says would
 * count as newer than everything until then.
 */
export const parkReasons = ['number-unknown', 'label-unused', 'dated-ahead'] as const;
export type ParkReason = (typeof parkReasons)[number];

/** A scan that waits. */
export interface ParkedScan extends TrackingUpdate {
  /** Ours. */
  readonly scanId: string;
  readonly carrier: string;
  readonly waitsFor: ParkReason;
  readonly parkedAt: string;
}

export interface ParkedScanFilter {
  readonly carrier?: string;
  readonly waitsFor?: ParkReason;
}

export interface ParkedScanPage {
  readonly limit: number;
  /** The `parkedAt` and `scanId` of the last one seen. */
  readonly after?: readonly [parkedAt: string, scanId: string];
}

/** Who dismissed a scan, and why. */
export interface Dismissal {
  readonly reason: string;
  readonly actor: string;
  readonly at: string;
}

/** Where scans wait, each once for the carrier's event id and parcel. One that was dismissed is remembered: sent again, it does not come back. */
export interface ScanParking {
  park(scan: ParkedScan): Promise<void>;
  /** Those of a number that wait, in the order in which they came. */
  waiting(number: TrackingNumber): Promise<readonly ParkedScan[]>;
  /** They are recorded: nothing of them stays here. */
  take(scanIds: readonly string[]): Promise<void>;
  find(scanId: string): Promise<{ readonly scan: ParkedScan; readonly dismissed: boolean } | undefined>;
  /** Those that wait, oldest first. */
  list(filter: ParkedScanFilter, page: ParkedScanPage): Promise<readonly ParkedScan[]>;
  dismiss(scanId: string, dismissal: Dismissal): Promise<void>;
}

/** What became of a scan that somebody tried again. */
export interface Retried {
  readonly scanId: string;
  readonly status: 'recorded' | 'parked';
  /** Why it still waits. */
  readonly waitsFor?: ParkReason;
}

/** For people: what carriers told and nothing here fits. */
export interface ParkedScans {
  list: ScanParking['list'];
  retry(scanId: string, meta: Meta): Promise<Retried>;
  dismiss(scanId: string, reason: string, meta: Meta): Promise<ParkedScan>;
  onDue(deadline: Deadline, meta: Meta): Promise<void>;
}

export interface ParkedScansNeeds {
  readonly parking: ScanParking;
  /** Records a scan, or says what it waits for. */
  readonly record: (scan: ParkedScan, meta: Meta) => Promise<ParkReason | undefined>;
  readonly deadlines: Pick<Deadlines, 'set'>;
  readonly now: () => Date;
}

const DUE = 'ParkedScanDue';

/** How long after its last try a scan of a label that is not used is tried again: the label may be bought again, or its purchase be heard late. Then it is a person's. */
const PAUSES_MIN = [5, 30, 120, 720, 1_440];

interface Due {
  readonly scanId: string;
  /** How often it was tried since it was parked. */
  readonly tries?: number;
}

interface WaitingNeeds {
  readonly deadlines: Pick<Deadlines, 'set'>;
  readonly now: () => Date;
}

/** When it is looked at again by itself: one that is dated ahead when its time has come. What waits for its number is found by that. */
const againAt = ({ waitsFor, occurredAt }: ParkedScan, now: Date, tries: number): string | undefined => {
  if (waitsFor === 'dated-ahead') return occurredAt;
  const pause = waitsFor === 'label-unused' ? PAUSES_MIN[tries] : undefined;
  return pause === undefined ? undefined : new Date(now.getTime() + pause * 60_000).toISOString();
};

export const waitOn = async ({ deadlines, now }: WaitingNeeds, scan: ParkedScan, tries = 0): Promise<void> => {
  const { scanId, waitsFor } = scan;
  const dueAt = againAt(scan, now(), tries);
  if (dueAt === undefined) return;
  const id = `parked-scan-${scanId}-${waitsFor}-${tries}`;
  await deadlines.set({ id, stream: `parked-scan-${scanId}`, name: DUE, dueAt, data: { scanId, tries } satisfies Due });
};

const found = async ({ parking }: ParkedScansNeeds, scanId: string) => {
  const there = await parking.find(scanId);
  if (there) return there;
  throw new Refused('PARKED_SCAN_UNKNOWN', 'There is no such scan that waits: it was recorded meanwhile, or never came.', 'unknown');
};

const retry = async (needs: ParkedScansNeeds, scanId: string, meta: Meta): Promise<Retried> => {
  const { scan, dismissed } = await found(needs, scanId);
  if (dismissed) throw new Refused('PARKED_SCAN_DISMISSED', 'Somebody dismissed this scan. Let the carrier send it under another id.');
  const waitsFor = await needs.record(scan, meta);
  if (waitsFor !== undefined) return { scanId, status: 'parked', waitsFor };
  await needs.parking.take([scanId]);
  return { scanId, status: 'recorded' };
};

const tryAgain = async (needs: ParkedScansNeeds, { scanId, tries = 0 }: Due, meta: Meta): Promise<void> => {
  const parked = await needs.parking.find(scanId);
  // Recorded or dismissed before: nothing waits any more.
  if (!parked || parked.dismissed) return;
  const { waitsFor } = await retry(needs, scanId, meta);
  if (waitsFor !== undefined) await waitOn(needs, { ...parked.scan, waitsFor }, tries + 1);
};

export const createParkedScans = (needs: ParkedScansNeeds): ParkedScans => ({
  list: (filter, page) => needs.parking.list(filter, page),
  retry: (scanId, meta) => retry(needs, scanId, meta),
  dismiss: async (scanId, reason, { actor }) => {
    const { scan, dismissed } = await found(needs, scanId);
    if (!dismissed) await needs.parking.dismiss(scanId, { reason, actor, at: needs.now().toISOString() });
    return scan;
  },
  onDue: async ({ name, data }, meta) => {
    if (name !== DUE) return;
    await tryAgain(needs, data as Due, meta);
  },
});
