import type { PostgresEventStore } from '@cartage/event-store';
import type { Kit, Parts } from '@cartage/service-kit';
import { createAvailabilityChanges } from './app/availability/availability-changes';
import { AvailabilityFeed } from './app/availability/availability-feed';
import type { Settings } from './config';
import { AVAILABILITY_CHANGES, AvailabilityChangesController } from './edge/availability/availability-changes.controller';
import { availabilityFollower } from './edge/availability/availability-follower';
import { availabilityReading, availabilityTransactions } from './edge/availability/postgres-availability';

/** How long a poll waits for what a command did beyond the next look at the log. */
const PATIENCE_MS = 5_000;

/** Telling what can be promised, and for those who poll. */
export const availabilityParts = (
  { store, pool, newId, isPublic, clock, log, settings: { AVAILABILITY_INTERVAL_MS: everyMs } }: Kit<Settings>,
  joined: PostgresEventStore,
) => {
  const feed = new AvailabilityFeed({ store, newId, isPublic, ...availabilityTransactions(joined) });
  const changes = createAvailabilityChanges(availabilityReading(pool), { clock, patienceMs: everyMs + PATIENCE_MS });
  return {
    controllers: [AvailabilityChangesController],
    providers: [{ provide: AVAILABILITY_CHANGES, useValue: changes }],
    ...availabilityFollower({ feed, clock, log, everyMs }),
  } satisfies Partial<Parts>;
};
