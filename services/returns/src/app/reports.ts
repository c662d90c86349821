import type { Position } from '@cartage/eventsourcing';
import { isoTime, tableOf, type AnyView, type Sql } from '@cartage/views';
import { returnItem } from './views/return-item';
import { returnLine } from './views/return-line';
import { returnLineRefund } from './views/return-line-refund';
import { returnRefund } from './views/return-refund';

/** Where units stand that nobody is done with: at the customer, a carrier, a dock or a bank, or paid for and never seen. */
export const outstandingKinds = ['not-sent', 'on-its-way', 'lost', 'not-inspected', 'not-refunded', 'paid-not-back'] as const;
export type OutstandingKind = (typeof outstandingKinds)[number];

/** Units of a line of a return that are waited for: in which way, `what` says. Times are ISO 8601 UTC. */
export interface Outstanding {
  readonly returnId: string;
  readonly orderId: string;
  readonly lineNo: number;
  readonly lineId: string | null;
  readonly sku: string;
  readonly what: OutstandingKind;
  readonly units: number;
  readonly since: string;
}

/** What of a SKU was sent back, why, how it came, and what it cost. */
export interface SkuReturns {
  readonly sku: string;
  readonly returns: number;
  readonly delivered: number;
  readonly asked: number;
  readonly received: number;
  /** Received of delivered, percent with one decimal; null where nothing was delivered. */
  readonly ratePercent: number | null;
  readonly grades: { readonly A: number; readonly B: number; readonly C: number; readonly scrap: number };
  readonly dispositions: readonly { readonly disposition: string; readonly units: number }[];
  readonly reasons: readonly { readonly reason: string; readonly units: number }[];
  readonly refunded: readonly { readonly currency: string; readonly amount: number }[];
}

export interface OutstandingQuery {
  readonly what?: OutstandingKind | undefined;
  /** Only what is waited for since before then. */
  readonly before?: string | undefined;
  readonly minPosition?: Position | undefined;
}

export interface SkuQuery {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly sku?: string | undefined;
  readonly minPosition?: Position | undefined;
}

type AfterLine = readonly [since: string, returnId: string, lineNo: number, what: string];

/** A line may be waited for in several ways: a part of it on its way, another at a dock. What was declined waits for nobody until it comes all the same. */
const OUTSTANDING = `
  with waited as (
    select l.return_id, l.order_id, l.line_no, l.line_id, l.sku, w.what, w.units, w.since
    from ${tableOf(returnLine)} l cross join lateral (values
      ('not-sent', case when l.standing = 'authorized' and l.sent_at is null and l.lost_at is null then l.asked - greatest(l.received, l.settled) end, l.requested_at),
      ('on-its-way', case when l.standing = 'authorized' and l.sent_at is not null and l.lost_at is null then l.asked - l.received end, l.sent_at),
      ('lost', case when l.standing = 'authorized' and l.lost_at is not null then l.asked - l.received end, l.lost_at),
      ('not-inspected', l.received - l.graded, l.requested_at),
      ('paid-not-back', case when l.standing = 'authorized' then l.settled - l.received end, l.requested_at)
    ) as w (what, units, since)
    where (l.standing = 'authorized' and l.asked > l.received) or l.received > l.graded or l.settled > l.received
    union all
    select f.return_id, f.order_id, f.line_no, f.line_id, f.sku, 'not-refunded', sum(f.quantity)::bigint, min(r.due_at)
    from ${tableOf(returnRefund)} r join ${tableOf(returnLineRefund)} f using (refund_id)
    where r.status <> 'refunded' group by f.return_id, f.order_id, f.line_no, f.line_id, f.sku
  )
  select return_id as "returnId", order_id as "orderId", line_no::float8 as "lineNo", line_id as "lineId", sku, what, units::float8 as units,
    ${isoTime('since')} as since
  from waited where units > 0 and ($1::text is null or what = $1) and ($2::timestamptz is null or since < $2)
    and ($3::timestamptz is null or (since, return_id, line_no, what) > ($3, $4::uuid, $5::bigint, $6::text))
  order by waited.since, return_id, line_no, what limit $7`;

