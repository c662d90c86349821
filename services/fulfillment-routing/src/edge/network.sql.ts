/** Locations with any of the SKUs of $1, their stock of these, and the loads of their days from the one before that of the instant $2 in Greenwich. */
export const stockedText = `
  select l.code, l.kind, l.active, l.latitude, l.longitude, l.daily_capacity as capacity, l.time_zone as "timeZone", l.calendar,
    s.skus, s.available, coalesce(d.loads, '{}') as loads
  from (select location, array_agg(sku) as skus, array_agg(available) as available from stock_level where sku = any($1) group by location) s
  join location l on l.code = s.location
  left join lateral (select json_object_agg(day, fulfillments) as loads from location_load
    where location = s.location and day >= ($2::timestamptz at time zone 'UTC')::date - 1) d on true
  order by l.code`;

export const placeText = 'select name, time_zone as "timeZone" from location where code = $1';

export const weightsText = 'select sku, weight_grams as grams from item_weight where sku = any($1) and weight_grams is not null';

export const learnItemText = `
  insert into item_weight as w (sku, weight_grams, revision) values ($1, $2, $3)
  on conflict (sku) do update set weight_grams = excluded.weight_grams, revision = excluded.revision where w.revision < excluded.revision`;

export const learnLocationText = `
  insert into location as l (code, name, kind, country, postal_code, latitude, longitude, daily_capacity, active, revision, time_zone,
    calendar)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  on conflict (code) do update set name = excluded.name, kind = excluded.kind, country = excluded.country,
    postal_code = excluded.postal_code, latitude = excluded.latitude, longitude = excluded.longitude,
    daily_capacity = excluded.daily_capacity, active = excluded.active, revision = excluded.revision,
    time_zone = excluded.time_zone, calendar = excluded.calendar
  where l.revision < excluded.revision`;

/**
 * Rows come sorted by key, so that two processes never lock the same two in opposite order. Answers with those that there may be more of: what is not new may be told
 * again because whoever heard it died before it was offered.
 */
export const learnLevelsText = `
  with told as (select * from json_to_recordset($1::json) as x(sku text, location text, revision integer, "onHand" integer,
      allocated integer, "safetyStock" integer, available integer)),
  learnt as (
    insert into stock_level as s (sku, location, revision, on_hand, allocated, safety_stock, available, has_more)
    select sku, location, revision, "onHand", allocated, "safetyStock", available, available > 0 from told
    on conflict (sku, location) do update set revision = excluded.revision, on_hand = excluded.on_hand, allocated = excluded.allocated,
      safety_stock = excluded.safety_stock, available = excluded.available, has_more = excluded.available > s.available
    where s.revision < excluded.revision
    returning sku, location, has_more)
  select sku, location from told left join learnt using (sku, location) where has_more is not false`;

/** Of what somebody waits for. */
export const arrivalsAtText = `
  select s.sku, s.location from stock_level s join location l on l.code = s.location
  where s.location = $1 and l.active and s.available > 0 and exists (select 1 from stock_wait w where w.sku = s.sku)
  order by s.sku`;

/** What is waited for from now on, and no more what was waited for before; touches no row twice. */
export const waitText = `
  with wanted as (select * from json_to_recordset($4::json) as x("decisionId" uuid, sku text, location text, "notAt" text[], units integer)),
  over as (delete from stock_wait w where w.order_id = $1 and w.version <= $2
    and not exists (select 1 from wanted where "decisionId" = w.decision_id and wanted.sku = w.sku))
  insert into stock_wait as w (decision_id, sku, order_id, location, not_at, units, since, version)
  select "decisionId", sku, $1, location, "notAt", units, $3, $2 from wanted order by "decisionId", sku
  on conflict (decision_id, sku) do update set units = excluded.units, not_at = excluded.not_at, version = excluded.version where w.version < excluded.version`;

/** Which of these somebody waits for. Hardly ever any: to plan the question below costs twenty times as much as this one. */
export const awaitedText = `select distinct sku from stock_wait where sku = any($1)`;

/**
 * Those of $1 that are known to be there in the quantity wanted, with all else that they wait for, without what was taken ($2); after $3, $4; at most $5. Of a SKU that is
 * nowhere nobody is looked for.
 */
