import type { Pool } from 'pg';
import type { ListedStock, StockConcern, StockListing } from '../app/stock-listing';

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

/** Ranges rather than a pattern, so that the key finds them. */
const BEGINS = '($1::text is null or (s.sku >= $1 and s.sku < $1 || $2) or (s.sku >= upper($1) and s.sku < upper($1) || $2))';

export const listingOf = (concern: StockConcern | undefined): string => `
  select s.sku, i.title, s.location, l.active, s.on_hand as "onHand", s.allocated, ${HELD_BACK} as "safetyStock", s.unavailable, ${ATP} as atp,
    (select coalesce(array_agg(distinct a.kind order by a.kind), '{}') from stock_alert a where ${ALERTS}) as alerts
  from stock s join location l on l.code = s.location left join item i on i.sku = s.sku
  where ${BEGINS} and ($3::text is null or s.location = $3) and ($4::text is null or (s.sku, s.location) > ($4, $5))
    ${concern === undefined ? '' : `and ${concerns[concern]}`}
  order by s.sku, s.location limit $6`;

export const postgresStockListing =
  (pool: Pool): StockListing =>
  async ({ begins, location, concern, after, limit }) => {
    const [afterSku, afterLocation] = after ?? [];
    const values = [begins, LAST, location, afterSku, afterLocation, limit];
    return (await pool.query<ListedStock>(listingOf(concern), values)).rows;
  };
