import type { Claimed, Claiming, FieldError } from '@cartage/eventsourcing';
import type { Pool } from 'pg';

/** How something that was to be told ended, or why it stands with a person. */
export interface Ending {
  readonly status: string;
  readonly detail: string;
  readonly code?: string;
  readonly faults?: readonly FieldError[];
}

/** Which table, and by which names: never out of a request. */
export interface OutboxTable {
  readonly table: string;
  /** Names a row. */
  readonly id: string;
  /** Who is told. */
  readonly receiver: string;
  /** Of these things one after the other, as they were planned: what waits keeps later ones of its own back, and nobody else's; what is refused keeps nothing. */
  readonly inTurn: string;
  /** What is claimed of a row `u`, as SQL. */
  readonly claimed: string;
}

/** Rows that are to be told, with `status`, `content`, `detail`, `code`, `faults`, `attempts`, `next_at`, `ended_at` and `place`. */
export interface OutboxRows<Row extends Claimed> {
  claim(receiver: string, claiming: Claiming): Promise<readonly Row[]>;
  nextAt(receiver: string): Promise<Date | undefined>;
  end(id: string, ending: Ending, at: Date): Promise<void>;
  postpone(id: string, until: Date): Promise<void>;
  /** One that was refused, or that nobody answered in time, waits again, with what it says now. */
  resubmit(id: string, content: unknown, at: Date): Promise<void>;
}

/** The first that waits of each thing: those behind it cannot be told yet, whatever their time. */
const firstInTurn = ({ table, receiver, inTurn }: OutboxTable): string => `
  from ${table} u
  where ${receiver} = $1 and status = 'waiting' and not exists (
    select from ${table} e
    where e.${receiver} = u.${receiver} and e.${inTurn} = u.${inTurn} and e.status = 'waiting' and e.place < u.place
  )`;

/** Of those the ones that are due; in hand until then. */
const claimOf = (of: OutboxTable): string => {
  const { table, id, claimed } = of;
  return `
  with due as (
    select ${id} ${firstInTurn(of)} and next_at <= $2
    order by next_at, place limit $4 for update skip locked
  )
  update ${table} u set next_at = $3, attempts = attempts + 1 from due where u.${id} = due.${id} and u.status = 'waiting'
  returning ${claimed}`;
};

export const outboxRows = <Row extends Claimed>(pool: Pool, of: OutboxTable): OutboxRows<Row> => {
  const { table, id } = of;
  const claim = claimOf(of);
  const next = `select min(next_at) as next ${firstInTurn(of)}`;
  const end = `update ${table} set status = $2, detail = $3, code = $4, faults = $5, ended_at = $6 where ${id} = $1 and status in ('waiting', 'refused', 'overdue')`;
  const resubmit = `
    update ${table} set status = 'waiting', content = $2, detail = '', code = null, faults = '[]', next_at = $3, ended_at = null
    where ${id} = $1 and status in ('refused', 'overdue')`;
  return {
    claim: async (to, { now, until, limit }) => (await pool.query<Row>(claim, [to, now, until, limit])).rows,
    nextAt: async (to) => (await pool.query<{ next: Date | null }>(next, [to])).rows[0]?.next ?? undefined,
    end: async (row, { status, detail, code, faults }, at) =>
      void (await pool.query(end, [row, status, detail, code ?? null, JSON.stringify(faults ?? []), at])),
    postpone: async (row, until) =>
      void (await pool.query(`update ${table} set next_at = $2 where ${id} = $1 and status = 'waiting'`, [row, until])),
    resubmit: async (row, content, at) => void (await pool.query(resubmit, [row, JSON.stringify(content), at])),
  };
};
