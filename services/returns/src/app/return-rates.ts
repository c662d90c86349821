import type { Position } from '@cartage/eventsourcing';
import { tableOf, type AnyView, type Sql } from '@cartage/views';
import { returnRates, type ReturnRate, type SkuCounts } from '../domain/return-rates';
import { returnLine } from './views/return-line';

export interface RatesQuery {
  /** Deliveries since then (a year before `to`), and before `to` (a month ago: until then most of what comes back has come); of them whatever came back, whenever it came. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly category?: string | undefined;
  readonly sku?: string | undefined;
  readonly unusual?: boolean | undefined;
  readonly minPosition?: Position | undefined;
}

/** Of more the ones that were delivered most are told. */
const MOST_SKUS = 50_000;

/** A line of the log is a unit of a kit's part as well as of a line: each by its own SKU. More cannot have come back than was delivered. */
const COUNTS = `
  with sent as (
    select d.order_id, line->>'sku' as sku, sum((line->>'quantity')::bigint) as units
    from delivery d, json_array_elements(d.facts->'lines') as line
    where (d.facts->>'deliveredAt')::timestamptz >= $1 and (d.facts->>'deliveredAt')::timestamptz < $2 group by 1, 2
  ), back as (
    select l.order_id, l.sku, sum(l.received) as units from ${tableOf(returnLine)} l join sent using (order_id, sku)
    where l.received > 0 group by 1, 2
  ), why as (
    select sku, json_object_agg(reason, units) as reasons from (
      select l.sku, reason, sum(l.received)::float8 as units
      from ${tableOf(returnLine)} l join sent using (order_id, sku), jsonb_array_elements_text(l.reasons) as reason
      where l.received > 0 group by 1, 2
    ) r group by sku
  )
  select sent.sku, i.category, sum(sent.units)::float8 as delivered, sum(least(coalesce(back.units, 0), sent.units))::float8 as returned,
    coalesce(min(why.reasons::text), '{}')::json as reasons
  from sent left join back using (order_id, sku) left join why on why.sku = sent.sku left join item i on i.sku = sent.sku
  group by sent.sku, i.category order by sum(sent.units) desc, sent.sku limit ${MOST_SKUS}`;

export interface ReturnRatesNeeds {
  readonly sql: Sql;
  readonly viewReached: (view: AnyView, position: Position) => Promise<void>;
  readonly now: () => Date;
}

/** Expected return rates by SKU. All SKUs are reckoned, for each leans on the others; told are those that are asked for. */
export type ReturnRates = (query: RatesQuery, after: string | undefined, limit: number) => Promise<readonly ReturnRate[]>;

const DAY_MS = 86_400_000;
const before = (instant: string, days: number): string => new Date(Date.parse(instant) - days * DAY_MS).toISOString();

const isAskedFor =
  ({ category, sku, unusual }: RatesQuery, after: string | undefined) =>
  (rate: ReturnRate): boolean =>
    (after === undefined || rate.sku > after) &&
    (category === undefined || rate.category === category) &&
    (sku === undefined || rate.sku === sku) &&
    (unusual === undefined || unusual === isUnusual(rate));

/** By how much comes back, or by why. */
const isUnusual = ({ unusual, reasons }: ReturnRate): boolean => unusual !== null || reasons.some((reason) => reason.unusual !== null);

export const createReturnRates =
  ({ sql, viewReached, now }: ReturnRatesNeeds): ReturnRates =>
  async (query, after, limit) => {
    if (query.minPosition !== undefined) await viewReached(returnLine, query.minPosition);
    const { to = before(now().toISOString(), 30) } = query;
    const counts = (await sql.query<SkuCounts>(COUNTS, [query.from ?? before(to, 365), to])).rows;
    return returnRates(counts)
      .filter(isAskedFor(query, after))
      .toSorted((one, other) => (one.sku < other.sku ? -1 : 1))
      .slice(0, limit);
  };
