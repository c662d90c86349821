import type { Forgettable } from '@cartage/service-kit';
import type { Pool } from 'pg';
import type { Settings } from '../config';

/** Rows of a table that were over before then, so many; whoever has one in hand keeps it. */
const forgetFrom = (table: string, key: string, over: string): string => `
  delete from ${table} where ${key} in (select ${key} from ${table} where ${over} limit $2 for update skip locked)`;

const SHEETS = forgetFrom('count_sheet', 'count_id', 'ended_at < $1');
const STATEMENTS = forgetFrom('stock_statement', 'statement_id', 'as_of < $1');
/** What is open, or was accepted as ours, is asked for with the next statement. */
const DIFFERENCES = forgetFrom('stock_difference', 'difference_id', `status in ('agreed', 'theirs') and as_of < $1`);
const ALERTS = forgetFrom('stock_alert', 'alert_id', 'ended_at < $1');

/** What is over and was looked at. */
export const forgettables = (
  pool: Pool,
  { COUNT_DAYS, STATEMENT_DAYS, STOCK_ALERT_DAYS }: Pick<Settings, 'COUNT_DAYS' | 'STATEMENT_DAYS' | 'STOCK_ALERT_DAYS'>,
): readonly Forgettable[] => {
  const by =
    (statement: string): Forgettable['forget'] =>
    async (before, limit) =>
      (await pool.query(statement, [before, limit])).rowCount ?? 0;
  return [
    { what: 'count sheets', days: COUNT_DAYS, forget: by(SHEETS) },
    { what: 'stock statements', days: STATEMENT_DAYS, forget: by(STATEMENTS) },
    { what: 'differences of stock', days: STATEMENT_DAYS, forget: by(DIFFERENCES) },
    { what: 'stock alerts', days: STOCK_ALERT_DAYS, forget: by(ALERTS) },
  ];
};
