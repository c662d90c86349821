import type { Meta } from '@cartage/eventsourcing';
import { LOCATIONS } from './shop';
import type { Fact, Reaction } from './staff';
import type { When, World } from './world';

interface Tracking {
  take(carrier: string, message: object, meta: Meta): Promise<unknown>;
}

interface Rto {
  receive(shipmentId: string, receipt: object, meta: Meta): Promise<unknown>;
}

type Milestone = 'picked-up' | 'in-transit' | 'out-for-delivery' | 'attempt-failed' | 'exception' | 'delivered' | 'returned';

const JOURNEYS: Readonly<Record<string, readonly Milestone[]>> = {
  usual: ['picked-up', 'in-transit', 'out-for-delivery', 'delivered'],
  short: ['delivered'],
  notAtHome: ['picked-up', 'out-for-delivery', 'attempt-failed', 'out-for-delivery', 'delivered'],
  trouble: ['picked-up', 'exception', 'in-transit', 'delivered'],
  refused: ['picked-up', 'out-for-delivery', 'attempt-failed', 'returned'],
};

const shares = { usual: 62, short: 12, notAtHome: 10, trouble: 6, refused: 10 };

interface Scanned {
  readonly trackingNumber: string;
  readonly milestone: Milestone;
  readonly n: number;
  readonly at: string;
}

/** A scan as the carrier tells it: some twice, some late, and so in any order. */
const tell = (world: World, life: number, { trackingNumber, milestone, n, at }: Scanned): void => {
  const { percent, whole } = world.chance('scan', life, trackingNumber, n);
  const update = { trackingNumber, eventId: `${trackingNumber}-${n}`, milestone, occurredAt: at };
  const when: When = percent(25) ? { nights: 1, ms: whole(0, 4_000) } : { ms: n * 400 + whole(0, 3_000) };
  const times = percent(15) ? 2 : 1;
  for (let i = 0; i < times; i += 1)
    world.act(`life ${life} is scanned`, { service: 'shipping', token: 'tracking', when }, (tracking: Tracking, meta) =>
      tracking.take('simulated', { updates: [update], notUnderstood: [] }, meta),
    );
};

const dispatched: Reaction = (world, life, { parcels }: Fact, { time }) => {
  for (const { trackingNumber } of parcels) {
    const { drawn } = world.chance('journey', life, trackingNumber);
    JOURNEYS[drawn(shares)]?.forEach((milestone, n) => {
      const at = new Date(Date.parse(time) + n).toISOString();
      tell(world, life, { trackingNumber, milestone, n, at });
    });
  }
};

/** What comes back undelivered comes in somewhere. */
const comesBack: Reaction = (world, life, { shipmentId }) => {
  const { pick } = world.chance('dock', life);
  const dock = pick(LOCATIONS);
  world.act(
    `life ${life} comes back`,
    { service: 'shipping', token: 'returns to origin', when: { nights: 1, ms: 1_000 } },
    (rto: Rto, meta) => rto.receive(shipmentId, { dock, others: [] }, meta),
  );
};

export const carrierReactions: Readonly<Record<string, Reaction>> = { ShipmentDispatched: dispatched, RtoInitiated: comesBack };
