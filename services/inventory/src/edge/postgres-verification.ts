import type { Pool } from 'pg';
import type { Drift, Verification } from '../app/verification';
import { SUPPLY_DRIFTS } from './supply/supply-drifts.sql';

const MOST = 1_000;

/** Rows of a location against all that ever moved there. */
const PLACES = `
  select 'location-and-movements' as drift, sku, location,
    format('on hand %s, allocated %s, held back %s, unavailable %s; its movements add up to %s, %s, %s, %s',
      s.on_hand, s.allocated, s.held, s.unavailable, m.on_hand, m.allocated, m.held, m.unavailable) as detail
  from (
    select sku, location, on_hand, allocated, least(safety_stock, on_hand - allocated) as held, unavailable from stock
  ) s full join (
    select sku, location, sum(delta_on_hand) as on_hand, sum(delta_allocated) as allocated, sum(delta_safety_stock) as held,
      sum(delta_unavailable) as unavailable
    from stock_movement where location is not null group by sku, location
  ) m using (sku, location)
  where (coalesce(s.on_hand, 0), coalesce(s.allocated, 0), coalesce(s.held, 0), coalesce(s.unavailable, 0))
    is distinct from (coalesce(m.on_hand, 0), coalesce(m.allocated, 0), coalesce(m.held, 0), coalesce(m.unavailable, 0))`;

/** The network's row against three others that must say the same. */
const SUMS = `
  select v.drift, n.sku, null as location, v.detail
  from network_stock n
  left join (
    select sku, sum(delta_on_hand) as on_hand, sum(delta_allocated) as allocated, sum(delta_reserved) as reserved,
      sum(delta_safety_stock) as held
    from stock_movement where in_network group by sku
  ) m using (sku)
  left join (
    select s.sku, sum(on_hand) as on_hand, sum(allocated) as allocated, sum(least(safety_stock, on_hand - allocated)) as held
    from stock s join location l on l.code = s.location and l.active group by s.sku
  ) s using (sku)
  left join (
    select sku, sum(reserved) as reserved, sum(allocated) as allocated from (
      select sku, reserved, allocated from reservation_line union all select sku, quantity, 0 from cart_claim
    ) claim group by sku
  ) r using (sku)
  cross join lateral (values
    ('network-and-movements',
      (n.on_hand, n.allocated, n.reserved, n.safety_stock)
        is distinct from (coalesce(m.on_hand, 0), coalesce(m.allocated, 0), coalesce(m.reserved, 0), coalesce(m.held, 0)),
      format('on hand %s, allocated %s, reserved %s, held back %s; its movements add up to %s, %s, %s, %s',
        n.on_hand, n.allocated, n.reserved, n.safety_stock, m.on_hand, m.allocated, m.reserved, m.held)),
    ('network-and-locations',
      (n.on_hand, n.allocated, n.safety_stock) is distinct from (coalesce(s.on_hand, 0), coalesce(s.allocated, 0), coalesce(s.held, 0)),
      format('on hand %s, allocated %s, held back %s; its open locations add up to %s, %s, %s',
        n.on_hand, n.allocated, n.safety_stock, s.on_hand, s.allocated, s.held)),
    ('network-and-claims',
      (n.reserved, n.allocated) is distinct from (coalesce(r.reserved, 0), coalesce(r.allocated, 0)),
      format('reserved %s, allocated %s; the claims of orders add up to %s, %s', n.reserved, n.allocated, r.reserved, r.allocated))
  ) as v (drift, drifts, detail)
  where v.drifts`;

const QUEUE = `
  select 'queue' as drift, r.sku, null as location, format('order %s waits for %s units that are there', r.order_id, r.waiting) as detail
  from network_stock n join reservation_line r using (sku)
  where r.waiting > 0 and not exists (select from channel_rule c where c.channel = r.channel)
    and r.waiting <= n.on_hand - n.reserved - n.allocated - n.safety_stock
    and not exists (
      select from reservation_line o join network_stock p using (sku)
      where o.order_id = r.order_id and o.line_id = r.line_id and o.waiting > p.on_hand - p.reserved - p.allocated - p.safety_stock
    )`;

/** One statement, one snapshot: what moves meanwhile is no drift. */
const VERIFY = `
  select statement_timestamp() as "asOf", (
    select coalesce(json_agg(d), '[]') from (
      select * from (${PLACES} union all ${SUMS} union all ${QUEUE} union all ${SUPPLY_DRIFTS}) every order by sku, drift, location limit ${MOST}
    ) d
  ) as drifts`;

export const postgresVerification = (pool: Pool): Verification => ({
  verify: async () => {
    const { rows } = await pool.query<{ asOf: Date; drifts: readonly Drift[] }>(VERIFY);
    const [found] = rows;
    if (!found) throw new Error('A select without a from has one row.');
    return { asOf: found.asOf.toISOString(), drifts: found.drifts };
  },
});
