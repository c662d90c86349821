import { lastLogged, loggedBetween } from '@cartage/event-store';
import { cutOf } from '../postgres-explanation';

export const LOCK_PLACE = `select pg_advisory_xact_lock(hashtextextended('cartage.statements.' || current_schema() || '.' || $1 || '/' || $2, 0))`;

/** What sets the books right says how it was before, too; what happened to goods does not. */
const CORRECTS = `m.kind = 'StockAdjusted' and m.reason in ('count', 'drift', 'loss', 'found', 'feed')`;

/** What the books had of $sku at $location at an instant, as they stand today: now, without what moved since. */
const thenAt = (sku: string, location: string, at: string): string => `
  select (coalesce(s.on_hand, 0) - coalesce(m.on_hand, 0) + coalesce(m.corrected, 0))::integer as ours,
    (coalesce(s.allocated, 0) - coalesce(m.allocated, 0))::integer as allocated,
    (coalesce(s.unavailable, 0) - coalesce(m.unavailable, 0))::integer as unavailable, coalesce(m.corrected, 0)::integer as corrected
  from (${cutOf(sku, at)}) as cut
    left join stock s on s.sku = ${sku} and s.location = ${location}
    cross join lateral (
      select sum(m.delta_on_hand) as on_hand, sum(m.delta_allocated) as allocated, sum(m.delta_unavailable) as unavailable,
        sum(m.delta_on_hand) filter (where ${CORRECTS}) as corrected
      from stock_movement m where m.sku = ${sku} and m.location = ${location} and m.movement_id > cut."movementId"::bigint
    ) m`;

/** What channels are told; of one of which nothing is said, what all such channels are. */
const ofChannel = (data: string, channel: string): string =>
  `coalesce(${data} ->> 'channel', '') = coalesce((select r.channel from channel_rule r where r.channel = ${channel}), '')`;

/** What the channel had been told of the SKU last by then. */
const toldTo = (sku: string, channel: string, at: string): string =>
  lastLogged(`'availability-' || ${sku}`, {
    value: `e.data ->> 'atp'`,
    where: `e.recorded_at <= ${at} and ${ofChannel('e.data', channel)}`,
  });

/** As of: $2; of the statement $1, after the SKU $3, so many ($4). */
const PAGE = `
  with statement as (select * from stock_statement where statement_id = $1), page as (
    (select l.sku from stock_statement_line l where l.statement_id = $1 and l.sku > $3 order by l.sku limit $4)
    union (
      select k.sku from statement t join stock k on k.location = t.location
      where t.whole and t.location <> '' and k.sku > $3 order by k.sku limit $4)
    union (
      select a.sku from statement t join channel_availability a
        on a.channel = coalesce((select r.channel from channel_rule r where r.channel = t.channel), '')
      where t.whole and t.channel <> '' and a.sku > $3 order by a.sku limit $4)
    union (
      select d.sku from statement t join stock_difference d using (source, location, channel)
      where t.whole and d.status in ('open', 'ours') and d.sku > $3 order by d.sku limit $4)
    order by sku limit $4
  ), compared as (
    select p.sku, t.location, t.channel, l.sku is not null as named, coalesce(l.quantity, 0) as theirs,
      exists (select from network_stock n where n.sku = p.sku) or exists (select from item i where i.sku = p.sku) as known,
      exists (
        select from stock_difference d where d.source = t.source and d.location = t.location and d.channel = t.channel and d.sku = p.sku
          and d.status in ('open', 'ours')
      ) as watched,
      exists (
        select from stock_statement n
        where n.source = t.source and n.location = t.location and n.channel = t.channel and n.as_of > t.as_of and n.given_at is not null
          and (n.whole or exists (select from stock_statement_line o where o.statement_id = n.statement_id and o.sku = p.sku))
      ) as superseded
    from page p cross join statement t left join stock_statement_line l on l.statement_id = $1 and l.sku = p.sku
  )`;

export const COMPARED_AT_LOCATION = `${PAGE}
  select c.sku, c.named, c.theirs, c.known, c.watched, c.superseded, o.* from compared c
  cross join lateral (${thenAt('c.sku', 'c.location', '$2::timestamptz')}) o order by c.sku`;

export const COMPARED_IN_CHANNEL = `${PAGE}
  select c.sku, c.named, c.theirs, c.known, c.watched, c.superseded,
    coalesce(${toldTo('c.sku', 'c.channel', '$2::timestamptz')}, '0')::integer as ours,
    0 as allocated, 0 as unavailable, 0 as corrected
  from compared c order by c.sku`;

export const OURS = thenAt('$1', '$2', '$3::timestamptz');

/** So far, and so many, movements are looked at on either side. */
const [FAR, MANY] = ["interval '1 day'", 20];

const side = (where: string, order: string): string => `
  select m.event_id, m.kind, m.delta_on_hand, m.reference, m.movement_id from stock_movement m
  where m.sku = k.sku and m.location = $3 and m.delta_on_hand <> 0 and ${where} order by m.movement_id ${order} limit ${MANY}`;
const asMovements = `
  coalesce(json_agg(json_build_object('eventId', m.event_id, 'kind', m.kind, 'units', m.delta_on_hand, 'reference', m.reference)`;

