import type { PostgresEventStore } from '@cartage/event-store';
import type { Kit, Parts } from '@cartage/service-kit';
import { createAvailabilityChanges } from './app/availability/availability-changes';
import { AvailabilityFeed } from './app/availability/availability-feed';
import { createWatching } from './app/watching/watching';
import type { Settings } from './config';
import { AVAILABILITY_CHANGES, AvailabilityChangesController } from './edge/availability/availability-changes.controller';
import { logFollower } from './edge/log-follower';
import { watchRows } from './edge/watching/postgres-watching';
import { WATCHING, WatchingController } from './edge/watching/watching.controller';
import { availabilityReading, availabilityTransactions } from './edge/availability/postgres-availability';

/** How long a poll waits for what a command did beyond the next look at the log. */
const PATIENCE_MS = 5_000;

/** Telling what can be promised, for those who subscribe and those who poll; and what a person should look at. */
export const availabilityParts = (
  { store, pool, newId, isPublic, now, clock, log, settings: { AVAILABILITY_INTERVAL_MS: everyMs } }: Kit<Settings>,
  joined: PostgresEventStore,
) => {
  const feed = new AvailabilityFeed({ store, newId, isPublic, ...availabilityTransactions(pool, joined) });
  const changes = createAvailabilityChanges(availabilityReading(pool), { clock, patienceMs: everyMs + PATIENCE_MS });
  return {
    controllers: [AvailabilityChangesController, WatchingController],
    providers: [
      { provide: AVAILABILITY_CHANGES, useValue: changes },
      { provide: WATCHING, useValue: createWatching({ store, newId, isPublic, now, rows: watchRows(pool, joined) }) },
    ],
    ...logFollower({ feed, clock, log, everyMs, failed: 'what can be promised could not be told' }),
  } satisfies Partial<Parts>;
};
