import type { PostgresEventStore } from '@cartage/event-store';
import type { Kit, Parts } from '@cartage/service-kit';
import { createPriceLists } from './app/catalogue/price-lists';
import { createCounts } from './app/counting/counts';
import type { Settings } from './config';
import { postgresPrices } from './edge/catalogue/postgres-prices';
import { stockValueReading } from './edge/costing/postgres-costs';
import { COUNTS, CountsController } from './edge/counting/counts.controller';
import { countReading, postgresCountLedger } from './edge/counting/postgres-counts';

/** Counting what is on shelves. */
export const countingParts = (
  { store, pool, deadlines, newId, isPublic, now, settings }: Kit<Settings>,
  joined: PostgresEventStore,
): Required<Pick<Parts, 'controllers' | 'providers' | 'onDue'>> => {
  const needs = { store, newId, isPublic, now };
  const lists = createPriceLists({ ...needs, prices: postgresPrices(pool, joined) });
  const counts = createCounts({
    ...needs,
    ...{ deadlines, fourEyes: settings.COUNT_FOUR_EYES },
    ledger: postgresCountLedger(joined),
    reading: countReading(pool),
    worth: { prices: lists.unitPrices, costs: stockValueReading(pool).costs },
  });
  return { controllers: [CountsController], providers: [{ provide: COUNTS, useValue: counts }], onDue: counts.onDue };
};
