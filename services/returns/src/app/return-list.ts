import type { Position } from '@cartage/eventsourcing';
import { isoTime, tableOf, type Sql } from '@cartage/views';
import type { ReturnStatus } from '../domain/state';
import { returnSummary } from './views/return-summary';

export interface ReturnFilter {
  readonly channel?: string;
  readonly status?: string;
  readonly orderId?: string;
  /** Goods of it came in there. */
  readonly location?: string;
  /** Only those whose customers were promised money until before then that has not all gone back. */
  readonly promisedBefore?: string;
  readonly minPosition?: Position;
}

/** A row of the list of returns. Times are ISO 8601 UTC; amounts are in minor units. */
export interface ReturnRow {
  readonly returnId: string;
  readonly orderId: string;
  /** Of the locations where goods of it came in. */
  readonly locations: readonly string[];
  readonly status: ReturnStatus;
  readonly reason: string | null;
  readonly units: number;
  readonly requestedAt: string;
  readonly closedAt: string | null;
  readonly owed: number;
  readonly refunded: number;
  /** Until when money was promised that has not all gone back. */
  readonly moneyAwaitedBy: string | null;
  readonly currency: string;
}

/** Where the page before ended: requestedAt and return id of its last row. */
export type After = readonly [string, string];

/** Newest first, after a row; at most `limit`. Waits until the list shows `minPosition`. */
export type ListReturns = (filter: ReturnFilter, after: After | undefined, limit: number) => Promise<readonly ReturnRow[]>;

export interface ReturnListNeeds {
  readonly sql: Sql;
  /** Waits until the view shows everything up to a position. */
  readonly reached: (position: Position) => Promise<void>;
}

const columns = `return_id as "returnId", order_id as "orderId", locations, status, reason, units::float8 as units, ${isoTime('requested_at')} as "requestedAt",
  ${isoTime('closed_at')} as "closedAt", owed::float8 as owed, refunded::float8 as refunded, ${isoTime('money_awaited_by')} as "moneyAwaitedBy", currency`;

const statement = (
  { channel, status, orderId, location, promisedBefore }: ReturnFilter,
  after: After | undefined,
  limit: number,
): { readonly text: string; readonly values: readonly unknown[] } => {
  const values: unknown[] = [limit];
  const where: string[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const asked = {
    'channel =': channel,
    'status =': status,
    'order_id =': orderId,
    'locations @>': location === undefined ? undefined : [location],
    'money_awaited_by <': promisedBefore,
  };
  for (const [is, value] of Object.entries(asked)) if (value !== undefined) where.push(`${is} ${bind(value)}`);
  if (after) where.push(`(requested_at, return_id) < (${bind(after[0])}::timestamptz, ${bind(after[1])}::uuid)`);
  const condition = where.length > 0 ? `where ${where.join(' and ')}` : '';
  return {
    text: `select ${columns} from ${tableOf(returnSummary)} ${condition} order by requested_at desc, return_id desc limit $1`,
    values,
  };
};

export const listingReturns =
  ({ sql, reached }: ReturnListNeeds): ListReturns =>
  async (filter, after, limit) => {
    if (filter.minPosition !== undefined) await reached(filter.minPosition);
    const { text, values } = statement(filter, after, limit);
    return (await sql.query<ReturnRow>(text, values)).rows;
  };

const LATE = `select count(*)::int as count, coalesce(extract(epoch from $1::timestamptz - min(money_awaited_by)), 0)::float8 as seconds
  from ${tableOf(returnSummary)} where money_awaited_by < $1`;

/** For the metrics: how many customers wait for money longer than they were promised, and how long the first of them does. */
export const lateRefunds = async (sql: Sql, now: Date): Promise<{ readonly count: number; readonly seconds: number }> => {
  const { rows } = await sql.query<{ readonly count: number; readonly seconds: number }>(LATE, [now]);
  return rows[0] ?? { count: 0, seconds: 0 };
};
