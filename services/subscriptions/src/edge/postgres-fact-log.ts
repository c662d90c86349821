import type { Envelope } from '@cartage/contracts';
import { inTransaction, lockForTransaction } from '@cartage/postgres';
import type { Pool, PoolClient } from 'pg';
import type { FactLog, Piece, Reading } from '../app/fact-log';
import { begins, journaled, orderOf, released, type Entry, type Journal, type Journaled, type Known } from '../domain/journaling';
import { conditionsOf, holds } from './about-conditions';

/** Whoever gives places waits for whoever does: so positions become visible in their order, and none is ever entered behind a reader. */
const LOCK = 'subscriptions.facts';

const ENTER = `
  insert into fact (fact_id, position, order_id, sequence, channel, topic, type, recorded_at, heard_at, envelope)
  select x.id, x.position, x.of_order, x.sequence, x.channel, x.topic, x.type, x.recorded, $2, x.envelope
  from json_to_recordset($1::json) as x(id uuid, position bigint, of_order uuid, sequence bigint, channel text, topic text, type text, recorded timestamptz, envelope json)
  on conflict (fact_id) do update set position = excluded.position, sequence = excluded.sequence, channel = excluded.channel
  where fact.position is null and excluded.position is not null`;

const COUNT = `
  insert into journal (order_id, last, channel)
  select x.of_order, x.last, x.channel from json_to_recordset($1::json) as x(of_order uuid, last bigint, channel text)
  on conflict (order_id) do update set last = excluded.last, channel = excluded.channel`;

const JOURNALS = `select order_id as "orderId", last::float8 as last, channel from journal where order_id = any($1)`;
const WAITING = `select envelope from fact where position is null and order_id = any($1) order by arrival`;
const OVERDUE = `select envelope from fact where position is null and order_id in (
  select order_id from fact where position is null and heard_at < $1 limit $2) order by arrival`;
const COUNT_WAITING = `select count(*)::float8 as waiting from fact where position is null`;
const HEAD = `select coalesce(max(position), 0)::float8 as head from fact`;

const ENTRY = `position::float8 as position, order_id as "orderId", sequence::float8 as sequence, channel, envelope`;
const wanted = (columns: string): string => `
  select ${columns} from fact
  where position > $1 and position <= $2 and ($4::uuid[] is null or order_id = any($4)) and ($5::text[] is null or channel = any($5))
    and ($6::text[] is null or type = any($6)) and ($7::timestamptz is null or recorded_at >= $7) and ($8::timestamptz is null or recorded_at < $8)
    and ${holds('$9')}
  order by fact.position limit $3`;
/** As Postgres keeps them, which is a tenth of what they are as text, or less. No more is fetched, and none is unpacked to be measured. */
const PIECE_BYTES = 1_000_000;
const READ = `
  select * from (
    select f.*, sum(f.bytes) over (order by f.position) - f.bytes as before, count(*) over ()::int as found
    from (${wanted(`${ENTRY}, pg_column_size(envelope) as bytes`)}) f
  ) p where before < ${PIECE_BYTES} order by position`;
/** The key of what belongs to an order is the order: nothing of its envelope is read. */
const NAME = wanted(
  `position::float8 as position, fact_id as id, type, order_id as "orderId", coalesce(order_id::text, envelope ->> 'key') as key`,
);
const JOURNAL = `select ${ENTRY} from fact where order_id = $1 and sequence > $2 order by fact.sequence limit $3`;

export interface EntryRow {
  readonly position: number;
  readonly orderId: string | null;
  readonly sequence: number | null;
  readonly channel: string | null;
  readonly envelope: Envelope;
}

/** Which fact it is, without what it says. */
export interface NamedFact {
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly orderId: string | null;
  /** The order that it belongs to, or its own key where it belongs to none. */
  readonly key: string;
}

type JournalRow = Pick<Journal, 'orderId' | 'last'> & { readonly channel: string | null };

export const entryOf = ({ position, orderId, sequence, channel, envelope }: EntryRow): Entry => ({
  fact: envelope,
  position,
  ...(orderId === null ? {} : { orderId }),
  ...(sequence === null ? {} : { sequence }),
  ...(channel === null ? {} : { channel }),
});

const journalOf = ({ orderId, last, channel }: JournalRow): Journal => ({ orderId, last, ...(channel === null ? {} : { channel }) });

const rowOf = (fact: Envelope, entry?: Entry): object => ({
  ...{ id: fact.id, topic: fact.topic, type: fact.type, recorded: fact.time, envelope: fact, of_order: orderOf(fact) },
  ...{ position: entry?.position, sequence: entry?.sequence, channel: entry?.channel },
});

const grouped = (facts: readonly Envelope[]): ReadonlyMap<string, readonly Envelope[]> => {
  const byOrder = new Map<string, Envelope[]>();
  for (const fact of facts) {
    const orderId = orderOf(fact) ?? '';
    byOrder.set(orderId, [...(byOrder.get(orderId) ?? []), fact]);
  }
  return byOrder;
};

