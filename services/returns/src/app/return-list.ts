import type { Clock, Position } from '@cartage/eventsourcing';
import type { Sql } from '@cartage/views';
import type { ReturnStatus } from '../domain/state';

/**
 * A return that was answered for a moment ago may not stand in the view yet, nor may the head of the log include it, as long as an older transaction is open.
 * Before anybody is told "unknown", the view gets this many looks to catch up.
 */
const LOOKS = 8;
const PAUSE_MS = 50;

export interface ReturnFilter {
  readonly status?: string;
  readonly orderId?: string;
  readonly minPosition?: Position;
}

/** A row of the list of returns. Times are ISO 8601 UTC; `refunded` is in minor units. */
export interface ReturnRow {
  readonly returnId: string;
  readonly orderId: string;
  readonly status: ReturnStatus;
  readonly reason: string | null;
  readonly units: number;
  readonly requestedAt: string;
  readonly closedAt: string | null;
  readonly refunded: number | null;
  readonly currency: string | null;
}

/** Where the page before ended: requestedAt and return id of its last row. */
export type After = readonly [string, string];

const columns = `return_id as "returnId", order_id as "orderId", status, reason, units::float8 as units, to_char(requested_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "requestedAt",
  to_char(closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "closedAt", refunded::float8 as refunded, currency`;

/** Questions about many returns, answered from the view. */
export interface ReturnLists {
  /** Newest first, after a row; at most `limit`. Waits until the list shows `minPosition`. */
  list(filter: ReturnFilter, after: After | undefined, limit: number): Promise<readonly ReturnRow[]>;
  /** The order that a return belongs to; sees every return that was answered for. */
  orderOf(returnId: string): Promise<string | undefined>;
}

/** `reached` waits until the view shows everything up to a position; `head` is the end of the log. */
export interface ReturnListNeeds {
  readonly sql: Sql;
  readonly reached: (position: Position) => Promise<void>;
  readonly head: () => Promise<Position>;
  readonly clock: Clock;
}

export const createReturnLists = ({ sql, reached, head, clock }: ReturnListNeeds): ReturnLists => {
  const known = async (returnId: string): Promise<string | undefined> => {
    const { rows } = await sql.query<{ order_id: string }>('select order_id from return_summary where return_id = $1', [returnId]);
    return rows[0]?.order_id;
  };
  return {
    list: async (filter, after, limit) => {
      if (filter.minPosition !== undefined) await reached(filter.minPosition);
      const { text, values } = statement(filter, after, limit);
      return (await sql.query<ReturnRow>(text, values)).rows;
    },
    orderOf: async (returnId) => {
      for (let look = 1; look <= LOOKS; look += 1) {
        const orderId = await known(returnId);
        if (orderId !== undefined) return orderId;
        await reached(await head());
        if (look > 1) await clock.pause(PAUSE_MS);
      }
      return known(returnId);
    },
  };
};

const statement = (
  { status, orderId }: ReturnFilter,
  after: After | undefined,
  limit: number,
): { readonly text: string; readonly values: readonly unknown[] } => {
  const values: unknown[] = [limit];
  const where: string[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  if (status !== undefined) where.push(`status = ${bind(status)}`);
  if (orderId !== undefined) where.push(`order_id = ${bind(orderId)}`);
  if (after) where.push(`(requested_at, return_id) < (${bind(after[0])}::timestamptz, ${bind(after[1])}::uuid)`);
  const condition = where.length > 0 ? `where ${where.join(' and ')}` : '';
  return { text: `select ${columns} from return_summary ${condition} order by requested_at desc, return_id desc limit $1`, values };
};
