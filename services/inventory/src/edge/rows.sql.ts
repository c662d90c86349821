import { RULED } from './channels/channel.sql';

/** Locks in one order (locations, network, stock; each by key), so that batches queue and never cross. */
export const LOCK_LOCATIONS = 'select code, active from location where code = any($1) order by code for share';
export const LOCK_LOCATION = 'select active from location where code = $1 for update';

export const KITS_AMONG = 'select sku from network_stock where sku = any($1) and kit is not null';

export const MAKE_NETWORK = 'insert into network_stock (sku) select distinct unnest($1::text[]) order by 1 on conflict do nothing';
export const LOCK_NETWORK = `
  select sku, on_hand as "onHand", allocated, reserved, safety_stock as "safetyStock", kit, supply,
    backordered::float as backordered, leaning::float as leaning, ${RULED}
  from network_stock where sku = any($1) order by network_stock.sku for update`;

const STOCK = `
  s.sku, s.location, s.revision, s.on_hand as "onHand", s.allocated, s.safety_stock as "safetyStock", s.unavailable`;

export const MAKE_STOCK = `
  insert into stock (sku, location)
  select distinct k.sku, l.code from unnest($1::text[], $2::text[]) as k (sku, location) join location l on l.code = k.location
  order by 1, 2 on conflict do nothing`;
export const LOCK_STOCK = `
  select ${STOCK} from stock s join (select distinct * from unnest($1::text[], $2::text[]) as k (sku, location)) k using (sku, location)
  order by s.sku, s.location for update of s`;

export const SKUS_AT = 'select sku from stock where location = $1';
export const LOCK_STOCK_AT = `select ${STOCK} from stock s where s.location = $1 order by s.sku for update`;

export const WRITE_NETWORK = `
  update network_stock n
  set on_hand = c."onHand", allocated = c.allocated, reserved = c.reserved, safety_stock = c."safetyStock"
  from json_to_recordset($1) as c (sku text, "onHand" integer, allocated integer, reserved integer, "safetyStock" integer)
  where n.sku = c.sku`;

export const WRITE_STOCK = `
  update stock s
  set on_hand = c."onHand", allocated = c.allocated, safety_stock = c."safetyStock", unavailable = c.unavailable, revision = c.revision
  from json_to_recordset($1) as c
    (sku text, location text, "onHand" integer, allocated integer, "safetyStock" integer, unavailable integer, revision integer)
  where s.sku = c.sku and s.location = c.location`;

export const WRITE_MOVEMENTS = `
  insert into stock_movement (sku, location, in_network, delta_on_hand, delta_reserved, delta_allocated, delta_safety_stock,
    delta_unavailable, atp_after, kind, reference, reason, event_id, at)
  select m.sku, m.location, m."inNetwork", m."onHand", m.reserved, m.allocated, m."safetyStock", m.unavailable, m.atp, m.kind,
    m.reference, m.reason, m."eventId", m.at
  from rows from (json_to_recordset($1) as (sku text, location text, "inNetwork" boolean, "onHand" integer, reserved integer,
    allocated integer, "safetyStock" integer, unavailable integer, atp integer, kind text, reference text, reason text,
    "eventId" uuid, at timestamptz)) with ordinality as m
  order by m.ordinality`;

/** In the order in which the lines came: it is their place in the queue. */
export const WRITE_LINES = `
  insert into reservation_line
    (order_id, line_id, sku, wanted, reserved, allocated, issued, waiting, channel, of_kit, leans, backorder_id, promised_at)
  select l."orderId", l."lineId", l.sku, l.wanted, l.reserved, l.allocated, l.issued, l.waiting, l.channel, coalesce(l."ofKit", false),
    coalesce(l.leans, false), (l.backorder->>'backorderId')::uuid, (l.backorder->>'promisedAt')::timestamptz
  from rows from (json_to_recordset($1) as ("orderId" uuid, "lineId" text, sku text, wanted bigint, reserved integer,
    allocated integer, issued integer, waiting bigint, channel text, "ofKit" boolean, leans boolean, backorder jsonb)) with ordinality as l
  order by l.ordinality
  on conflict (order_id, line_id, sku) do update set wanted = excluded.wanted, reserved = excluded.reserved,
    allocated = excluded.allocated, issued = excluded.issued, waiting = excluded.waiting, channel = excluded.channel,
    leans = excluded.leans,
    backorder_id = excluded.backorder_id, promised_at = excluded.promised_at`;

