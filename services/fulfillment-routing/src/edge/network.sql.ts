/** Locations with any of the SKUs of $1, their stock of these, and their load on the day $2. */
export const stockedText = `
  select l.code, l.kind, l.active, l.latitude, l.longitude, l.daily_capacity as capacity, coalesce(d.fulfillments, 0) as load,
    s.skus, s.available
  from (select location, array_agg(sku) as skus, array_agg(available) as available from stock_level where sku = any($1) group by location) s
  join location l on l.code = s.location
  left join location_load d on d.location = s.location and d.day = $2
  order by l.code`;

export const learnLocationText = `
  insert into location as l (code, name, kind, country, postal_code, latitude, longitude, daily_capacity, active, revision)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  on conflict (code) do update set name = excluded.name, kind = excluded.kind, country = excluded.country,
    postal_code = excluded.postal_code, latitude = excluded.latitude, longitude = excluded.longitude,
    daily_capacity = excluded.daily_capacity, active = excluded.active, revision = excluded.revision
  where l.revision < excluded.revision`;

/** Rows come sorted by key, so that two processes never lock the same two in opposite order. */
export const learnLevelsText = `
  insert into stock_level as s (sku, location, revision, on_hand, allocated, safety_stock, available)
  select * from json_to_recordset($1::json) as x(sku text, location text, revision integer, "onHand" integer, allocated integer,
    "safetyStock" integer, available integer)
  on conflict (sku, location) do update set revision = excluded.revision, on_hand = excluded.on_hand, allocated = excluded.allocated,
    safety_stock = excluded.safety_stock, available = excluded.available
  where s.revision < excluded.revision`;

const given = `given as (select * from json_to_recordset($1::json) as x("fulfillmentId" uuid, location text, day date))`;

/** A fulfilment that was counted, or freed, before changes nothing. */
export const countText = `
  with ${given},
  fresh as (insert into counted_fulfillment select "fulfillmentId", true from given on conflict do nothing returning fulfillment_id),
  added as (select location, day, count(*) as n from given join fresh on fulfillment_id = "fulfillmentId" group by location, day)
  insert into location_load as l (location, day, fulfillments) select location, day, n from added order by location, day
  on conflict (location, day) do update set fulfillments = l.fulfillments + excluded.fulfillments`;

/** What is freed before it was counted will not be counted: the row says so. */
export const releaseText = `
  with ${given},
  freed as (
    insert into counted_fulfillment as c select "fulfillmentId", false from given
    on conflict (fulfillment_id) do update set standing = false where c.standing
    returning fulfillment_id, xmax <> 0 as was_counted),
  taken as (
    select location, day, count(*) as n from given join freed on fulfillment_id = "fulfillmentId" and was_counted group by location, day)
  update location_load l set fulfillments = l.fulfillments - taken.n from taken where l.location = taken.location and l.day = taken.day`;
