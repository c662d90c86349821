import { Refused, systemClock, type Clock } from '@cartage/eventsourcing';
import { inTransaction, lockForTransaction } from '@cartage/postgres';
import type { Pool, PoolClient } from 'pg';
import {
  causeOf,
  CLAIM_BYTES,
  CLAIM_MS,
  earlyPause,
  plainText,
  type DeadLetterDesk,
  type DeadLetters,
  type DeadLetterState,
  type Failure,
  type Front,
  type Letter,
  type ListedLetter,
  type StoredLetter,
} from '../dead-letter';
import { headersTo, letterColumns, listedColumns, listedLetter, storedLetter, type LetterRow, type ListedRow } from './letter-row';

const IS_BLOCKED = `exists (select 1 from dead_letter d where d.group_name = $1 and d.key = $2 and d.state <> 'dropped')`;

const insert = `
  insert into dead_letter (group_name, key, topic, event_id, event_type, headers, value, state, due_at, error, stack, attempts, stored_at, changed_at)
  select $1, $2, $3, $4, $5, $6, $7, case when ${IS_BLOCKED} then 'waiting' else $8 end, $9::timestamptz, $10, $11, $12, $13::timestamptz, $13::timestamptz
  on conflict (group_name, event_id) do nothing`;

/** The next of the key has its turn, if nobody is before it. */
const promote = `
  update dead_letter set state = 'retrying', due_at = $3::timestamptz, in_hand = false, changed_at = $3::timestamptz
  where id = (select min(d.id) from dead_letter d where d.group_name = $1 and d.key = $2 and d.state = 'waiting')
    and not exists (select 1 from dead_letter d where d.group_name = $1 and d.key = $2 and d.state in ('dead', 'retrying'))`;

const claim = `
  update dead_letter l set due_at = $2::timestamptz + $4 * interval '1 ms', in_hand = true
  where l.id in (
    select id from (
      select id, sum(bytes) over (order by due_at, id rows unbounded preceding) - bytes as before from (
        select d.id, d.due_at, coalesce(octet_length(d.value), 0) as bytes from dead_letter d
        where d.group_name = $1 and d.state = 'retrying' and d.due_at <= $2::timestamptz
        order by d.due_at limit $3 for update skip locked) due
    ) fit where before < ${CLAIM_BYTES})
  returning ${letterColumns('l')}`;

const hasten = `
  update dead_letter set due_at = $3::timestamptz
  where group_name = $1 and key = $2 and state = 'retrying' and due_at > $3::timestamptz and not in_hand`;

const change = `update dead_letter l set in_hand = false, state = $2, due_at = $3::timestamptz, changed_at = $4::timestamptz`;

