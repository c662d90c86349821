import type { Position } from '@cartage/eventsourcing';
import { isoTime, tableOf, type Sql } from '@cartage/views';
import type { UnknownGoodsStatus, UnknownItem } from '../domain/unknown-goods/unknown-goods';
import { unknownGoodsView } from './views/unknown-goods';

export interface UnknownGoodsFilter {
  readonly status?: UnknownGoodsStatus | undefined;
  readonly location?: string | undefined;
  readonly minPosition?: Position | undefined;
}

/** A row of the list. Times are ISO 8601 UTC. */
export interface UnknownGoodsRow {
  readonly receiptId: string;
  readonly status: UnknownGoodsStatus;
  readonly location: string;
  readonly items: readonly UnknownItem[];
  readonly trackingNumber: string | null;
  readonly receivedAt: string;
  readonly settleBy: string;
  readonly orderId: string | null;
}

/** What has lain longest comes first; after a row (`receivedAt` and id of it). */
export type ListUnknownGoods = (
  filter: UnknownGoodsFilter,
  after: readonly [string, string] | undefined,
  limit: number,
) => Promise<readonly UnknownGoodsRow[]>;

const GOODS = `
  select receipt_id as "receiptId", status, location, items, tracking_number as "trackingNumber", ${isoTime('received_at')} as "receivedAt",
    ${isoTime('settle_by')} as "settleBy", order_id as "orderId"
  from ${tableOf(unknownGoodsView)}
  where ($1::text is null or status = $1) and ($2::text is null or location = $2)
    and ($3::timestamptz is null or (received_at, receipt_id) > ($3, $4::uuid))
  order by received_at, receipt_id limit $5`;

export interface UnknownGoodsListNeeds {
  readonly sql: Sql;
  /** Waits until the view shows everything up to a position. */
  readonly reached: (position: Position) => Promise<void>;
}

export const listingUnknownGoods =
  ({ sql, reached }: UnknownGoodsListNeeds): ListUnknownGoods =>
  async ({ status, location, minPosition }, after, limit) => {
    if (minPosition !== undefined) await reached(minPosition);
    return (await sql.query<UnknownGoodsRow>(GOODS, [status, location, ...(after ?? [null, null]), limit])).rows;
  };
