import type { PostgresEventStore } from '@cartage/event-store';
import type { Kit, Parts } from '@cartage/service-kit';
import { createAvailabilityChanges } from './app/availability/availability-changes';
import { AvailabilityFeed } from './app/availability/availability-feed';
import { demandCard } from './app/watching/demand-card';
import { demandTelling } from './app/watching/demand-telling';
import { createForecasts } from './app/watching/forecasts';
import { createWatching } from './app/watching/watching';
import type { Settings } from './config';
import { AVAILABILITY_CHANGES, AvailabilityChangesController } from './edge/availability/availability-changes.controller';
import { logFollower } from './edge/log-follower';
import { DEMAND_CARD, InventoryModelsController } from './edge/watching/models.controller';
import { forecastRows, forecastSums } from './edge/watching/postgres-forecasts';
import { toldRows } from './edge/watching/postgres-demand-told';
import { watchRows } from './edge/watching/postgres-watching';
import { FORECASTS, WATCHING, WatchingController } from './edge/watching/watching.controller';
import { availabilityReading, availabilityTransactions } from './edge/availability/postgres-availability';

/** How long a poll waits for what a command did beyond the next look at the log. */
const PATIENCE_MS = 5_000;

/** Telling what can be promised, for those who subscribe and those who poll; and what a person should look at. */
export const availabilityParts = (
  { store, pool, deadlines, newId, isPublic, now, clock, log, settings: { AVAILABILITY_INTERVAL_MS: everyMs } }: Kit<Settings>,
  joined: PostgresEventStore,
) => {
  const feed = new AvailabilityFeed({ store, newId, isPublic, ...availabilityTransactions(pool, joined) });
  const changes = createAvailabilityChanges(availabilityReading(pool), { clock, patienceMs: everyMs + PATIENCE_MS });
  const tell = demandTelling({ rows: toldRows(pool, joined), store, newId, isPublic });
  const forecasts = createForecasts({ rows: forecastRows(pool), deadlines, now, tell });
  const follower = logFollower({ feed, clock, log, everyMs, failed: 'what can be promised could not be told' });
  return {
    controllers: [AvailabilityChangesController, WatchingController, InventoryModelsController],
    providers: [
      { provide: AVAILABILITY_CHANGES, useValue: changes },
      {
        provide: WATCHING,
        useValue: createWatching({ store, newId, isPublic, now, rows: watchRows(pool, joined), learn: forecasts.learn }),
      },
      { provide: FORECASTS, useValue: forecasts },
      { provide: DEMAND_CARD, useValue: demandCard(forecastSums(pool)) },
    ],
    onDue: forecasts.onDue,
    start: async () => {
      await forecasts.start();
      await follower.start();
    },
    stop: () => follower.stop(),
  } satisfies Partial<Parts>;
};
