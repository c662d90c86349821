/** The sums of what is on order against the documents that say so, and against the claims of those who wait. */
const SUMS = `
  select 'supply' as drift, n.sku, null as location,
    format('expected %s, claimed %s, counted on %s; it is on order by %s, %s have a claim, %s are counted on',
      n.expected, n.backordered, n.leaning, coalesce(s.units, 0), r.units, r.leaning) as detail
  from network_stock n
  left join (
    select sku, sum(units) as units, jsonb_agg(dates order by at) as dates from (
      select s.sku, s.expected_at as at, sum(s.units) as units, jsonb_build_object(
        'at', to_char(s.expected_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'units', sum(s.units)) as dates
      from supply s join location l on l.code = s.location and l.active
      where s.expected_at is not null and not s.overdue
      group by s.sku, s.expected_at
    ) d group by sku
  ) s using (sku)
  cross join lateral (
    select coalesce(sum(backordered), 0) as units, coalesce(sum(waiting) filter (where leans), 0) as leaning
    from reservation_line r where r.sku = n.sku and waiting > 0
  ) r
  where (n.expected, n.backordered, n.supply, n.leaning) is distinct from (coalesce(s.units, 0), r.units, s.dates, r.leaning)`;

/** Documents against what they say is still to come. */
const DOCUMENTS = `
  select 'supply' as drift, coalesce(s.sku, d.sku) as sku, coalesce(s.location, d.location) as location,
    format('%s units are to come by %s, which says %s', coalesce(s.units, 0), reference, coalesce(d.units, 0)) as detail
  from supply s
  full join (
    select 'purchase-order' as source, p.purchase_order as reference, l."lineId" as line_id, l.sku, l.location,
      greatest(l.quantity - l.received - l.closed, 0) as units
    from purchase_order p cross join lateral jsonb_to_recordset(p.lines)
      as l ("lineId" text, sku text, location text, quantity integer, received integer, closed integer)
    union all
    select 'transfer', t.transfer_id::text, l."lineId", l.sku, t.to_location, l.sent - l.received - l.lost
    from transfer t cross join lateral jsonb_to_recordset(t.transfer->'lines')
      as l ("lineId" text, sku text, sent integer, received integer, lost integer)
  ) d using (source, reference, line_id)
  where coalesce(s.units, 0) <> coalesce(d.units, 0)`;

/** What left a shelf for a transfer has come to another, is lost, or is on its way. */
const TRANSFERS = `
  select 'transfers' as drift, t.sku, null as location,
    format('transfer %s: %s units are on their way and %s are lost; %s left and did not come', t.reference, t.units, t.lost, coalesce(m.gone, 0)) as detail
  from (
    select t.transfer_id::text as reference, l.sku, sum(l.sent - l.received - l.lost) as units, sum(l.lost) as lost
    from transfer t cross join lateral jsonb_to_recordset(t.transfer->'lines') as l (sku text, sent integer, received integer, lost integer)
    group by t.transfer_id, l.sku
  ) t left join (
    select reference, sku, -sum(delta_on_hand) as gone from stock_movement where kind = 'StockTransferred' group by reference, sku
  ) m using (reference, sku)
  where t.units + t.lost <> coalesce(m.gone, 0)`;

/** Those of a channel that may not sell from everywhere wait without a date. */
const CONFINED = 'exists (select from channel_rule c where c.channel = r.channel and c.locations is not null)';

const BACKORDERS = `
  select 'backorders' as drift, r.sku, null as location,
    format('order %s waits for %s units without a date; %s are expected that nobody has a claim on', r.order_id, r.waiting,
      n.expected - n.backordered) as detail
  from network_stock n join reservation_line r using (sku)
  where n.expected > n.backordered and r.waiting > 0 and not r.of_kit and r.backordered = 0 and r.waiting <= n.expected - n.backordered
    and not ${CONFINED}`;

/** All of a kit that has no date is there or on order. */
const KITS = `
  select 'backorders' as drift, min(r.sku) as sku, null as location,
    format('order %s waits for a kit without a date; all of its parts are there or expected, and nobody has a claim on them', r.order_id) as detail
  from network_stock n join reservation_line r using (sku)
  where r.waiting > 0 and r.of_kit and not ${CONFINED}
  group by r.order_id, r.line_id
  having bool_and(r.backordered = 0 and not r.leans) and bool_or(r.waiting <= n.expected - n.backordered)
    and bool_and(r.waiting <= n.expected - n.backordered
      or r.waiting <= n.on_hand - n.reserved - n.allocated - n.safety_stock - n.leaning)`;

export const SUPPLY_DRIFTS = `${SUMS} union all ${DOCUMENTS} union all ${BACKORDERS} union all ${KITS} union all ${TRANSFERS}`;
