import type { Position } from '@cartage/eventsourcing';
import { isoTime, tableOf, type Sql } from '@cartage/views';
import type { ExchangeStatus } from '../domain/exchange';
import { returnExchange } from './views/return-exchange';

export interface ExchangeFilter {
  readonly channel?: string | undefined;
  readonly status?: ExchangeStatus | undefined;
  readonly orderId?: string | undefined;
  readonly minPosition?: Position | undefined;
}

/** A row of the list of exchanges. Times are ISO 8601 UTC; amounts are in minor units. */
export interface ExchangeRow {
  readonly exchangeId: string;
  readonly orderId: string;
  readonly returnId: string;
  readonly replacementOrderId: string;
  readonly status: ExchangeStatus;
  readonly advance: boolean;
  readonly expected: number;
  readonly credited: number | null;
  readonly currency: string;
  readonly requestedAt: string;
  readonly settleBy: string;
  readonly settledAt: string | null;
}

/** Newest first, after a row (`requestedAt` and id of it). */
export type ListExchanges = (
  filter: ExchangeFilter,
  after: readonly [string, string] | undefined,
  limit: number,
) => Promise<readonly ExchangeRow[]>;

const EXCHANGES = `
  select exchange_id as "exchangeId", order_id as "orderId", return_id as "returnId", replacement_order_id as "replacementOrderId", status, advance,
    expected::float8 as expected, credited::float8 as credited, currency, ${isoTime('requested_at')} as "requestedAt", ${isoTime('settle_by')} as "settleBy",
    ${isoTime('settled_at')} as "settledAt"
  from ${tableOf(returnExchange)}
  where ($1::text is null or status = $1) and ($2::uuid is null or order_id = $2) and ($6::text is null or channel = $6)
    and ($3::timestamptz is null or (requested_at, exchange_id) < ($3, $4::uuid))
  order by requested_at desc, exchange_id desc limit $5`;

export interface ExchangeListNeeds {
  readonly sql: Sql;
  /** Waits until the view shows everything up to a position. */
  readonly reached: (position: Position) => Promise<void>;
}

export const listingExchanges =
  ({ sql, reached }: ExchangeListNeeds): ListExchanges =>
  async ({ channel, status, orderId, minPosition }, after, limit) => {
    if (minPosition !== undefined) await reached(minPosition);
    return (await sql.query<ExchangeRow>(EXCHANGES, [status, orderId, ...(after ?? [null, null]), limit, channel])).rows;
  };
