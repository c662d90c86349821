import type { Pool } from 'pg';
import type { ListedStock, StockConcern, StockListing } from '../app/stock-listing';
import { itemsSought, NEAR, pageOfSought } from './catalogue/item-search';

const HELD_BACK = 'least(s.safety_stock, s.on_hand - s.allocated)';
const ATP = `case when l.active then s.on_hand - s.allocated - ${HELD_BACK} else 0 end`;

/** What stands of the SKU: over the network, or at this location. */
const ALERTS = "a.sku = s.sku and a.location in ('', s.location) and a.ended_at is null";
const alerted = (kind: StockConcern): string => `exists (select from stock_alert a where ${ALERTS} and a.kind = '${kind}')`;

const concerns: Readonly<Record<StockConcern, string>> = {
  out: `${ATP} <= 0`,
  unavailable: 's.unavailable > 0',
  low: alerted('low'),
  negative: alerted('negative'),
  reorder: alerted('reorder'),
  drift: alerted('drift'),
};

/** After all that begins with a text: no letter of a SKU is greater. */
const LAST = String.fromCodePoint(0x10ffff);

const WHERE = '($3::text is null or s.location = $3) and ($4::text is null or (s.sku, s.location) > ($4, $5))';

/** Ranges rather than a pattern, so that the key finds them. */
const BEGINS = `
  select s.* from stock s
  where ($1::text is null or (s.sku >= $1 and s.sku < $1 || $2) or (s.sku >= upper($1) and s.sku < upper($1) || $2)) and ${WHERE}`;

const NEAR_SOUGHT = `
  select s.* from (with near as materialized (
    select s.*, i.words from stock s left join item i using (sku) where ${WHERE} order by s.sku, s.location limit ${NEAR}
  ) select * from near where words @@ $7::tsquery) s`;

const FOUND = `
  select s.* from stock s
  where s.sku in (with found as materialized (select sku from item where words @@ $7::tsquery) select sku from found) and ${WHERE}`;

const keysOf = (some: string, concern: StockConcern | undefined): string => `
  (select s.sku, s.location from (${some}) s join location l on l.code = s.location
  where ${concern === undefined ? 'true' : concerns[concern]} order by s.sku, s.location limit $6)`;

/** Found by each way as far as a page goes: what has no item is found by its SKU only. */
const listingOf = (ways: readonly string[], concern: StockConcern | undefined): string => `
  select s.sku, i.title, s.location, l.active, s.on_hand as "onHand", s.allocated, ${HELD_BACK} as "safetyStock", s.unavailable, ${ATP} as atp,
    (select coalesce(array_agg(distinct a.kind order by a.kind), '{}') from stock_alert a where ${ALERTS}) as alerts
  from (${ways.map((way) => keysOf(way, concern)).join(' union ')}) k
  join stock s using (sku, location) join location l on l.code = s.location left join item i on i.sku = s.sku
  order by s.sku, s.location limit $6`;

export const postgresStockListing =
  (pool: Pool): StockListing =>
  async ({ q, location, concern, after, limit }) => {
    const [afterSku, afterLocation] = after ?? [];
    const values = [q, LAST, location, afterSku, afterLocation, limit];
    const ask = async (ways: readonly string[], ...sought: readonly string[]) =>
      (await pool.query<ListedStock>(listingOf(ways, concern), [...values, ...sought])).rows;
    if (q === undefined) return ask([BEGINS]);
    const sought = itemsSought(q);
    return pageOfSought(
      limit,
      () => ask([BEGINS, NEAR_SOUGHT], sought),
      () => ask([BEGINS, FOUND], sought),
    );
  };
