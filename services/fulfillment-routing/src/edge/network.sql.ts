/** Locations with any of the SKUs of $1, their stock of these, and the loads of their days from the one before that of the instant $2 in Greenwich. */
export const stockedText = `
  select l.code, l.kind, l.active, l.latitude, l.longitude, l.daily_capacity as capacity, l.time_zone as "timeZone", l.calendar,
    s.skus, s.available, coalesce(d.loads, '{}') as loads
  from (select location, array_agg(sku) as skus, array_agg(available) as available from stock_level where sku = any($1) group by location) s
  join location l on l.code = s.location
  left join lateral (select json_object_agg(day, fulfillments) as loads from location_load
    where location = s.location and day >= ($2::timestamptz at time zone 'UTC')::date - 1) d on true
  order by l.code`;

export const learnLocationText = `
  insert into location as l (code, name, kind, country, postal_code, latitude, longitude, daily_capacity, active, revision, time_zone,
    calendar)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  on conflict (code) do update set name = excluded.name, kind = excluded.kind, country = excluded.country,
    postal_code = excluded.postal_code, latitude = excluded.latitude, longitude = excluded.longitude,
    daily_capacity = excluded.daily_capacity, active = excluded.active, revision = excluded.revision,
    time_zone = excluded.time_zone, calendar = excluded.calendar
  where l.revision < excluded.revision`;

/** Rows come sorted by key, so that two processes never lock the same two in opposite order. */
export const learnLevelsText = `
  insert into stock_level as s (sku, location, revision, on_hand, allocated, safety_stock, available)
  select * from json_to_recordset($1::json) as x(sku text, location text, revision integer, "onHand" integer, allocated integer,
    "safetyStock" integer, available integer)
  on conflict (sku, location) do update set revision = excluded.revision, on_hand = excluded.on_hand, allocated = excluded.allocated,
    safety_stock = excluded.safety_stock, available = excluded.available
  where s.revision < excluded.revision`;

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
