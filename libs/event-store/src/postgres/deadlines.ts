import {
  bell,
  sharingRoundTrips,
  systemClock,
  type Clock,
  type Deadline,
  type DeadlineListing,
  type DeadlineQueue,
  type DueDeadline,
  type WaitingDeadline,
} from '@cartage/eventsourcing';
import type { Pool } from 'pg';
import { migrate, retrying, textArray } from '@cartage/postgres';

export interface PostgresDeadlinesOptions {
  /** Connections whose search path begins with the schema of the table, which `migrateDeadlines` makes. */
  readonly pool: Pool;
  readonly clock?: Clock;
  /** How long deadlines that were told or cancelled are remembered, so that setting one again does nothing. Longer than events come again. */
  readonly rememberMs?: number;
}

const TABLE = `
  create table if not exists deadline (
    id text collate "C" primary key,
    stream text not null,
    name text not null,
    due_at timestamptz not null,
    data json not null,
    correlation_id text,
    tries integer not null default 0,
    next_at timestamptz not null,
    settled_at timestamptz
  );
  create index if not exists deadline_to_be_told on deadline (next_at) where settled_at is null;
  create index if not exists deadline_settled on deadline (settled_at) where settled_at is not null;
  comment on table deadline is 'What is to be told to whom at what time, unless it is cancelled before. Rows that are settled are deleted after some weeks.';
  comment on column deadline.id is 'Names it for ever: set again, it changes nothing.';
  comment on column deadline.stream is 'The aggregate that is told, such as order-<id>.';
  comment on column deadline.name is 'What it is told, such as AuthorizationOverdue.';
  comment on column deadline.due_at is 'When (UTC).';
  comment on column deadline.data is 'What is told with it. Kept as text; cast to jsonb to query it.';
  comment on column deadline.correlation_id is 'What it belongs to.';
  comment on column deadline.tries is 'How often somebody took it to tell it.';
  comment on column deadline.next_at is 'When it is taken next: at first when it is due, later after a pause, or when whoever has it in hand is taken for dead (UTC).';
  comment on column deadline.settled_at is 'When it was told or cancelled (UTC); empty while it waits.';
`;

/** Makes the table in the schema that the pool's search path names first. Idempotent, and safe when many start at once. */
export const migrateDeadlines = (pool: Pool): Promise<void> => migrate(pool, 'deadlines', TABLE);

const SET = `
  insert into deadline (id, stream, name, due_at, data, correlation_id, next_at)
  select id, stream, name, due, data::json, correlation, due
  from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[]) as s (id, stream, name, due, data, correlation)
  order by id collate "C"
  on conflict (id) do nothing`;

/** Locked one after the other in one order, so that two statements never wait for each other. */
const SETTLE = `
  with mine as (select id from deadline where id = any($1) and settled_at is null order by id for update)
  update deadline d set settled_at = $2 from mine where d.id = mine.id`;

const TAKE = `
  with due as (
    select id from deadline where settled_at is null and next_at <= $1
    order by due_at, id limit $3 for update skip locked
  )
  update deadline d set next_at = $2, tries = d.tries + 1 from due where d.id = due.id
  returning d.id, d.stream, d.name, d.due_at as due, d.data::text as data, d.correlation_id as correlation, d.tries`;

const POSTPONE = 'update deadline set next_at = $2 where id = $1 and settled_at is null';
const NEXT = 'select min(next_at) as next from deadline where settled_at is null';
const FORGET = `
  delete from deadline where id in (
    select id from deadline where settled_at < $1 order by settled_at limit $2 for update skip locked)`;

interface Row {
  readonly id: string;
  readonly stream: string;
  readonly name: string;
  readonly due: Date;
  readonly data: string;
  readonly correlation: string | null;
  readonly tries: number;
}

const LIST = `
  select id, stream, name, due_at as due, next_at as next, correlation_id as correlation, tries from deadline
  where settled_at is null and ($1::boolean is null or (due_at <= $2) = $1) and ($3::text is null or name = $3)
    and ($4::text is null or stream = $4) and ($5::timestamptz is null or (due_at, id) > ($5, $6::text collate "C"))
  order by due_at, id limit $7`;

type WaitingRow = Omit<Row, 'data'> & { readonly next: Date };

