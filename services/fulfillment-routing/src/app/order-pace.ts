import { tableOf, type Sql } from '@cartage/views';
import { DAY_MS, PAST_DAYS } from '../domain/expected-orders';
import { paceByMonth, type OrdersOfDay, type PaceOfMonth } from '../domain/order-pace';
import { routingDecision } from './views/routing-decision';

/** That a card shows. */
const YEAR_DAYS = 366;
const BY_DAY = `
  select to_char(decided_at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)::integer as orders from ${tableOf(routingDecision)}
  where cause = 'confirmed' and decided_at >= $1 group by 1`;

/** Orders of the last year, by month, beside as many as were to be expected. */
export const orderPace =
  ({ sql, now }: { readonly sql: Sql; readonly now: () => Date }) =>
  async (): Promise<readonly PaceOfMonth[]> => {
    const since = new Date(now().getTime() - (YEAR_DAYS + PAST_DAYS) * DAY_MS);
    return paceByMonth((await sql.query<OrdersOfDay>(BY_DAY, [since])).rows, now().toISOString().slice(0, 10));
  };
