import { inTransaction } from '@cartage/postgres';
import { isoTime } from '@cartage/views';
import type { Pool } from 'pg';
import type { ForkInHand, ForkTable, StoredFork } from '../../app/forks/fork-table';
import type { DayUse, OrderOutcome } from '../../domain/fork-outcome';

const ASK = `
  insert into routing_fork (fork_id, status, terms, note, actor, asked_at, decisions_of, fingerprint)
  values ($1, 'waiting', $2, $3, $4, $5, $6, $7) on conflict (fork_id) do nothing`;
const SHOWN = `
  select fork_id as "forkId", status, terms, note, actor as by, ${isoTime('asked_at')} as "askedAt", ${isoTime('started_at')} as "startedAt",
    ${isoTime('ended_at')} as "endedAt", decisions, decisions_of as of, failure, result
  from routing_fork`;

/** Those whose player has not said anything for too long come first: they were asked first. */
const CLAIM = `
  with next as (
    select fork_id from routing_fork where ended_at is null and (held_until is null or held_until < $1)
    order by asked_at, fork_id limit 1 for update skip locked
  )
  update routing_fork f set status = 'running', attempt = attempt + 1, started_at = $1, held_until = $2, decisions = 0
  from next where f.fork_id = next.fork_id
  returning f.fork_id as "forkId", f.terms, f.decisions_of as of, f.attempt`;
const ADVANCE = `update routing_fork set decisions = $3, held_until = $4 where fork_id = $1 and attempt = $2 and ended_at is null`;
const END = `
  update routing_fork set status = $3, ended_at = $4, held_until = null, failure = $5, result = $6, decisions = coalesce($7, decisions)
  where fork_id = $1 and attempt = $2 and ended_at is null`;
const KEEP_ORDERS = `
  insert into routing_fork_order (fork_id, order_id, is_same, before, now)
  select $1, x."orderId", x."isSame", x.before, x.now from json_to_recordset($2::json) as x("orderId" uuid, "isSame" boolean, before jsonb, now jsonb)`;
const KEEP_DAYS = `
  insert into routing_fork_day (fork_id, location, day, before, now, capacity)
  select $1, x.location, x.day, x.before, x.now, x.capacity
  from json_to_recordset($2::json) as x(location text, day text, before integer, now integer, capacity integer)`;
const ORDERS = `
  select order_id as "orderId", is_same as "isSame", before, now from routing_fork_order
  where fork_id = $1 and (not $2::boolean or not is_same) and ($3::uuid is null or order_id > $3) order by order_id limit $4`;
const DAYS = `
  select location, day, before, now, capacity from routing_fork_day
  where fork_id = $1 and ($2::text is null or (location, day) > ($2, $3)) order by location, day limit $4`;
const FORGET = `
  delete from routing_fork where fork_id in (select fork_id from routing_fork where ended_at < $1 limit $2 for update skip locked)`;

const ROWS = 100;

function* slices<Item>(items: Iterable<Item>): Generator<readonly Item[]> {
  let slice: Item[] = [];
  for (const item of items) {
    slice.push(item);
    if (slice.length < ROWS) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}

type DayRow = Omit<DayUse, 'capacity'> & { readonly capacity: number | null };

export const forkTable = (pool: Pool): ForkTable => ({
  ask: async ({ forkId, terms, note, by, askedAt, of, fingerprint }) => {
    await pool.query(ASK, [forkId, JSON.stringify(terms), note, by, askedAt, of, fingerprint]);
    const { rows } = await pool.query<{ fingerprint: string }>('select fingerprint from routing_fork where fork_id = $1', [forkId]);
    return rows[0]?.fingerprint === fingerprint;
  },
  unfinished: async () => {
    const { rows } = await pool.query<{ n: number }>('select count(*)::integer as n from routing_fork where ended_at is null');
    return rows[0]?.n ?? 0;
  },
  find: async (forkId) => (await pool.query<StoredFork>(`${SHOWN} where fork_id = $1`, [forkId])).rows[0],
  list: async (after, limit) => {
    const [askedAt = null, forkId = null] = after ?? [];
    const page = `where $1::timestamptz is null or (asked_at, fork_id) < ($1, $2::uuid) order by asked_at desc, fork_id desc limit $3`;
    return (await pool.query<StoredFork>(`${SHOWN} ${page}`, [askedAt, forkId, limit])).rows;
  },
  orders: async (forkId, { changed, after, limit }) =>
    (await pool.query<OrderOutcome>(ORDERS, [forkId, changed, after ?? null, limit])).rows,
  days: async (forkId, after, limit) => {
    const { rows } = await pool.query<DayRow>(DAYS, [forkId, after?.[0] ?? null, after?.[1] ?? null, limit]);
    return rows.map(({ capacity, ...day }) => (capacity === null ? day : { ...day, capacity }));
  },
  drop: async (forkId) => (await pool.query('delete from routing_fork where fork_id = $1', [forkId])).rowCount === 1,
  claim: async (now, until) => (await pool.query<ForkInHand>(CLAIM, [now, until])).rows[0],
  advance: async ({ forkId, attempt }, decisions, until) => (await pool.query(ADVANCE, [forkId, attempt, decisions, until])).rowCount === 1,
  finish: ({ forkId, attempt, of }, { result, orders, days }, at) =>
    inTransaction(pool, async (client) => {
      const ended = await client.query(END, [forkId, attempt, 'done', at, null, JSON.stringify(result), of]);
      if (ended.rowCount !== 1) return;
      for (const slice of slices(orders)) await client.query(KEEP_ORDERS, [forkId, JSON.stringify(slice)]);
      for (const slice of slices(days)) await client.query(KEEP_DAYS, [forkId, JSON.stringify(slice)]);
    }),
  fail: async ({ forkId, attempt }, failure, at) => {
    await pool.query(END, [forkId, attempt, 'failed', at, JSON.stringify(failure), null, null]);
  },
  forget: async (before, limit) => (await pool.query(FORGET, [before, limit])).rowCount ?? 0,
});
