import type { Pool } from 'pg';
import type { CartReading, ListedCart } from '../app/carts';

const LIST = `
  select reservation_id as "reservationId", min(expires_at) as "expiresAt",
    json_agg(json_build_object('sku', sku, 'quantity', quantity) order by sku) as units
  from cart_claim
  where ($1::uuid is null or reservation_id > $1::uuid)
    and ($2::text is null or reservation_id in (select reservation_id from cart_claim where sku = $2))
  group by reservation_id order by reservation_id limit $3`;

export const cartReading = (pool: Pool): CartReading => ({
  list: async ({ after, sku, limit }) => {
    const { rows } = await pool.query<Omit<ListedCart, 'expiresAt'> & { readonly expiresAt: Date }>(LIST, [after, sku, limit]);
    return rows.map((row) => ({ ...row, expiresAt: row.expiresAt.toISOString() }));
  },
});
