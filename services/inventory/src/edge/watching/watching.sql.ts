export const SET_POINT = `
  insert into reorder_point (sku, location, reorder_point, order_up_to, learned) values ($1, $2, $3, $4, $5)
  on conflict (sku, location) do update set reorder_point = excluded.reorder_point, order_up_to = excluded.order_up_to, learned = excluded.learned`;
/** By other terms it is said anew. */
export const FORGET_FORECAST = 'delete from demand_forecast where sku = $1 and location = $2';
export const CLEAR_POINT = 'delete from reorder_point where sku = $1 and location = $2';
export const KNOWN_LOCATION = 'select from location where code = $1';

export const SET_THRESHOLD = `
  insert into alert_threshold (sku, channel, atp_below) values ($1, $2, $3)
  on conflict (sku, channel) do update set atp_below = excluded.atp_below`;
export const CLEAR_THRESHOLD = 'delete from alert_threshold where sku = $1 and channel = $2';

/** With what is there, and what is on order and not overdue. */
const POINTS = `
  select p.sku, p.location, coalesce(f.reorder_point, p.reorder_point) as "reorderPoint", coalesce(f.order_up_to, p.order_up_to) as "orderUpTo",
    coalesce((p.learned->>'minimumQuantity')::integer, 1) as "minimumQuantity", coalesce((p.learned->>'multipleOf')::integer, 1) as "multipleOf",
    case when f.reorder_point is null then 'said' else 'learned' end as "decidedBy",
    coalesce(s.on_hand - s.allocated, 0) as available,
    (select coalesce(sum(o.units), 0)::integer from supply o where o.sku = p.sku and o.location = p.location and not o.overdue) as "onOrder"
  from reorder_point p left join stock s using (sku, location)
  left join demand_forecast f on f.sku = p.sku and f.location = p.location and (p.learned->>'decides')::boolean`;

export const WATCHED = `
  select (select coalesce(json_agg(p), '[]') from (${POINTS} where p.sku = any($1)) p) as points,
    (select coalesce(json_agg(json_build_object('sku', sku, 'channel', channel, 'atpBelow', atp_below)), '[]')
      from alert_threshold where sku = any($1)) as thresholds,
    (select coalesce(json_agg(json_build_object('alertId', alert_id, 'kind', kind, 'sku', sku, 'channel', channel, 'location', location)), '[]')
      from stock_alert where sku = any($1) and ended_at is null and kind <> 'drift') as standing`;

export const RAISE = `
  insert into stock_alert (alert_id, kind, sku, channel, location, value, threshold, raised_at)
  select a."alertId", a.kind, a.sku, coalesce(a.channel, ''), coalesce(a.location, ''), a.value, a.threshold, a."raisedAt"
  from json_to_recordset($1) as a ("alertId" uuid, kind text, sku text, channel text, location text, value integer, threshold integer,
    "raisedAt" timestamptz)`;
export const END = `
  update stock_alert s set ended_at = a."endedAt"
  from json_to_recordset($1) as a ("alertId" uuid, "endedAt" timestamptz) where s.alert_id = a."alertId"`;

export const ALERTS = `
  select alert_id as "alertId", kind, sku, nullif(channel, '') as channel, nullif(location, '') as location, value, threshold,
    raised_at as "raisedAt", ended_at as "endedAt"
  from stock_alert
  where ($1::text is null or kind = $1) and ($2::text is null or sku = $2) and ($3::boolean is null or (ended_at is null) = $3)
    and ($4::timestamptz is null or (raised_at, alert_id) < ($4, $5))
  order by raised_at desc, alert_id desc limit $6`;

export const SUGGESTIONS = `
  select *, ceil(greatest("minimumQuantity", "orderUpTo" - available - "onOrder")::numeric / "multipleOf")::integer * "multipleOf" as suggested from (${POINTS}
    where ($1::text is null or p.location = $1) and ($2::text is null or (p.sku, p.location) > ($2, $3))
  ) p
  where available + "onOrder" <= "reorderPoint" order by sku, location limit $4`;