/** Dead letters in the listening service's own table `dead_letter` (see `migrateMessaging`). */
class PostgresDeadLetters implements DeadLetters, DeadLetterDesk {
  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock = systemClock,
  ) {}

  async blocked(group: string): Promise<ReadonlyMap<string, Front>> {
    const sql = `select key, state, stored_at from dead_letter where group_name = $1 and state in ('dead', 'retrying')`;
    const { rows } = await this.pool.query<{ key: Buffer; state: Front['state']; stored_at: Date }>(sql, [group]);
    return new Map(rows.map(({ key, state, stored_at }) => [key.toString(), { state, since: stored_at.toISOString() }]));
  }

  bury(letter: Letter, failure: Failure): Promise<void> {
    return this.insert(letter, 'dead', failure);
  }

  postpone(letter: Letter, failure: Failure): Promise<void> {
    return this.insert(letter, 'retrying', failure);
  }

  queue(letter: Letter): Promise<boolean> {
    return this.alone(letter.group, Buffer.from(letter.key), async (client) => {
      const { rows } = await client.query<{ is: boolean }>(`select ${IS_BLOCKED} as is`, [letter.group, Buffer.from(letter.key)]);
      if (rows[0]?.is !== true) return false;
      await client.query(insert, this.values(letter, 'waiting', undefined));
      return true;
    });
  }

  async claim(group: string, limit: number): Promise<readonly StoredLetter[]> {
    const { rows } = await this.pool.query<LetterRow>(claim, [group, this.clock.now(), limit, CLAIM_MS]);
    return rows.map(storedLetter);
  }

  async taken(id: string): Promise<void> {
    const found = await this.row<ListedRow>(id, listedColumns('l'));
    if (!found) return;
    await this.alone(found.group_name, found.key, async (client) => {
      await client.query('delete from dead_letter where id = $1', [id]);
      await client.query(promote, [found.group_name, found.key, this.clock.now()]);
    });
  }

  async failed(id: string, failure: Failure): Promise<void> {
    const { message, stack } = causeOf(failure.error);
    const sql = `${change}, attempts = l.attempts + $5, error = $6, stack = $7 where id = $1 and state = 'retrying'`;
    await this.pool.query(sql, [id, 'dead', null, this.clock.now(), failure.attempts, message, stack]);
  }

  async early(id: string, failure: Failure): Promise<void> {
    const found = await this.row<ListedRow>(id, listedColumns('l'));
    if (!found) return;
    const now = this.clock.now();
    const due = new Date(now.getTime() + earlyPause(now.getTime() - found.stored_at.getTime()));
    const sql = `update dead_letter set due_at = $2, in_hand = false, error = $3 where id = $1 and state = 'retrying'`;
    await this.pool.query(sql, [id, due, causeOf(failure.error).message]);
  }

  async hasten(group: string, key: string): Promise<void> {
    await this.pool.query(hasten, [group, Buffer.from(key), this.clock.now()]);
  }

  async list({ group, state, after = '0', limit }: Parameters<DeadLetterDesk['list']>[0]): Promise<readonly ListedLetter[]> {
    const sql = `select ${listedColumns('l')} from dead_letter l
      where ($1::text is null or group_name = $1) and ($2::text is null or state = $2) and id > $3 order by id limit $4`;
    const { rows } = await this.pool.query<ListedRow>(sql, [group ?? null, state ?? null, after, limit]);
    return rows.map(listedLetter);
  }

  async find(id: string): Promise<StoredLetter> {
    const row = await this.row<LetterRow>(id, letterColumns('l'));
    if (!row) throw new Refused('DEAD_LETTER_UNKNOWN', `There is no dead letter ${id}; it may have been taken by now.`, 'unknown');
    return storedLetter(row);
  }

  async send(id: string): Promise<StoredLetter> {
    const letter = await this.find(id);
    if (letter.state === 'waiting')
      throw new Refused(
        'DEAD_LETTER_WAITING',
        `It waits behind another one of its key: send or drop that one first, and this one follows.`,
      );
    if (letter.state === 'dropped') throw new Refused('DEAD_LETTER_DROPPED', 'It was dropped; what came after it has gone on.');
    const now = this.clock.now();
    await this.pool.query(`${change} where id = $1 and state = 'dead'`, [id, 'retrying', now, now]);
    return this.find(id);
  }

  async drop(id: string, reason: string): Promise<StoredLetter> {
    const letter = await this.find(id);
    if (letter.state === 'dropped') throw new Refused('DEAD_LETTER_DROPPED', `It was dropped before: ${letter.reason ?? ''}`);
    const [group, key] = [letter.group, Buffer.from(letter.key)];
    await this.alone(group, key, async (client) => {
      const now = this.clock.now();
      await client.query(`${change}, reason = $5 where id = $1`, [id, 'dropped', null, now, plainText(reason)]);
      await client.query(promote, [group, key, now]);
    });
    return this.find(id);
  }

  private insert(letter: Letter, state: DeadLetterState, failure: Failure): Promise<void> {
    return this.alone(letter.group, Buffer.from(letter.key), async (client) => {
      await client.query(insert, this.values(letter, state, failure));
    });
  }

  private values({ group, key, topic, eventId, type, record }: Letter, state: DeadLetterState, failure: Failure | undefined): unknown[] {
    const now = this.clock.now();
    const { message, stack } = failure ? causeOf(failure.error) : { message: '', stack: '' };
    const due = new Date(now.getTime() + earlyPause(0));
    const what = [topic, plainText(eventId), plainText(type), headersTo(record.headers), record.value];
    return [group, Buffer.from(key), ...what, state, due, message, stack, failure?.attempts ?? 0, now];
  }

  private async row<Row extends ListedRow>(id: string, columns: string): Promise<Row | undefined> {
    if (!/^\d{1,18}$/.test(id)) return undefined;
    const { rows } = await this.pool.query<Row>(`select ${columns} from dead_letter l where id = $1`, [id]);
    return rows[0];
  }

  /** Whoever changes which letter of a key is the first does it alone. */
  private alone<Result>(group: string, key: Buffer, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    return inTransaction(this.pool, async (client) => {
      await lockForTransaction(client, `dead-letter.${group}.${key.toString('hex')}`);
      return work(client);
    });
  }
}

export const postgresDeadLetters = (pool: Pool, clock?: Clock): DeadLetters & DeadLetterDesk => new PostgresDeadLetters(pool, clock);