/** One page of SKUs is chosen first: what is told of them is reckoned for these only. What was delivered is counted by what came to the customers in the same time. */
const SKUS = `
  with chosen as (
    select * from ${tableOf(returnLine)} where ($1::timestamptz is null or requested_at >= $1) and ($2::timestamptz is null or requested_at < $2)
      and standing <> 'declined' and ($5::text is null or sku = $5)
  ), paged as (
    select distinct sku from chosen where $3::text is null or sku > $3 order by sku limit $4
  ), sent_back as (
    select chosen.* from chosen join paged using (sku)
  ), arrived as (
    select line->>'sku' as sku, sum((line->>'quantity')::bigint) as units
    from delivery, json_array_elements(facts->'lines') as line
    where ($1::timestamptz is null or (facts->>'deliveredAt')::timestamptz >= $1) and ($2::timestamptz is null or (facts->>'deliveredAt')::timestamptz < $2)
      and line->>'sku' in (select sku from paged) group by 1
  ), sums as (
    select sku, count(distinct return_id) as returns, sum(asked) as asked, sum(received) as received,
      json_build_object('A', sum(grade_a), 'B', sum(grade_b), 'C', sum(grade_c), 'scrap', sum(grade_scrap)) as grades
    from sent_back group by sku
  ), said as (
    select sku, reason, sum(greatest(asked, received)) as units from sent_back, jsonb_array_elements_text(reasons) as reason group by sku, reason
  ), ended as (
    select i.sku, i.disposition, sum(i.quantity) as units from ${tableOf(returnItem)} i
    where exists (select 1 from sent_back b where b.return_id = i.return_id and b.sku = i.sku) group by i.sku, i.disposition
  ), paid as (
    select f.sku, f.currency, sum(f.amount) as amount from ${tableOf(returnLineRefund)} f
    where exists (select 1 from sent_back b where b.return_id = f.return_id and b.sku = f.sku) group by f.sku, f.currency
  )
  select sku, sums.returns::float8 as returns, coalesce(arrived.units, 0)::float8 as delivered, sums.asked::float8 as asked, sums.received::float8 as received,
    round(100.0 * sums.received / nullif(arrived.units, 0), 1)::float8 as "ratePercent", sums.grades,
    (select coalesce(json_agg(json_build_object('disposition', disposition, 'units', units) order by units desc, disposition), '[]') from ended where ended.sku = sums.sku) as dispositions,
    (select coalesce(json_agg(json_build_object('reason', reason, 'units', units) order by units desc, reason), '[]') from said where said.sku = sums.sku) as reasons,
    (select coalesce(json_agg(json_build_object('currency', currency, 'amount', amount) order by currency), '[]') from paid where paid.sku = sums.sku) as refunded
  from sums left join arrived using (sku) order by sku`;

export interface ReturnReportsNeeds {
  readonly sql: Sql;
  /** Waits until a view shows everything up to a position. */
  readonly viewReached: (view: AnyView, position: Position) => Promise<void>;
}

const outstandingViews: readonly AnyView[] = [returnLine, returnRefund, returnLineRefund];
const skuViews: readonly AnyView[] = [returnLine, returnItem, returnLineRefund];

/** What came back and what did not; and what was sent back of each SKU, and why. */
export class ReturnReports {
  constructor(private readonly needs: ReturnReportsNeeds) {}

  /** What is waited for longest comes first. */
  async outstanding(
    { what, before, minPosition }: OutstandingQuery,
    after: AfterLine | undefined,
    limit: number,
  ): Promise<readonly Outstanding[]> {
    await this.reached(outstandingViews, minPosition);
    return (await this.needs.sql.query<Outstanding>(OUTSTANDING, [what, before, ...(after ?? [null, null, null, null]), limit])).rows;
  }

  async bySku({ from, to, sku, minPosition }: SkuQuery, after: string | undefined, limit: number): Promise<readonly SkuReturns[]> {
    await this.reached(skuViews, minPosition);
    return (await this.needs.sql.query<SkuReturns>(SKUS, [from, to, after, limit, sku])).rows;
  }

  private async reached(views: readonly AnyView[], position: Position | undefined): Promise<void> {
    if (position !== undefined) await Promise.all(views.map((view) => this.needs.viewReached(view, position)));
  }
}
