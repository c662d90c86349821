import type { ShippingEvent } from '@cartage/contracts';
import type { DataOf, Deadline, Deadlines, Meta } from '@cartage/eventsourcing';
import { isCarried, type Carried, type Shipment, type Tracked } from '../domain/shipment';
import type { Carrier, Carriers } from './carrier';
import type { ShipmentLog } from './shipment-log';
import type { Tracking } from './tracking';

export interface PollingNeeds {
  readonly log: Pick<ShipmentLog, 'read'>;
  readonly carriers: Carriers;
  /** Those that send no webhooks. */
  readonly polled: readonly string[];
  readonly tracking: Pick<Tracking, 'take'>;
  readonly deadlines: Pick<Deadlines, 'set'>;
  readonly now: () => Date;
}

/** Asks carriers that tell nothing by themselves where parcels are: only those under way, and the less often the longer nothing happens. */
export interface Polling {
  begin(dispatched: DataOf<ShippingEvent, 'ShipmentDispatched'>, meta: Meta): Promise<void>;
  onDue(deadline: Deadline, meta: Meta): Promise<void>;
}

interface Due {
  readonly shipmentId: string;
  /** Counts how often it was asked. */
  readonly asked: number;
  /** How often in a row nothing was new. */
  readonly quiet: number;
}

const NAME = 'TrackingDue';
const HOUR_MS = 3_600_000;
const PAUSES_H = [1, 2, 4, 8, 12];
/** Two months of silence: by then it is stuck, and a person has it in hand. */
const MOST_QUIET = 120;

const next = ({ shipmentId, asked, quiet }: Due, now: Date): Deadline => ({
  id: `${NAME}-${shipmentId}-${asked}`,
  stream: `shipment-${shipmentId}`,
  name: NAME,
  dueAt: new Date(now.getTime() + (PAUSES_H[Math.min(quiet, PAUSES_H.length - 1)] ?? 0) * HOUR_MS).toISOString(),
  data: { shipmentId, asked, quiet },
});

const isUnderway = ({ status }: Tracked): boolean => status !== 'delivered' && status !== 'returned';

const scansOf = (shipment: Shipment): number =>
  'tracked' in shipment ? shipment.tracked.reduce((sum, { scans }) => sum + scans.length, 0) : 0;

const ask = async (
  tracking: PollingNeeds['tracking'],
  { carrier, tracked }: Pick<Carried, 'tracked'> & { readonly carrier: Carrier },
  meta: Meta,
): Promise<void> => {
  const parcels = tracked.filter(isUnderway).map(({ parcelId, trackingNumber }) => ({ parcelId, trackingNumber }));
  const message = await carrier.track?.(parcels).catch(() => undefined); // Away: as quiet as one that has nothing to tell.
  if (message) await tracking.take(carrier.name, message, meta);
};

const whenDue = async (needs: PollingNeeds, due: Due, meta: Meta): Promise<void> => {
  const { shipment } = await needs.log.read(due.shipmentId);
  if (!isCarried(shipment) || !shipment.tracked.some(isUnderway)) return;
  const carrier = needs.carriers.get(shipment.label.carrier);
  if (!carrier || !needs.polled.includes(carrier.name)) return;
  await ask(needs.tracking, { carrier, tracked: shipment.tracked }, meta);
  const after = await needs.log.read(due.shipmentId);
  const quiet = scansOf(after.shipment) > scansOf(shipment) ? 0 : due.quiet + 1;
  if (quiet < MOST_QUIET) await needs.deadlines.set(next({ ...due, asked: due.asked + 1, quiet }, needs.now()));
};

export const createPolling = (needs: PollingNeeds): Polling => ({
  begin: async ({ shipmentId, carrier }) => {
    if (needs.polled.includes(carrier)) await needs.deadlines.set(next({ shipmentId, asked: 1, quiet: 0 }, needs.now()));
  },
  onDue: async ({ name, data }, meta) => {
    if (name === NAME) await whenDue(needs, data as Due, meta);
  },
});
