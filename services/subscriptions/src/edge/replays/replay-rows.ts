import { inTransaction } from '@cartage/postgres';
import { isoTime } from '@cartage/views';
import type { Pool, PoolClient } from 'pg';
import type { CountedReplay, ReplayTable } from '../../app/replays/replay-table';
import { sliceOf } from '../../domain/pace';
import { advanced, allowance, settled, type Replay } from '../../domain/replay';
import { adding } from '../adding';
import { readNames } from '../postgres-fact-log';
import { UNWAITED } from '../unwaited';
import { holdEndpoint } from '../webhooks/endpoint-rows';
import { enter, giveTurns, type Turn } from '../webhooks/turns';

/** So many facts are looked through at once. */
const LOOKED_THROUGH = 50_000;
/** As many wait as may: it is looked after them less often. */
const FULL_MS = 1_000;

const REPLAY = `
  r.replay_id as "replayId", r.endpoint_id as "endpointId", r.topic, r.refused::float8 as refused, r.failure, r.filter, r.after::float8 as after, r.up_to::float8 as "upTo", r.rate, r.note,
  ${isoTime('r.asked_at')} as "askedAt", r.asked_by as "askedBy", r.status, r.position::float8 as position, r.entered::float8 as entered,
  ${isoTime('r.ended_at')} as "endedAt"`;
const countOf = (status: string): string =>
  `(select count(*)::float8 from webhook_delivery d where d.replay_id = r.replay_id and d.status = '${status}')`;
/** What a topic was sent it has, except what it will never take. */
const COUNTED = `
  select ${REPLAY}, case when r.topic is null then ${countOf('waiting')} else 0 end as waiting,
    case when r.topic is null then ${countOf('delivered')} else r.entered - r.refused end::float8 as delivered,
    case when r.topic is null then ${countOf('given-up')} else r.refused end::float8 as "givenUp" from replay r`;
const LIST = `${COUNTED}
  where ($1::uuid is null or r.endpoint_id = $1) and ($2::timestamptz is null or (r.asked_at, r.replay_id) < ($2, $3::uuid))
  order by r.asked_at desc, r.replay_id desc limit $4`;
const ADD = `
  insert into replay (replay_id, endpoint_id, topic, filter, after, up_to, rate, note, asked_at, asked_by, fingerprint, position, next_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $5, $9)`;
const SPAN = `
  select (select min(position)::float8 from fact where $1::timestamptz is null or recorded_at >= $1) as first,
    (select max(position)::float8 from fact where $2::timestamptz is null or recorded_at < $2) as last`;
const CHANNELS = `select e.channels from replay r join webhook_endpoint e using (endpoint_id) where r.replay_id = $1`;
const RUNNING = `select ${REPLAY} from replay r where r.replay_id = $1 and r.status = 'running'`;
const HOLD = `${RUNNING} for update`;
/** Whoever was told that it is due may come after somebody who has done the step. */
const MINE = `${RUNNING} and r.next_at <= $2 for update skip locked`;
const WAITING = `select count(*)::integer as n from webhook_delivery where replay_id = $1 and status = 'waiting'`;
const KEEP = `update replay set status = $2, position = $3, entered = $4, ended_at = $5, next_at = $6 where replay_id = $1`;
/** What is under way at this moment is not called back. */
const CALL_OFF = `delete from webhook_delivery where replay_id = $1 and status = 'waiting' and (leased_until is null or leased_until <= $2)`;
const LEFT = `
  select distinct endpoint_id as "endpointId", partition_key as "partitionKey" from webhook_delivery where replay_id = $1 and status = 'waiting'`;
const FORGET = `
  delete from replay where replay_id in (select replay_id from replay where ended_at < $1 limit $2 for update skip locked)`;

const CLAIM = `
  update replay r set next_at = $3
  where r.replay_id = (
    select replay_id from replay where replay_id = $1 and status = 'running' and topic is not null and next_at <= $2 for update skip locked)
  returning ${REPLAY}`;
/** Where two have sent the same, the second changes nothing. */
const SENT = `
  update replay set status = $3, position = $4, entered = $5, refused = $6, ended_at = $7, next_at = $8, failure = null
  where replay_id = $1 and status = 'running' and position = $2`;
const FAILED = `update replay set failure = $2, next_at = $3 where replay_id = $1 and status = 'running'`;
const due = (target: string): string => `
  select replay_id as "replayId" from replay where status = 'running' and ${target} is not null and next_at <= $1 order by next_at`;

const nullable = ['endpointId', 'topic', 'note', 'failure', 'endedAt'] as const;
type Nullable = (typeof nullable)[number];
type ReplayRow = Omit<Replay, Nullable> & { readonly [Field in Nullable]: string | null };
type CountedRow = ReplayRow & Pick<CountedReplay, 'waiting' | 'delivered' | 'givenUp'>;

/** What is not there is left out. */
const present = (fields: { readonly [Field in Nullable]: string | null }): { readonly [Field in Nullable]?: string } =>
  Object.fromEntries(nullable.flatMap((name) => (fields[name] === null ? [] : [[name, fields[name]]])));

const replayOf = <Row extends ReplayRow>({ endpointId, topic, note, failure, endedAt, ...row }: Row) => ({
  ...row,
  ...present({ endpointId, topic, note, failure, endedAt }),
});

