import type { Pool } from 'pg';
import type { LedgerReading, LocationAvailability } from '../app/availability';
import { availableAt, heldBack, type NetworkStock, type Stock } from '../domain/stock';

/** One statement, one snapshot: the parts of an answer belong together. */
const NETWORK = `
  select n.sku, n.on_hand as "onHand", n.allocated, n.reserved, n.safety_stock as "safetyStock", n.kit, coalesce(l.locations, '[]') as locations
  from network_stock n left join lateral (
    select json_agg(json_build_object(
      'sku', s.sku, 'location', s.location, 'active', l.active, 'onHand', s.on_hand, 'allocated', s.allocated,
      'safetyStock', s.safety_stock, 'unavailable', s.unavailable, 'revision', s.revision
    ) order by s.location) as locations
    from stock s join location l on l.code = s.location
    where s.sku = n.sku
  ) l on true
  where n.sku = any($1)`;

/** Freshness comes with the rows: the clock of the database at their snapshot. */
const AS_OF = `select statement_timestamp() as "asOf", (select coalesce(json_agg(r), '[]') from (${NETWORK}) r) as rows`;

interface Snapshot {
  readonly asOf: Date;
  readonly rows: readonly (NetworkStock & { readonly locations: readonly Stock[] })[];
}

const shown = (stock: Stock): LocationAvailability => ({
  location: stock.location,
  active: stock.active,
  onHand: stock.onHand,
  allocated: stock.allocated,
  safetyStock: heldBack(stock),
  unavailable: stock.unavailable,
  atp: stock.active ? availableAt(stock) : 0,
  revision: stock.revision,
});

export const postgresReading = (pool: Pool): LedgerReading => ({
  network: async (skus) => {
    const { rows } = await pool.query<Snapshot>(AS_OF, [skus]);
    const [snapshot] = rows;
    return {
      asOf: (snapshot?.asOf ?? new Date(0)).toISOString(),
      rows: (snapshot?.rows ?? []).map((row) => ({ ...row, locations: row.locations.map(shown) })),
    };
  },
});
