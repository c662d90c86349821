import { inTransaction } from '@cartage/postgres';
import type { Pool, PoolClient } from 'pg';
import type { Drift, Verification } from '../../app/verification';
import { SUPPLY_DRIFTS } from '../supply/supply-drifts.sql';
import { LOG_DRIFTS } from './log-drifts.sql';
import { CLAIMS_UNLIKE } from './recount.sql';
import { ruledQueue } from './ruled-queue';

const MOST = 1_000;

/** Claims that are named for one drift. */
const BEHIND = 10;

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

/** Of channels that rules say something of, see `ruledQueue`. */
const QUEUE = `
  select 'queue' as drift, r.sku, null as location, format('order %s waits for %s units that are there', r.order_id, r.waiting) as detail
  from network_stock n join reservation_line r using (sku)
  where r.waiting > 0 and not exists (select from channel_rule c where c.channel = r.channel)
    and r.waiting <= n.on_hand - n.reserved - n.allocated - n.safety_stock
    and not exists (
      select from reservation_line o join network_stock p using (sku)
      where o.order_id = r.order_id and o.line_id = r.line_id and o.waiting > p.on_hand - p.reserved - p.allocated - p.safety_stock
    )`;

/** The claims that do not add up. */
const CLAIMS_BEHIND = `
  select json_agg(json_build_object('reference', c.reference, 'eventId', c.event_id, 'at', c.at, 'detail',
    format('its movements add up to %s reserved, %s allocated; its claim says %s, %s', c.moved_reserved, c.moved_allocated, c.reserved, c.allocated)
  ) order by c.at desc nulls last, c.reference)
  from (select * from (${CLAIMS_UNLIKE('d.sku')}) u order by u.at desc nulls last, u.reference limit ${BEHIND}) c`;

/** The first movement that left another ATP than those before it add up to: the drift came before it. Else the last one: it came since. */
const MOVEMENT_BEHIND = `
  select json_build_array(json_build_object('reference', m.reference, 'eventId', m.event_id, 'at', m.at, 'detail',
    case when m.atp_after = m.running then format('the last movement; the drift came after it') else
      format('the first movement after the drift: it left an ATP of %s, and all movements up to it add up to %s', m.atp_after, m.running) end))
  from (
    select movement_id, reference, event_id, at, atp_after, location, sum(
        case when in_network then delta_on_hand - delta_reserved - delta_allocated - delta_safety_stock else 0 end
      ) over (order by movement_id) as running
    from stock_movement where sku = d.sku
  ) m where d.location is null or m.location = d.location
  order by m.atp_after = m.running, case when m.atp_after = m.running then -m.movement_id else m.movement_id end limit 1`;

/** One snapshot: what moves meanwhile is no drift. */
const VERIFY = `
  select statement_timestamp() as "asOf", (
    select (select count(*) from network_stock where $1::text is null or sku = $1) + (select count(*) from stock where $1::text is null or sku = $1)
  )::int as checked, (
    select coalesce(json_agg(f order by f.sku, f.drift, f.location), '[]') from (
      select d.*, coalesce(case when d.drift = 'network-and-claims' then (${CLAIMS_BEHIND})
        when d.drift in ('location-and-movements', 'network-and-movements', 'network-and-locations') then (${MOVEMENT_BEHIND}) end, '[]') as behind
      from (
        select * from (${PLACES} union all ${SUMS} union all ${QUEUE} union all ${SUPPLY_DRIFTS} union all ${LOG_DRIFTS}) every
        where $1::text is null or sku = $1 order by sku, drift, location limit ${MOST}
      ) d
    ) f
  ) as drifts`;

export const postgresVerification = (pool: Pool): Verification => ({
  verify: async (sku) => {
    const { drifts, ruled, asOf, checked } = await inTransaction(pool, (client) => recounted(client, sku), ONE_SNAPSHOT);
    const every = [...drifts, ...ruled].toSorted((a, b) => (a.sku < b.sku ? -1 : Number(a.sku > b.sku)));
    return { asOf: asOf.toISOString(), checked, drifts: every.slice(0, MOST) };
  },
});

const ONE_SNAPSHOT = { transaction_isolation: 'repeatable read', transaction_read_only: 'on' };

const recounted = async (client: PoolClient, sku: string | undefined) => {
  const { rows } = await client.query<{ asOf: Date; checked: number; drifts: readonly Drift[] }>(VERIFY, [sku]);
  const [found] = rows;
  if (!found) throw new Error('A select without a from has one row.');
  return { ...found, ruled: await ruledQueue(client, sku, MOST) };
};