/** Corrections afterwards are reckoned in already. */
export const NEAR_LOCATION = `
  select k.sku,
    (select ${asMovements} order by m.movement_id desc), '[]') from (
      ${side(`m.movement_id <= cut."movementId"::bigint and m.at > $2::timestamptz - ${FAR}`, 'desc')}
    ) m) as before,
    (select ${asMovements} order by m.movement_id), '[]') from (
      ${side(`m.movement_id > cut."movementId"::bigint and m.at < $2::timestamptz + ${FAR} and not (${CORRECTS})`, 'asc')}
    ) m) as after
  from unnest($1::text[]) as k (sku) cross join lateral (${cutOf('k.sku', '$2::timestamptz')}) as cut`;

/** What the channel was told of the SKU a while before and after. */
const TOLD_NEAR = `
  select e.version, e.data ->> 'atp' as atp, e.recorded_at
  from ${loggedBetween(`'availability-' || k.sku`, `$2::timestamptz - ${FAR}`, `$2::timestamptz + ${FAR}`)} e
  where ${ofChannel('e.data', '$3')} and e.recorded_at > $2::timestamptz - ${FAR} and e.recorded_at < $2::timestamptz + ${FAR}`;

export const NEAR_CHANNEL = `
  select k.sku, (
    with near as (${TOLD_NEAR})
    select coalesce(json_agg(u.atp::integer), '[]') from (
      (select * from near where recorded_at <= $2::timestamptz order by version desc limit ${MANY})
      union all
      (select * from near where recorded_at > $2::timestamptz order by version limit ${MANY})
    ) u
  ) as updates
  from unnest($1::text[]) as k (sku)`;

export const WRITE_DIFFERENCES = `
  insert into stock_difference (difference_id, source, location, channel, sku, status, cause, as_of, theirs, ours, since, difference)
  select (d->>'differenceId')::uuid, d->>'source', coalesce(d->>'location', ''), coalesce(d->>'channel', ''), d->>'sku', d->>'status',
    d->'cause'->>'code', (d->>'asOf')::timestamptz, (d->>'theirs')::integer, (d->>'ours')::integer, (d->>'since')::timestamptz, d
  from jsonb_array_elements($1::jsonb) as d
  on conflict (difference_id) do update set status = excluded.status, cause = excluded.cause, as_of = excluded.as_of,
    theirs = excluded.theirs, ours = excluded.ours, since = excluded.since, difference = excluded.difference`;

/** What is said of a category holds for its items, else what holds for all. */
export const OPEN_DIFFERENCES = `
  select d.sku, nullif(d.location, '') as location, nullif(d.channel, '') as channel, d.theirs, d.ours,
    json_build_object('units', coalesce(t.units, $4::integer), 'percent', coalesce(t.percent, $5::integer)) as tolerance
  from stock_difference d left join item i on i.sku = d.sku left join drift_tolerance t on t.category = i.category
  where d.location = $1 and d.channel = $2 and d.sku = any($3) and d.status = 'open'`;

export const STANDING = `
  select alert_id as "alertId", kind, sku, channel, location from stock_alert
  where sku = any($3) and kind = 'drift' and location = $1 and channel = $2 and ended_at is null`;

const STATEMENT = `statement_id as "statementId", source, nullif(location, '') as location, nullif(channel, '') as channel, as_of as "asOf", whole,
  lines, differences, units, given_at as "givenAt", compared_at as "comparedAt"`;

export const BEGIN = `
  insert into stock_statement (statement_id, source, location, channel, as_of, whole) values ($1, $2, $3, $4, $5, $6)
  on conflict (statement_id) do update set whole = stock_statement.whole or excluded.whole`;
export const ADD = `
  insert into stock_statement_line (statement_id, sku, quantity)
  select $1, l.sku, l.quantity from json_to_recordset($2) as l (sku text, quantity integer)
  on conflict (statement_id, sku) do update set quantity = excluded.quantity`;
export const GIVE = `
  update stock_statement set given_at = $2, compared_at = null,
    lines = (select count(*) from stock_statement_line l where l.statement_id = $1)
  where statement_id = $1 returning ${STATEMENT}`;
export const END = `
  update stock_statement set compared_at = $2, differences = $3, units = $4 where statement_id = $1 returning ${STATEMENT}`;
export const FIND = `select ${STATEMENT} from stock_statement where statement_id = $1`;
export const LIST = `
  select ${STATEMENT} from stock_statement
  where ($1::text is null or source = $1) and ($2::text is null or location = $2) and ($3::text is null or channel = $3)
    and ($4::timestamptz is null or (as_of, statement_id) < ($4, $5::uuid))
  order by as_of desc, statement_id desc limit $6`;

export const DIFFERENCE = 'select difference from stock_difference where difference_id = $1';
export const DIFFERENCES = `
  select difference from stock_difference
  where status = $1 and ($2::text is null or source = $2) and ($3::text is null or location = $3) and ($4::text is null or channel = $4)
    and ($5::text is null or sku = $5) and ($6::text is null or cause = $6)
    and ($7::integer is null or abs(units) < $7 or (abs(units) = $7 and difference_id > $8::uuid))
  order by abs(units) desc, difference_id limit $9`;

export const TOLERANCES = 'select category, units, percent from drift_tolerance order by category';
export const SET_TOLERANCE = `
  insert into drift_tolerance (category, units, percent) values ($1, $2, $3)
  on conflict (category) do update set units = excluded.units, percent = excluded.percent`;
export const CLEAR_TOLERANCE = 'delete from drift_tolerance where category = $1';

export const KIND_OF = 'select kind from location where code = $1';
