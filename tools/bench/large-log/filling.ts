import type { Pool } from 'pg';

/** Streams that live at the same time: their events stand between each other's, as those of orders do. */
const ABREAST = 500;
/** Events of a stream, as an order has in its service's log. */
const EVENTS = 8;

/**
 * The rows that `append_events` would have written, made by Postgres itself: names of streams and ids are random, as those of orders are; data and meta are about as
 * long as an order's events have them on average (docs/explanation/scale.md).
 */
const ROWS = `
  insert into events (position, stream, version, sequence, id, type, data, meta, size, recorded_at)
  select position, 'order-' || subject, version, version, id, type, data::json, meta::json, octet_length(data) + octet_length(meta), recorded_at
  from generate_series($1::bigint, $2::bigint) as position
  cross join lateral (
    select md5('order ' || (position - 1) / ${ABREAST * EVENTS} * ${ABREAST} + (position - 1) % ${ABREAST})::uuid as subject,
      md5('event ' || position)::uuid as id,
      ((position - 1) % ${ABREAST * EVENTS} / ${ABREAST} + 1)::integer as version,
      timestamptz '2024-01-01 00:00:00Z' + position * interval '700 ms' as recorded_at
    offset 0
  ) s
  cross join lateral (
    select (array['OrderPlaced', 'StockReserved', 'PaymentAuthorized', 'OrderConfirmed', 'FulfillmentAllocated', 'ShipmentDispatched', 'ShipmentDelivered', 'OrderCompleted'])[version] as type,
      format('{"orderId":"%s","at":"%s","lines":%s}', subject, recorded_at, $3::text) as data,
      format('{"commandId":"%s","correlationId":"%s","causationId":"%s","actor":"order.inventory","traceparent":"00-%s-01","sequence":%s}',
        id, subject, id, id, version) as meta
    offset 0
  ) t`;

/** What two lines of an order are, about. */
const LINES = JSON.stringify(
  [1, 2].map((n) => ({ lineId: String(n), sku: `SKU-${n}2345`, quantity: n, unitPrice: 1995, note: 'x'.repeat(90) })),
);

const AT_ONCE = 500_000;

const WITHOUT_INDEXES = `
  alter table events drop constraint if exists events_pkey, drop constraint if exists events_stream_version_key;
  drop index if exists events_by_id, events_by_correlation`;

const WITH_INDEXES = `
  alter table events add primary key (position), add unique (stream, version);
  create index events_by_id on events (id);
  create index events_by_correlation on events ((meta ->> 'correlationId') collate "C", position)`;

/** The name of a stream that the log has, by its number from 0. */
export const streamsOf = (events: number): number => Math.floor(events / (ABREAST * EVENTS)) * ABREAST;

/** Fills the log up to so many events; indexes are made afterwards, which is the quickest way to the same table. */
export const fillTo = async (pool: Pool, events: number, say: (line: string) => void): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query("set statement_timeout = 0; set synchronous_commit = off; set maintenance_work_mem = '512MB'");
    const last = Number((await client.query<{ last: string | null }>('select max(position) as last from events')).rows[0]?.last ?? 0);
    await client.query(WITHOUT_INDEXES);
    for (let from = last + 1; from <= events; from += AT_ONCE) {
      await client.query(ROWS, [from, Math.min(from + AT_ONCE - 1, events), LINES]);
      say(`${Math.min(from + AT_ONCE - 1, events).toLocaleString('en')} events`);
    }
    await client.query(WITH_INDEXES);
    say('indexes are made');
  } finally {
    client.release(true);
  }
};