export const waitingText = `
  with wanted as (
    select w.* from stock_wait w where w.decision_id in (select decision_id from stock_wait where sku = any($1)
        and exists (select 1 from stock_level s where s.sku = stock_wait.sku and s.available > 0))
      and (w.since, w.decision_id) > ($3::timestamptz, $4::uuid)),
  there as (
    select s.sku, s.location, greatest(s.available, 0) as units
    from stock_level s join location l on l.code = s.location and l.active where s.sku in (select sku from wanted)
    union all
    select x.sku, x.location, -x.units from json_to_recordset($2::json) as x(sku text, location text, units integer)),
  sums as (select sku, location, sum(units) as units from there group by grouping sets ((sku), (sku, location)))
  select w.order_id as "orderId", w.decision_id as "decisionId", w.since
  from wanted w left join sums s on s.sku = w.sku and s.location is not distinct from w.location
    left join lateral (select sum(t.units) as units from there t where t.sku = w.sku and t.location = any(w.not_at)
      and (w.location is null or t.location = w.location)) n on cardinality(w.not_at) > 0
  group by w.order_id, w.decision_id, w.since having bool_and(w.units <= coalesce(s.units, 0) - coalesce(n.units, 0))
  order by w.since, w.decision_id limit $5`;

const placed = `placed as (
    select x."fulfillmentId", x.location, x.day, l.daily_capacity as capacity
    from json_to_recordset($1::json) as x("fulfillmentId" uuid, location text, day date) join location l on l.code = x.location)`;

/** A fulfilment that was counted, claimed or freed before is not counted again; one that was claimed is brokered now. */
export const countText = `
  with ${placed},
  counted as (
    insert into counted_fulfillment as c (fulfillment_id, location, day, standing, brokered)
    select "fulfillmentId", location, day, true, true from placed order by 1
    on conflict (fulfillment_id) do update set brokered = true where not c.brokered
    returning fulfillment_id, xmax = 0 as is_new),
  added as (
    select location, day, count(*) as n from placed join counted on fulfillment_id = "fulfillmentId" and is_new group by location, day)
  insert into location_load as l (location, day, fulfillments) select location, day, n from added order by location, day
  on conflict (location, day) do update set fulfillments = l.fulfillments + excluded.fulfillments`;

/**
 * As many of the claims as the capacity of the location's day allows; answers with those. The row of the day is locked while it is decided, so that of any number of
 * claims at the same time no more are granted than fit.
 */
export const claimText = `
  with ${placed},
  numbered as (select *, row_number() over (partition by location, day order by "fulfillmentId") as nth from placed),
  wanted as (select location, day, count(*)::integer as n, max(capacity) as capacity from placed group by location, day),
  taken as (
    insert into location_load as l (location, day, fulfillments, capacity, wanted, granted)
    select location, day, least(n, coalesce(capacity, n)), capacity, n, least(n, coalesce(capacity, n)) from wanted order by location, day
    on conflict (location, day) do update set capacity = excluded.capacity, wanted = excluded.wanted,
      granted = least(excluded.wanted, greatest(0, coalesce(excluded.capacity, 2147483647) - l.fulfillments)),
      fulfillments = l.fulfillments + least(excluded.wanted, greatest(0, coalesce(excluded.capacity, 2147483647) - l.fulfillments))
    returning location, day, granted)
  insert into counted_fulfillment (fulfillment_id, location, day, standing, brokered)
  select "fulfillmentId", location, day, true, false from numbered join taken using (location, day) where nth <= granted
  returning fulfillment_id as "fulfillmentId"`;

/** What is freed before it was counted will not be counted: the row says so. */
export const releaseText = `
  with freed as (
    insert into counted_fulfillment as c (fulfillment_id, standing, brokered) select unnest($1::uuid[]), false, true order by 1
    on conflict (fulfillment_id) do update set standing = false, brokered = true where c.standing
    returning location, day, xmax <> 0 as was_counted),
  taken as (select location, day, count(*) as n from freed where was_counted group by location, day)
  update location_load l set fulfillments = l.fulfillments - taken.n from taken where l.location = taken.location and l.day = taken.day`;

/** Claims whose decision was never written: whoever made it died. Ten minutes are more than any append may take. */
export const abandonedText = `
  select fulfillment_id as "fulfillmentId" from counted_fulfillment where not brokered and claimed_at < now() - interval '10 minutes'`;
