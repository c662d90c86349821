export const STANDS = 'select position, sweep from availability_place';
export const PLACE = `${STANDS} for update skip locked`;
export const MOVE = 'update availability_place set position = $1, sweep = $2';
export const REACHED = 'select position >= $1 as reached from availability_place';

export const WITH_KITS = `
  select unnest($1::text[]) as sku union select sku from item where parts && $1::text[]`;
export const SKUS_AFTER = 'select sku from network_stock where sku > $1 order by sku limit $2';

export const PUBLISHED = 'select sku, channel, atp, locations from channel_availability where sku = any($1)';
export const PUBLISH = `
  insert into channel_availability (sku, channel, atp, locations, changed_at)
  select r.sku, r.channel, r.atp, r.locations, $2
  from jsonb_to_recordset($1) as r (sku text, channel text, atp integer, locations jsonb)
  on conflict (sku, channel) do update set atp = excluded.atp, locations = excluded.locations, changed_at = excluded.changed_at`;

/** A channel of which nothing is said has what all such channels have. */
export const CHANGES = `
  select a.sku, a.atp, a.changed_at as "changedAt", (
      select coalesce(jsonb_agg(jsonb_build_object('location', l.key, 'atp', l.value::integer) order by l.key collate "C"), '[]')
      from jsonb_each_text(a.locations) l
    ) as locations
  from channel_availability a
  where a.channel = coalesce((select channel from channel_rule where channel = $1), '')
    and ($2::timestamptz is null or a.changed_at >= $2::timestamptz)
    and ($3::timestamptz is null or (a.changed_at, a.sku) > ($3::timestamptz, $4))
  order by a.changed_at, a.sku limit $5`;
