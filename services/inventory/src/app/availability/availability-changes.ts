import { Refused, type Clock, type Position } from '@cartage/eventsourcing';
import type { ChannelLocation } from '../../domain/channel-stock';

/** A SKU as a channel was last told that it may sell it. */
export interface ChangedAvailability {
  readonly sku: string;
  readonly atp: number;
  readonly locations: readonly ChannelLocation[];
  readonly changedAt: string;
}

export interface ChangesQuery {
  readonly channel: string | undefined;
  readonly changedSince: string | undefined;
  readonly after: readonly [changedAt: string, sku: string] | undefined;
  readonly limit: number;
  readonly minPosition?: Position | undefined;
}

/** The reading port. */
export interface AvailabilityReading {
  /** Those that changed at that time or later, the earliest first. */
  changes(query: ChangesQuery): Promise<readonly ChangedAvailability[]>;
  /** Whether the log was followed up to there. */
  reached(position: Position): Promise<boolean>;
}

export type AvailabilityChanges = Pick<AvailabilityReading, 'changes'>;

const LOOK_MS = 100;

/** How long somebody who reads waits until the log was followed up to what they know of. */
export interface Waiting {
  readonly clock: Clock;
  readonly patienceMs: number;
}

export const createAvailabilityChanges = (reading: AvailabilityReading, waiting: Waiting): AvailabilityChanges => ({
  changes: async (query) => {
    await followedUpTo(reading, query.minPosition, waiting);
    return reading.changes(query);
  },
});

export const followedUpTo = async (
  reading: Pick<AvailabilityReading, 'reached'>,
  position: Position | undefined,
  { clock, patienceMs }: Waiting,
): Promise<void> => {
  if (position === undefined) return;
  const until = clock.now().getTime() + patienceMs;
  while (!(await reading.reached(position))) {
    if (clock.now().getTime() >= until)
      throw new Refused('VIEW_BEHIND', `That position was not reached within ${patienceMs} ms. Ask again, or ask without it.`, 'stale');
    await clock.pause(LOOK_MS);
  }
};
