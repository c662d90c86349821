import type { PostgresEventStore } from '@cartage/event-store';
import type { Kit, Parts } from '@cartage/service-kit';
import { CostFeed } from './app/costing/cost-feed';
import { createStockValues } from './app/costing/stock-values';
import type { Settings } from './config';
import { COSTING_NOW, CostingController, STOCK_VALUES } from './edge/costing/costing.controller';
import { costTransactions, stockValueReading } from './edge/costing/postgres-costs';
import { logFollower } from './edge/log-follower';

/** How long a read that must see a command waits for it beyond the next look at the log. */
const PATIENCE_MS = 5_000;

/** What stock cost: what comes, goes and lies, in money. */
export const costingParts = (
  { store, pool, newId, isPublic, now, clock, log, settings: { COSTING_INTERVAL_MS: everyMs } }: Kit<Settings>,
  joined: PostgresEventStore,
) => {
  const feed = new CostFeed({ store, newId, isPublic, ...costTransactions(pool, joined) });
  const waiting = { clock, patienceMs: everyMs + PATIENCE_MS };
  return {
    controllers: [CostingController],
    providers: [
      { provide: STOCK_VALUES, useValue: createStockValues({ store, newId, isPublic, now, waiting, reading: stockValueReading(pool) }) },
      { provide: COSTING_NOW, useValue: now },
    ],
    ...logFollower({ feed, clock, log, everyMs, failed: 'what stock is worth could not be booked' }),
  } satisfies Partial<Parts>;
};