const keep = async (client: PoolClient, { replayId, status, position, entered, endedAt }: Replay, nextAt: Date): Promise<void> => {
  await client.query(KEEP, [replayId, status, position, entered, endedAt ?? null, nextAt]);
};

const enterMore = async (client: PoolClient, replay: Replay, { limit, now }: { readonly limit: number; readonly now: Date }) => {
  const upTo = Math.min(replay.upTo, replay.position + LOOKED_THROUGH);
  const facts = limit === 0 ? [] : await readNames(client, { ...replay.filter, after: replay.position, upTo, limit });
  const { endpointId, replayId } = replay;
  if (endpointId !== undefined && facts.length > 0) {
    await holdEndpoint(client, endpointId);
    await enter(client, facts, { endpointId, replayId, now });
  }
  return advanced(replay, { positions: facts.map(({ position }) => position), more: facts.length >= limit, upTo });
};

const stepIn = async (
  client: PoolClient,
  replayId: string,
  { now, share }: { readonly now: Date; readonly share: number },
): Promise<void> => {
  const replay = (await client.query<ReplayRow>(MINE, [replayId, now])).rows.map(replayOf)[0];
  if (!replay) return;
  const waiting = (await client.query<{ readonly n: number }>(WAITING, [replayId])).rows[0]?.n ?? 0;
  const { most, everyMs } = sliceOf(replay.rate, share);
  const limit = allowance(most, waiting);
  const next = await enterMore(client, replay, { limit, now });
  const nextAt = new Date(now.getTime() + (limit === 0 ? FULL_MS : everyMs));
  await keep(client, settled(next, waiting + next.entered - replay.entered, now), nextAt);
};

const callOff = async (client: PoolClient, { replayId, endpointId }: Replay, now: Date): Promise<void> => {
  if (endpointId === undefined) return;
  await holdEndpoint(client, endpointId);
  await client.query(CALL_OFF, [replayId, now]);
  await giveTurns(client, (await client.query<Turn>(LEFT, [replayId])).rows);
};

const cancelIn = async (client: PoolClient, replayId: string, now: Date): Promise<void> => {
  const replay = (await client.query<ReplayRow>(HOLD, [replayId])).rows.map(replayOf)[0];
  if (!replay) return;
  await callOff(client, replay, now);
  await keep(client, { ...replay, status: 'cancelled', endedAt: now.toISOString() }, now);
};

const add = (pool: Pool): ReplayTable['add'] => {
  const added = adding(pool, { table: 'replay', id: 'replay_id', counted: `status = 'running'`, insert: ADD });
  return (replay, terms) => {
    const { replayId, endpointId = null, topic = null, filter, after, upTo, rate, note = null, askedAt, askedBy } = replay;
    const kept = [endpointId, topic, JSON.stringify(filter), after, upTo, rate, note, askedAt, askedBy, terms.fingerprint];
    return added([replayId, ...kept], terms);
  };
};

const dueBy = (pool: Pool, statement: string) => async (now: Date) =>
  (await pool.query<{ readonly replayId: string }>(statement, [now])).rows.map(({ replayId }) => replayId);

/** Those to topics: they are sent outside of a transaction. */
const sendingTo = (pool: Pool): Pick<ReplayTable, 'claim' | 'sent' | 'failed'> => ({
  claim: async (replayId, now, until) => {
    const [replay] = (await pool.query<ReplayRow>(CLAIM, [replayId, now, until])).rows.map(replayOf);
    return replay?.topic === undefined ? undefined : { ...replay, topic: replay.topic };
  },
  sent: async ({ replayId, position: from }, { status, position, entered, refused = 0, endedAt = null }, nextAt) =>
    (await pool.query(SENT, [replayId, from, status, position, entered, refused, endedAt, nextAt])).rowCount === 1,
  failed: async (replayId, failure, nextAt) => void (await pool.query(FAILED, [replayId, failure, nextAt])),
});

export const replayTable = (pool: Pool): ReplayTable => ({
  add: add(pool),
  find: async (replayId) => (await pool.query<CountedRow>(`${COUNTED} where r.replay_id = $1`, [replayId])).rows.map(replayOf)[0],
  list: async ({ endpointId, after, limit }) => {
    const [askedAt = null, replayId = null] = after ?? [];
    return (await pool.query<CountedRow>(LIST, [endpointId ?? null, askedAt, replayId, limit])).rows.map(replayOf);
  },
  cancel: (replayId, now) => inTransaction(pool, (client) => cancelIn(client, replayId, now)),
  span: async (from, to) => {
    const { rows } = await pool.query<{ readonly first: number | null; readonly last: number | null }>(SPAN, [from ?? null, to ?? null]);
    const { first = null, last = null } = rows[0] ?? {};
    return { ...(first === null ? {} : { first }), ...(last === null ? {} : { last }) };
  },
  channelsOf: async (replayId) =>
    (await pool.query<{ readonly channels: readonly string[] | null }>(CHANNELS, [replayId])).rows[0]?.channels ?? undefined,
  due: dueBy(pool, due('endpoint_id')),
  dueTopics: dueBy(pool, due('topic')),
  ...sendingTo(pool),
  step: (replayId, now, share) => inTransaction(pool, (client) => stepIn(client, replayId, { now, share }), UNWAITED),
  forget: async (before, limit) => (await pool.query(FORGET, [before, limit])).rowCount ?? 0,
});
