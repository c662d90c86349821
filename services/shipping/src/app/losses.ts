import type { Reason } from '@cartage/contracts';
import { Refused, type Deadline, type Deadlines, type Meta } from '@cartage/eventsourcing';
import type { Shipment } from '../domain/shipment';
import type { ShipmentLog } from './shipment-log';

/** A shipment that takes longer than its lane usually does. */
export interface StuckShipment {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly location: string;
  readonly country: string | null;
  readonly carrier: string;
  readonly service: string;
  readonly status: string;
  readonly dispatchedAt: string;
  readonly lastScanAt: string | null;
  readonly lastPlace: string | null;
  /** Days in which nearly all of the lane arrive. */
  readonly usualDays: number;
  /** How many deliveries that is known from; 0: as configured. */
  readonly deliveries: number;
  readonly overdueDays: number;
}

export interface StuckFilter {
  readonly carrier?: string;
  readonly location?: string;
}
export interface StuckPage {
  readonly limit: number;
  /** The `dispatchedAt` and `shipmentId` of the last one seen. */
  readonly after?: readonly [dispatchedAt: string, shipmentId: string];
}

export interface LaneShelf {
  /** Learns anew from our own deliveries how long each lane takes. */
  learn(now: Date): Promise<void>;
  /** Longest under way first. */
  stuck(filter: StuckFilter, page: StuckPage, now: Date): Promise<readonly StuckShipment[]>;
  /** Of which nothing was heard since then. */
  silentSince(since: Date, limit: number): Promise<readonly string[]>;
}

export interface LossesNeeds {
  readonly log: ShipmentLog;
  readonly lanes: LaneShelf;
  readonly deadlines: Pick<Deadlines, 'set'>;
  /** Nothing heard for so long is lost; 0: only a person says so. */
  readonly lostAfterMs: number;
  readonly now: () => Date;
}

interface OfParcel {
  readonly shipmentId: string;
  readonly parcelId?: string;
  readonly reason: Reason;
}

/** Parcels that are late by what their lane usually takes, and those that nobody knows the place of. */
export interface Losses {
  lose(of: OfParcel, meta: Meta): Promise<Shipment>;
  find(of: OfParcel, meta: Meta): Promise<Shipment>;
  stuck(filter: StuckFilter, page: StuckPage): Promise<readonly StuckShipment[]>;
  /** Looks every hour from now on. */
  watch(): Promise<void>;
  onDue(deadline: Deadline, meta: Meta): Promise<void>;
}

const NAME = 'LanesDue';
const HOUR_MS = 3_600_000;
const MOST_AT_ONCE = 500;

/** One for each hour, whichever process sets it. */
const nextHour = (now: Date): Deadline => {
  const dueAt = new Date((Math.floor(now.getTime() / HOUR_MS) + 1) * HOUR_MS).toISOString();
  return { id: `${NAME}-${dueAt}`, stream: 'lanes', name: NAME, dueAt, data: {} };
};

const say = async ({ log, now }: LossesNeeds, type: 'DeclareLost' | 'DeclareFound', { shipmentId, ...of }: OfParcel, meta: Meta) => {
  const { current } = await log.send(shipmentId, { type, data: { ...of, now: now().toISOString() } }, meta);
  return current;
};

const silent: Reason = { code: 'silent', detail: 'Nothing was heard of it for too long.', by: 'policy' };

const loseSilent = async (needs: LossesNeeds, meta: Meta): Promise<void> => {
  if (needs.lostAfterMs === 0) return;
  const since = new Date(needs.now().getTime() - needs.lostAfterMs);
  for (const shipmentId of await needs.lanes.silentSince(since, MOST_AT_ONCE))
    await say(needs, 'DeclareLost', { shipmentId, reason: silent }, { ...meta, commandId: `${meta.commandId}.${shipmentId}` }).catch(
      (error: unknown) => {
        // It arrived while this was decided.
        if (!(error instanceof Refused)) throw error;
      },
    );
};

export const createLosses = (needs: LossesNeeds): Losses => ({
  lose: (of, meta) => say(needs, 'DeclareLost', of, meta),
  find: (of, meta) => say(needs, 'DeclareFound', of, meta),
  stuck: (filter, page) => needs.lanes.stuck(filter, page, needs.now()),
  watch: () => needs.deadlines.set(nextHour(needs.now())),
  onDue: async ({ name }, meta) => {
    if (name !== NAME) return;
    await needs.deadlines.set(nextHour(needs.now()));
    await needs.lanes.learn(needs.now());
    await loseSilent(needs, meta);
  },
});
