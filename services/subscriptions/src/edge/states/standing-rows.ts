import type { StateTopic } from '@cartage/contracts';
import { inTransaction } from '@cartage/postgres';
import { isoTime } from '@cartage/views';
import type { Pool, PoolClient } from 'pg';
import type { StandingProgress, Standings } from '../../app/states/standings';
import { orderOf, type Entry } from '../../domain/journaling';
import { folded, forgottenBy, nameOf, namesIn, STATES_REVISION, type After, type Before, type Standing } from '../../domain/standing';

const STANDING = `topic, key, order_id as "orderId", position::float8 as position, state, fact_id as "factId", ${isoTime('recorded_at')} as time`;
const KNOWN = `
  select ${STANDING} from standing where (topic, key) in (select * from unnest($1::text[], $2::text[]))
  union all select ${STANDING} from standing where order_id = any($3)`;
const FORGOTTEN = `select order_id as "orderId" from forgotten_order where order_id = any($1)`;
const KEEP = `
  insert into standing (topic, key, order_id, position, state, fact_id, recorded_at)
  select x.topic, x.key, x.of_order, x.position, x.state, x.fact, x.recorded
  from json_to_recordset($1::json) as x(topic text, key text, of_order uuid, position bigint, state json, fact uuid, recorded timestamptz)
  on conflict (topic, key) do update set order_id = excluded.order_id, position = excluded.position, state = excluded.state,
    fact_id = excluded.fact_id, recorded_at = excluded.recorded_at`;
/** As Postgres keeps them, which is a tenth of what they are as text, or less. No more is fetched, and none is unpacked to be measured. */
const PIECE_BYTES = 1_000_000;
const CHANGED = `
  with page as (
    select position, coalesce(pg_column_size(state), 0) as bytes from standing where position > $1 order by position limit $2
  ), sized as (
    select position, sum(bytes) over (order by position rows unbounded preceding) - bytes as before from page
  )
  select ${STANDING} from standing
  where position > $1 and position <= (select max(position) from sized where before < ${PIECE_BYTES}) order by position, topic, key`;
const PROGRESS = `select folded::float8 as folded, published::float8 as published from standing_progress where revision = $1`;

type StandingRow = Omit<Standing, 'orderId' | 'topic'> & { readonly orderId: string | null; readonly topic: StateTopic };

const standingOf = ({ orderId, ...row }: StandingRow): Standing => ({ ...row, ...(orderId === null ? {} : { orderId }) });

const rowOf = ({ topic, key, orderId, position, state, factId, time }: Standing): object => ({
  ...{ topic, key, of_order: orderId, position, state, fact: factId, recorded: time },
});

const knownBefore = async (client: PoolClient, entries: readonly Entry[]): Promise<Before> => {
  const names = namesIn(entries);
  const orders = [...new Set(entries.flatMap(({ fact }) => orderOf(fact) ?? []))];
  const { rows } = await client.query<StandingRow>(KNOWN, [
    names.map(({ topic }) => topic),
    names.map(({ key }) => key),
    entries.flatMap(forgottenBy),
  ]);
  const forgotten = await client.query<{ readonly orderId: string }>(FORGOTTEN, [orders]);
  return {
    standings: new Map(rows.map((row) => [nameOf(row), standingOf(row)])),
    erased: new Set(forgotten.rows.map(({ orderId }) => orderId)),
  };
};

const keep = async (client: PoolClient, { standings, erased }: After): Promise<void> => {
  if (standings.length > 0) await client.query(KEEP, [JSON.stringify(standings.map(rowOf))]);
  if (erased.length > 0) await client.query('insert into forgotten_order select unnest($1::uuid[]) on conflict do nothing', [erased]);
};

/** What was told under their keys before is taken back, unless it is made anew: the numbers stay. Of many states that takes its time. */
const makeAnew = async (client: PoolClient): Promise<StandingProgress> => {
  await client.query('set local statement_timeout = 0');
  await client.query('update standing set state = null');
  await client.query('delete from standing_progress');
  await client.query('insert into standing_progress (revision, folded, published) values ($1, 0, 0)', [STATES_REVISION]);
  return { folded: 0, published: 0 };
};

export const standingsIn = (pool: Pool): Standings => ({
  begin: () =>
    inTransaction(pool, async (client) => {
      const { rows } = await client.query<StandingProgress>(PROGRESS, [STATES_REVISION]);
      return rows[0] ?? makeAnew(client);
    }),
  fold: (entries) =>
    inTransaction(pool, async (client) => {
      const last = entries.at(-1);
      if (last === undefined) return [];
      const after = folded(await knownBefore(client, entries), entries);
      await keep(client, after);
      await client.query('update standing_progress set folded = $2 where revision = $1', [STATES_REVISION, last.position]);
      return after.faults;
    }),
  changed: async (after, limit) => (await pool.query<StandingRow>(CHANGED, [after, limit])).rows.map(standingOf),
  told: async () => (await pool.query<StandingProgress>(PROGRESS, [STATES_REVISION])).rows[0]?.published ?? 0,
  published: async (position) => {
    await pool.query('update standing_progress set published = $2 where revision = $1', [STATES_REVISION, position]);
  },
});