export const headOf = async (client: Pick<Pool, 'query'>): Promise<number> =>
  (await client.query<{ readonly head: number }>(HEAD)).rows[0]?.head ?? 0;

const envelopesBy = async (client: PoolClient, statement: string, values: readonly unknown[]): Promise<readonly Envelope[]> =>
  (await client.query<{ readonly envelope: Envelope }>(statement, [...values])).rows.map(({ envelope }) => envelope);

const knownOf = async (client: PoolClient, orders: readonly string[], waiting: readonly Envelope[]): Promise<Known> => {
  const { rows } = await client.query<JournalRow>(JOURNALS, [orders]);
  return { head: await headOf(client), journals: new Map(rows.map((row) => [row.orderId, journalOf(row)])), waiting: grouped(waiting) };
};

const write = async (client: PoolClient, { entries, waiting, journals }: Journaled, now: Date): Promise<void> => {
  const rows = [...entries.map((entry) => rowOf(entry.fact, entry)), ...waiting.map((fact) => rowOf(fact))];
  if (rows.length > 0) await client.query(ENTER, [JSON.stringify(rows), now]);
  const counts = journals.map(({ orderId, last, channel }) => ({ of_order: orderId, last, channel }));
  if (counts.length > 0) await client.query(COUNT, [JSON.stringify(counts)]);
};

/** Those that are not there yet, each once. */
const unknownOf = async (client: PoolClient, facts: readonly Envelope[]): Promise<readonly Envelope[]> => {
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  const { rows } = await client.query<{ readonly id: string }>('select fact_id as id from fact where fact_id = any($1)', [
    [...byId.keys()],
  ]);
  for (const { id } of rows) byId.delete(id);
  return [...byId.values()];
};

const enter = async (client: PoolClient, facts: readonly Envelope[], now: Date): Promise<void> => {
  await lockForTransaction(client, LOCK);
  const fresh = await unknownOf(client, facts);
  if (fresh.length === 0) return;
  const orders = [...new Set(fresh.flatMap((fact) => orderOf(fact) ?? []))];
  const beginning = fresh.filter(begins).flatMap((fact) => orderOf(fact) ?? []);
  const early = beginning.length === 0 ? [] : await envelopesBy(client, WAITING, [beginning]);
  await write(client, journaled(await knownOf(client, orders, early), fresh), now);
};

/** So many orders at once. */
const RELEASED_AT_ONCE = 200;

const releaseIn = async (client: PoolClient, before: Date, now: Date): Promise<number> => {
  await lockForTransaction(client, LOCK);
  const overdue = await envelopesBy(client, OVERDUE, [before, RELEASED_AT_ONCE]);
  if (overdue.length === 0) return 0;
  const known = await knownOf(client, [...new Set(overdue.flatMap((fact) => orderOf(fact) ?? []))], overdue);
  const entered = released(known);
  await write(client, entered, now);
  return entered.entries.length;
};

const listed = (values: readonly string[] | undefined): readonly string[] | null => values ?? null;

const valuesOf = (reading: Reading): unknown[] => {
  const { after, upTo = Number.MAX_SAFE_INTEGER, limit, orders, channels, types, from = null, to = null } = reading;
  return [after, upTo, limit, listed(orders), listed(channels), listed(types), from, to, conditionsOf(reading)];
};

type FoundRow = EntryRow & { readonly found: number };

const pieceOf = (rows: readonly FoundRow[], limit: number): Piece => {
  const found = rows[0]?.found ?? 0;
  return { entries: rows.map(entryOf), more: found > rows.length || found >= limit };
};

/** Within a transaction of somebody who keeps how far it is. */
export const readNames = async (client: PoolClient, reading: Reading): Promise<readonly NamedFact[]> =>
  (await client.query<NamedFact>(NAME, valuesOf(reading))).rows;

/** In the tables `fact` and `journal`. `entered` is called whenever there may be more to read. */
export const factLogIn = (pool: Pool, now: () => Date, entered: () => void = () => undefined): FactLog => {
  const entriesBy = async (statement: string, values: readonly unknown[]): Promise<readonly Entry[]> =>
    (await pool.query<EntryRow>(statement, [...values])).rows.map(entryOf);
  return {
    keep: async (facts) => {
      await inTransaction(pool, (client) => enter(client, facts, now()));
      entered();
    },
    release: async (before) => {
      const count = await inTransaction(pool, (client) => releaseIn(client, before, now()));
      if (count > 0) entered();
      return count;
    },
    head: () => headOf(pool),
    waiting: async () => (await pool.query<{ readonly waiting: number }>(COUNT_WAITING)).rows[0]?.waiting ?? 0,
    read: async (reading) => pieceOf((await pool.query<FoundRow>(READ, valuesOf(reading))).rows, reading.limit),
    journal: (orderId, after, limit) => entriesBy(JOURNAL, [orderId, after, limit]),
    channelOf: async (orderId) =>
      (await pool.query<{ readonly channel: string | null }>('select channel from journal where order_id = $1', [orderId])).rows[0]
        ?.channel,
  };
};
