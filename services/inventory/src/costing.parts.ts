import type { PostgresEventStore } from '@cartage/event-store';
import type { Kit, Parts } from '@cartage/service-kit';
import { CostFeed } from './app/costing/cost-feed';
import { createStockValues } from './app/costing/stock-values';
import { COSTING_NOW, CostingController, STOCK_VALUES } from './edge/costing/costing.controller';
import { costTransactions, stockValueReading } from './edge/costing/postgres-costs';
import { logFollower } from './edge/log-follower';

/** The log is looked at so often; a read that must see a command waits for that, and as much longer. */
const [EVERY_MS, PATIENCE_MS] = [2_000, 7_000];

/** What stock cost: what comes, goes and lies, in money. */
export const costingParts = ({ store, pool, newId, isPublic, now, clock, log }: Kit, joined: PostgresEventStore) => {
  const feed = new CostFeed({ store, newId, isPublic, ...costTransactions(joined) });
  const waiting = { clock, patienceMs: PATIENCE_MS };
  return {
    controllers: [CostingController],
    providers: [
      { provide: STOCK_VALUES, useValue: createStockValues({ store, newId, isPublic, now, waiting, reading: stockValueReading(pool) }) },
      { provide: COSTING_NOW, useValue: now },
    ],
    ...logFollower({ feed, clock, log, everyMs: EVERY_MS, failed: 'what stock is worth could not be booked' }),
  } satisfies Partial<Parts>;
};