const DUE = `
  select count(*)::int as due, coalesce(extract(epoch from $1::timestamptz - min(next_at)), 0)::float8 as seconds
  from deadline where settled_at is null and next_at <= $1`;

/** What is due and not told yet: how many, and how long the first of them waits. For metrics; one query on an index. */
export const deadlineFigures = async (
  pool: Pick<Pool, 'query'>,
  now: Date,
): Promise<{ readonly due: number; readonly seconds: number }> => {
  const { rows } = await pool.query<{ due: number; seconds: number }>(DUE, [now]);
  return rows[0] ?? { due: 0, seconds: 0 };
};

const listed = async (pool: Pool, { now, state, name, stream, after, limit }: DeadlineListing): Promise<readonly WaitingDeadline[]> => {
  const [dueAt = null, id = null] = after ?? [];
  const isOverdue = state === undefined ? null : state === 'overdue';
  const { rows } = await pool.query<WaitingRow>(LIST, [isOverdue, now, name ?? null, stream ?? null, dueAt, id, limit]);
  return rows.map(({ due, next, correlation, ...row }) => ({
    ...{ ...row, dueAt: due.toISOString(), nextAt: next.toISOString() },
    ...(correlation === null ? {} : { correlationId: correlation }),
  }));
};

const WEEKS_MS = 30 * 24 * 3_600_000;
const HOUR_MS = 3_600_000;
/** Forgotten along with what is settled, which waits for it. */
const FORGOTTEN_AT_ONCE = 2_000;

/** Deadlines in a table of the service's schema: told by whichever process is free, each by one. */
export const postgresDeadlines = ({ pool, clock = systemClock, rememberMs = WEEKS_MS }: PostgresDeadlinesOptions): DeadlineQueue => {
  const set = bell();
  // Whoever lies down until a time is woken for what is due before it; everybody is, while somebody looks and has not lain down yet.
  let restsUntil = Number.POSITIVE_INFINITY;
  let forgotAt = 0;
  const forget = async (now: number): Promise<void> => {
    if (now - forgotAt < HOUR_MS) return;
    const { rowCount } = await pool.query(FORGET, [new Date(now - rememberMs), FORGOTTEN_AT_ONCE]);
    if ((rowCount ?? 0) < FORGOTTEN_AT_ONCE) forgotAt = now;
  };
  const settle = sharingRoundTrips(async (ids: readonly string[]) => {
    const now = clock.now();
    await retrying(() => pool.query(SETTLE, [ids, now]));
    await forget(now.getTime());
  });

  return {
    set: sharingRoundTrips(async (deadlines: readonly Deadline[]) => {
      await retrying(() => pool.query(SET, columnsOf(deadlines)));
      if (deadlines.some(({ dueAt }) => Date.parse(dueAt) < restsUntil)) set.ring();
    }),
    cancel: settle,
    settle: async (ids) => void (await Promise.all(ids.map(settle))),
    take: async ({ now, until, limit }) => {
      restsUntil = Number.POSITIVE_INFINITY;
      const { rows } = await pool.query<Row>(TAKE, [now, until, limit]);
      return rows.map(dueOf).toSorted((a, b) => (a.dueAt + a.id < b.dueAt + b.id ? -1 : 1));
    },
    postpone: async (id, until) => void (await pool.query(POSTPONE, [id, until])),
    list: (listing) => listed(pool, listing),
    nextAt: async () => {
      const next = (await pool.query<{ readonly next: Date | null }>(NEXT)).rows[0]?.next ?? undefined;
      restsUntil = next?.getTime() ?? Number.POSITIVE_INFINITY;
      return next;
    },
    heard: set.rings,
    news: set.next,
  };
};

const columnsOf = (deadlines: readonly Deadline[]): unknown[] => [
  textArray(deadlines.map(({ id }) => id)),
  textArray(deadlines.map(({ stream }) => stream)),
  textArray(deadlines.map(({ name }) => name)),
  deadlines.map(({ dueAt }) => dueAt),
  textArray(deadlines.map(({ data }) => JSON.stringify(data ?? null))),
  textArray(deadlines.map(({ correlationId }) => correlationId ?? null)),
];

const dueOf = ({ due, data, correlation, ...row }: Row): DueDeadline => ({
  ...row,
  dueAt: due.toISOString(),
  data: JSON.parse(data) as unknown,
  ...(correlation === null ? {} : { correlationId: correlation }),
});
