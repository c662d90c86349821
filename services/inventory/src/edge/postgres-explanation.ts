import { loggedEvent } from '@cartage/event-store';
import { numberOf, positionOf, Refused, type EventStore } from '@cartage/eventsourcing';
import type { Pool } from 'pg';
import type { Cut, ExplanationReading, HeldBack, KeptMovement, MovementGroup, StockClaim, StockInstant } from '../app/explanation';

const NOW = `
  select statement_timestamp() as "asOf", coalesce(max(movement_id), 0)::text as "movementId" from stock_movement where sku = $1`;

const RECORDED = 'select recorded_at as "recordedAt" from events where position = $1';

/**
 * Halves the movements of a SKU until it has the last that was recorded by then. They stand in the order in which they were recorded: whoever moves a SKU
 * holds its row until the commit. So a SKU with a million movements costs some twenty looks.
 */
export const cutOf = (sku: string, at: string): string => `
  with recursive search (low, high) as (
    select 0::bigint, coalesce((select max(movement_id) from stock_movement where sku = ${sku}), 0)
    union all
    select
      case when p.id is null or p.recorded_at <= ${at} then (s.low + s.high + 1) / 2 else s.low end,
      case when p.id is null or p.recorded_at <= ${at} then s.high else p.id - 1 end
    from search s left join lateral (
      select m.movement_id as id, e.recorded_at from stock_movement m cross join lateral ${loggedEvent('m.event_id')} e
      where m.sku = ${sku} and m.movement_id > s.low and m.movement_id <= (s.low + s.high + 1) / 2
      order by m.movement_id desc limit 1
    ) p on true
    where s.low < s.high
  )
  select low::text as "movementId" from search where low >= high`;

const CUT = cutOf('$1', '$2');

const WAS_OPEN = `
  select (data ->> 'active')::boolean as open from events
  where stream = 'location-' || $1 and type = 'LocationChanged' and recorded_at <= $2 order by version desc limit 1`;

/** Of the network where no location is named; there claims on the network are no matter of the location. */
const SCOPE = `sku = $1 and movement_id <= $2::bigint and case when $3::text is null then in_network else location = $3 end`;
const RESERVED = 'case when $3::text is null then delta_reserved else 0 end';

const GROUPS = `
  select kind, reason, count(*)::integer as movements, sum(delta_on_hand)::integer as "onHand", sum(${RESERVED})::integer as reserved,
    sum(delta_allocated)::integer as allocated, sum(delta_safety_stock)::integer as "safetyStock", sum(delta_unavailable)::integer as unavailable
  from stock_movement where ${SCOPE} and movement_id > $4::bigint
  group by kind, reason order by min(movement_id)`;

/** What a location that opened or closed holds back stands in a movement of the network. */
const HELD_BACK = `
  select coalesce(location, reference) as location, sum(delta_safety_stock)::integer as units
  from stock_movement where ${SCOPE} group by 1 having sum(delta_safety_stock) <> 0 order by 1`;

const CLAIMS = `
  with claim as (
    select reference, sum(${RESERVED})::integer as reserved, max(movement_id) as last
    from stock_movement
    where ${SCOPE} and kind <> 'LocationChanged' and reference > $4
    group by reference having sum(${RESERVED}) <> 0 or sum(delta_allocated) <> 0
    order by reference limit $5
  ), place as (
    select m.reference, m.location, e.data ->> 'fulfillmentId' as fulfillment, sum(m.delta_allocated)::integer as units
    from stock_movement m join claim c using (reference) cross join lateral ${loggedEvent('m.event_id')} e
    where m.sku = $1 and m.movement_id <= $2::bigint and m.delta_allocated <> 0 and ($3::text is null or m.location = $3)
    group by 1, 2, 3 having sum(m.delta_allocated) <> 0
  )
  select c.reference as "orderId", c.reserved, l.event_id as "eventId", l.at as since, coalesce((
    select json_agg(json_build_object('location', p.location, 'fulfillmentId', p.fulfillment, 'units', p.units) order by p.location, p.fulfillment)
    from place p where p.reference = c.reference
  ), '[]') as allocated
  from claim c join stock_movement l on l.sku = $1 and l.movement_id = c.last
  order by c.reference`;

