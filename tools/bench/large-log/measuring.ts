import { postgresEventStore } from '@cartage/event-store';
import { positionOf, type NewEvent, type Write } from '@cartage/eventsourcing';
import { newId } from '@cartage/service-kit';
import type { Pool } from 'pg';
import { median } from '../figure';
import { during, rateOf } from '../rate';
import { streamsOf } from './filling';

type Store = ReturnType<typeof postgresEventStore>;

const event = (): NewEvent => {
  const id = newId();
  return { type: 'Measured', data: { text: 'x'.repeat(480) }, id, meta: { commandId: id, correlationId: id, actor: 'bench' } };
};
const write = (): Write => ({ stream: `measured-${newId()}`, expected: 0, events: [event()] });

/** How many events a second a follower gets from here on, at most so many. */
const followed = async (store: Store, from: number, most: number): Promise<number> => {
  const [stopped, started] = [new AbortController(), performance.now()];
  let seen = 0;
  for await (const batch of store.follow({ from: positionOf(from), signal: stopped.signal })) {
    seen += batch.length;
    if (seen >= most) stopped.abort();
  }
  return rateOf(seen, performance.now() - started).perSecond;
};

const STREAM = `select 'order-' || md5('order ' || $1::bigint)::uuid as stream`;

/** Whole streams from anywhere in the log, one after the other, in milliseconds. */
const readStreams = async (pool: Pool, store: Store, events: number): Promise<number> => {
  const took: number[] = [];
  for (let i = 0; i < 200; i += 1) {
    const nth = Math.floor(((i * 0.618_033_988_75) % 1) * streamsOf(events));
    const stream = (await pool.query<{ stream: string }>(STREAM, [nth])).rows[0]?.stream ?? '';
    const started = performance.now();
    const [read] = await store.readMany([stream]);
    took.push(performance.now() - started);
    if (read?.events.length !== 8) throw new Error(`${stream} has ${read?.events.length ?? 0} events.`);
  }
  return median(took);
};

const SIZES = `
  select pg_table_size('events')::float8 as "table", pg_relation_size('events_pkey')::float8 as position,
    pg_relation_size('events_stream_version_key')::float8 as stream, pg_relation_size('events_by_id')::float8 as id,
    pg_relation_size('events_by_correlation')::float8 as correlation`;

/** What a log of so many events can do. Sizes are of one event, in bytes. */
export const measureLog = async (pool: Pool, events: number, seconds: number): Promise<Readonly<Record<string, number>>> => {
  const client = await pool.connect();
  let vacuum = performance.now();
  try {
    await client.query('set statement_timeout = 0');
    await client.query('vacuum (analyze) events');
    vacuum = (performance.now() - vacuum) / 1_000;
  } finally {
    client.release(true);
  }
  const [size] = (await pool.query<Readonly<Record<string, number>>>(SIZES)).rows;
  const sizes = Object.fromEntries(Object.entries(size ?? {}).map(([name, bytes]) => [`bytes an event: ${name}`, bytes / events]));
  const store = postgresEventStore({ pool });
  const append = (count: number) => async (): Promise<number> => (await store.appendMany(Array.from({ length: count }, write))).length;
  await during(1, 1, append(100));
  return {
    'vacuum (analyze), first, seconds': vacuum,
    ...sizes,
    'read a stream of 8 events, median ms': await readStreams(pool, store, events),
    'append 100 events, events/s': (await during(seconds, 1, append(100))).perSecond,
    'append 1 event, 16 callers, events/s': (await during(seconds, 16, append(1))).perSecond,
    'follow from the beginning, events/s': await followed(store, 0, Math.min(events, 100_000)),
    'follow the last, events/s': await followed(store, Math.max(0, events - 100_000), Math.min(events, 100_000)),
  };
};