/** The first who wait for each SKU behind a place, and for whom so many units are enough. */
export const QUEUE = `
  select w.order_id as "orderId", w.sku, w.waiting::integer as quantity, w.arrival::text
  from unnest($1::text[], $2::integer[], $3::bigint[]) as k (sku, units, after) cross join lateral (
    select r.order_id, r.sku, r.waiting, r.arrival from reservation_line r
    where r.sku = k.sku and r.waiting > 0 and r.waiting <= k.units and r.arrival > k.after
    order by r.arrival limit $4
  ) w
  order by w.arrival`;

/** With all pieces of each line. Dates as the log has them: an instant has one spelling. */
export const WAITING = `
  select r.order_id as "orderId", r.line_id as "lineId", bool_or(r.of_kit) as kit, max(r.channel) as channel,
    json_agg(json_build_object('sku', r.sku, 'units', r.waiting) order by r.arrival) as pieces,
    to_char(max(r.promised_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "promisedAt",
    coalesce(array_agg(r.sku order by r.arrival) filter (where r.promised_at is not null), '{}') as parts
  from (
    select order_id, line_id from reservation_line where sku = any($1) and waiting > 0
    union select order_id, line_id from reservation_line where sku = any($1) and order_id = any($2::uuid[])
  ) w join reservation_line r using (order_id, line_id)
  group by r.order_id, r.line_id
  order by min(r.arrival)`;

export const WRITE_SUPPLY_SUMS = `
  update network_stock n set supply = c.dates, expected = c.expected, backordered = c.backordered, leaning = c.leaning
  from jsonb_to_recordset($1) as c (sku text, dates jsonb, expected bigint, backordered bigint, leaning bigint)
  where n.sku = c.sku`;

/** A group of thousands is no group: some of it are enough. */
export const STAND_INS = `
  select i.sku, c.sku as "standIn" from item i cross join lateral (
    select c.sku from item c
    where c.substitution_group = i.substitution_group and c.sku <> i.sku and c.status = 'active' order by c.sku limit 50
  ) c
  where i.sku = any($1) and i.substitution_group is not null`;

export const CLAIMANTS = `
  select order_id as "orderId", arrival::text from reservation_line
  where sku = $1 and reserved + allocated > 0 and ($2::bigint is null or arrival < $2::bigint)
  order by reservation_line.arrival desc limit $3`;

export const WRITE_LOCATION = `
  insert into location (code, name, kind, country, postal_code, address, latitude, longitude, calendar, daily_capacity, lead_days, active, revision)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
  on conflict (code) do update set name = excluded.name, kind = excluded.kind, country = excluded.country,
    postal_code = excluded.postal_code, address = excluded.address, latitude = excluded.latitude, longitude = excluded.longitude,
    calendar = excluded.calendar, daily_capacity = excluded.daily_capacity, lead_days = excluded.lead_days, active = excluded.active,
    revision = excluded.revision`;

export const REQUEST_DONE = 'select command_id as "commandId", fingerprint, position, answer from stock_request where command_id = $1';
export const REMEMBER_REQUEST = `
  insert into stock_request (command_id, fingerprint, position, answer) values ($1, $2, $3, $4) on conflict do nothing`;

export const CARTS = `
  select reservation_id as "reservationId", arrival::text from cart_claim
  where sku = $1 and ($2::bigint is null or arrival < $2::bigint)
  order by cart_claim.arrival desc limit $3`;

/** What a cart does not have any more goes; what it still has is written. */
export const CLEAR_CARTS = `
  delete from cart_claim k using json_to_recordset($1) as c ("reservationId" uuid, units json)
  where k.reservation_id = c."reservationId"
    and not exists (select from json_array_elements(c.units) u where u->>0 = k.sku)`;
export const WRITE_CARTS = `
  insert into cart_claim (reservation_id, channel, sku, quantity, expires_at)
  select c."reservationId", c.channel, c.sku, c.quantity, c."expiresAt"
  from rows from (json_to_recordset($1) as
    ("reservationId" uuid, channel text, sku text, quantity integer, "expiresAt" timestamptz)) with ordinality as c
  order by c.ordinality
  on conflict (reservation_id, sku) do update set quantity = excluded.quantity, expires_at = excluded.expires_at`;