const MOVEMENTS = `
  select m.movement_id::text as id, m.sku, m.location, m.in_network as "inNetwork", m.delta_on_hand as "onHand", m.delta_reserved as reserved,
    m.delta_allocated as allocated, m.delta_safety_stock as "safetyStock", m.delta_unavailable as unavailable, m.atp_after as atp,
    m.kind, m.reference, m.reason, m.event_id as "eventId", m.at,
    lpad(e.position::text, 16, '0') as position, e.data ->> 'fulfillmentId' as "fulfillmentId"
  from (
    select * from stock_movement
    where sku = $1 and movement_id <= $2::bigint and ($3::text is null or location = $3) and movement_id > $4::bigint
      and ($5::bigint is null or movement_id < $5::bigint)
    order by movement_id desc limit $6
  ) m cross join lateral ${loggedEvent('m.event_id')} e
  order by m.movement_id desc`;

/** The service's own log, for events that have left its table. */
export type Past = Pick<EventStore, 'follow' | 'head'>;

export const postgresExplanation = (pool: Pool, past: Past): ExplanationReading => ({
  cut: (sku, instant) => (instant ? cutAt({ pool, past }, sku, instant) : cutNow(pool, sku)),
  wasOpen: async (location, at) => (await pool.query<{ open: boolean }>(WAS_OPEN, [location, at])).rows[0]?.open,
  groups: async ({ sku, until, location, after }) => (await pool.query<MovementGroup>(GROUPS, [sku, until, location, after])).rows,
  heldBack: async ({ sku, until, location }) => (await pool.query<HeldBack>(HELD_BACK, [sku, until, location])).rows,
  claims: async ({ sku, until, location, after, limit }) =>
    (await pool.query<Timed<StockClaim, 'since'>>(CLAIMS, [sku, until, location, after ?? '', limit])).rows.map((row) => ({
      ...row,
      since: row.since.toISOString(),
    })),
  movements: async ({ sku, until, location, after, before, limit }) =>
    (await pool.query<Timed<KeptMovement, 'at'>>(MOVEMENTS, [sku, until, location, after, before, limit])).rows.map((row) => ({
      ...row,
      at: row.at.toISOString(),
    })),
});

/** As the driver reads it: a time is a date. */
type Timed<Row, Field extends keyof Row> = Omit<Row, Field> & { readonly [Name in Field]: Date };

const only = <Row>(rows: readonly Row[]): Row => {
  const [row] = rows;
  if (row === undefined) throw new Error('An aggregate has one row.');
  return row;
};

const cutNow = async (pool: Pool, sku: string): Promise<Cut> => {
  const { asOf, movementId } = only((await pool.query<{ asOf: Date; movementId: string }>(NOW, [sku])).rows);
  return { asOf: asOf.toISOString(), movementId };
};

interface Reads {
  readonly pool: Pool;
  readonly past: Past;
}

const cutAt = async (reads: Reads, sku: string, instant: StockInstant): Promise<Cut> => {
  const asOf = 'time' in instant ? instant.time : await recordedAt(reads, instant.position);
  const { movementId } = only((await reads.pool.query<{ movementId: string }>(CUT, [sku, asOf])).rows);
  return { asOf, movementId };
};

/** A position stands for all that was recorded with it: nobody could ever see a transaction by halves. */
const recordedAt = async ({ pool, past }: Reads, position: string): Promise<string> => {
  const number = numberOf(position);
  const { rows } = await pool.query<{ recordedAt: Date }>(RECORDED, [number]);
  const time =
    rows[0]?.recordedAt.toISOString() ?? (number > 0 && position <= (await past.head()) ? await archivedAt(past, number) : undefined);
  if (time !== undefined) return time;
  const message = `The log of inventory has no position ${position}.`;
  throw new Refused('AS_OF_INVALID', message, 'invalid', [{ field: 'asOf', code: 'AS_OF_INVALID', message }]);
};

const archivedAt = async (past: Past, number: number): Promise<string | undefined> => {
  const { signal } = new AbortController();
  for await (const [event] of past.follow({ from: positionOf(number - 1), signal, batchSize: 1 })) return event?.recordedAt;
  return undefined;
};
