import type { ClaimKind, CostBearer } from '@cartage/contracts';
import type { Position } from '@cartage/eventsourcing';
import { isoTime, tableOf, type Sql } from '@cartage/views';
import type { ClaimStatus } from '../domain/claim';
import { returnClaim } from './views/return-claim';

export interface ClaimFilter {
  readonly channel?: string | undefined;
  readonly status?: ClaimStatus | undefined;
  readonly orderId?: string | undefined;
  readonly minPosition?: Position | undefined;
}

/** A row of the list of claims. Times are ISO 8601 UTC; amounts are in minor units. */
export interface ClaimRow {
  readonly claimId: string;
  readonly orderId: string;
  readonly status: ClaimStatus;
  readonly kinds: readonly ClaimKind[];
  readonly units: number;
  readonly costBearer: CostBearer | null;
  readonly owed: number;
  readonly currency: string;
  readonly openedAt: string;
  readonly decideBy: string;
  readonly decidedAt: string | null;
}

/** Newest first, after a row (`openedAt` and id of it). */
export type ListClaims = (filter: ClaimFilter, after: readonly [string, string] | undefined, limit: number) => Promise<readonly ClaimRow[]>;

const CLAIMS = `
  select claim_id as "claimId", order_id as "orderId", status, kinds, units::float8 as units, cost_bearer as "costBearer", owed::float8 as owed, currency,
    ${isoTime('opened_at')} as "openedAt", ${isoTime('decide_by')} as "decideBy", ${isoTime('decided_at')} as "decidedAt"
  from ${tableOf(returnClaim)}
  where ($1::text is null or status = $1) and ($2::uuid is null or order_id = $2) and ($6::text is null or channel = $6)
    and ($3::timestamptz is null or (opened_at, claim_id) < ($3, $4::uuid))
  order by opened_at desc, claim_id desc limit $5`;

export interface ClaimListNeeds {
  readonly sql: Sql;
  /** Waits until the view shows everything up to a position. */
  readonly reached: (position: Position) => Promise<void>;
}

export const listingClaims =
  ({ sql, reached }: ClaimListNeeds): ListClaims =>
  async ({ channel, status, orderId, minPosition }, after, limit) => {
    if (minPosition !== undefined) await reached(minPosition);
    return (await sql.query<ClaimRow>(CLAIMS, [status, orderId, ...(after ?? [null, null]), limit, channel])).rows;
  };
