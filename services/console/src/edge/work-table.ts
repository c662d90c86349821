import { keyReused, staleVersion, type Meta } from '@cartage/eventsourcing';
import { inTransaction } from '@cartage/postgres';
import type { Forgettable } from '@cartage/service-kit';
import { isoTime } from '@cartage/views';
import type { Pool, PoolClient } from 'pg';
import type { ItemWork, WorkDone, WorkFilter, WorkRequest, WorkTable } from '../app/work-desk';
import { work, type ItemName, type Work, type WorkEntry } from '../domain/work';

const ITEM = `select queue, key, version, assignee, notes,
  case when version > 0 then ${isoTime('changed_at')} end as "changedAt",
  ${isoTime('snoozed_until')} as "snoozedUntil", snooze_reason as "snoozeReason" from item_work`;
const FIND = `${ITEM} where queue = $1 and key = $2`;
const HISTORY = `
  select version, kind, by, ${isoTime('at')} as at, assignee, ${isoTime('until')} as until, what, text from work_entry
  where queue = $1 and key = $2 and ($3::integer is null or version < $3) order by version desc limit $4`;
const REMEMBER = 'insert into work_request (command_id, fingerprint, at) values ($1, $2, $3) on conflict (command_id) do nothing';
const REMEMBERED = 'select fingerprint from work_request where command_id = $1';
/** Of two who come first at once, the second waits for the first. */
const BEGIN =
  'insert into item_work (queue, key, version, notes, changed_at) values ($1, $2, 0, 0, $3) on conflict (queue, key) do nothing';
const ENTER = `insert into work_entry (queue, key, version, kind, by, at, assignee, until, what, text)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
const WRITE = `update item_work set version = $3, assignee = $4, snoozed_until = $5, snooze_reason = $6, notes = $7, changed_at = $8
  where queue = $1 and key = $2`;
const FORGET = `delete from item_work where (queue, key) in (select queue, key from item_work
  where changed_at < $1 and coalesce(snoozed_until, changed_at) < $1 order by changed_at limit $2 for update skip locked)`;
const FORGET_REQUESTS = 'delete from work_request where command_id in (select command_id from work_request where at < $1 limit $2)';

/** Whether the same was asked before; if not, it is remembered now, as long as the transaction holds. */
const wasDone = async (client: PoolClient, { commandId, fingerprint }: Meta, at: string): Promise<boolean> => {
  if ((await client.query(REMEMBER, [commandId, fingerprint, at])).rowCount === 1) return false;
  const { rows } = await client.query<{ readonly fingerprint: string | null }>(REMEMBERED, [commandId]);
  if (rows[0]?.fingerprint === (fingerprint ?? null)) return true;
  throw keyReused();
};

const workOf = ({ version, notes, assignee, snoozedUntil, snoozeReason, changedAt }: ItemWork): Work => ({
  ...{ entries: version, notes },
  ...(assignee === null ? {} : { assignee }),
  ...(snoozedUntil === null ? {} : { snooze: { until: snoozedUntil, reason: snoozeReason ?? '' } }),
  ...(changedAt === null ? {} : { changedAt }),
});

/** As it stands, and stays for everybody else until the transaction ends. */
const held = async (client: PoolClient, { queue, key }: ItemName, at: string): Promise<Work> => {
  await client.query(BEGIN, [queue, key, at]);
  const { rows } = await client.query<ItemWork>(`${FIND} for update`, [queue, key]);
  return rows[0] ? workOf(rows[0]) : work.initial;
};

/** What an entry has beside its time, each in a column of its own. */
const columnsOf = ({ data }: WorkEntry): readonly (string | null)[] => [
  'assignee' in data ? data.assignee : null,
  'until' in data ? data.until : null,
  'what' in data ? data.what : null,
  'text' in data ? data.text : 'reason' in data ? (data.reason ?? null) : null,
];

const write = async (client: PoolClient, { queue, key, meta: { actor } }: WorkRequest, before: Work, entries: readonly WorkEntry[]) => {
  for (const [place, entry] of entries.entries())
    await client.query(ENTER, [queue, key, before.entries + place + 1, entry.type, actor, entry.data.at, ...columnsOf(entry)]);
  const { entries: version, assignee, snooze, notes, changedAt } = entries.reduce(work.evolve, before);
  await client.query(WRITE, [queue, key, version, assignee, snooze?.until, snooze?.reason, notes, changedAt]);
};

const listing = ({ queue, assignee, snoozed }: WorkFilter, at: string, after: ItemName | undefined, limit: number) => {
  const values: unknown[] = [at, limit];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const where = ['(assignee is not null or notes > 0 or snoozed_until > $1)'];
  if (queue !== undefined) where.push(`queue = ${bind(queue)}`);
  if (assignee !== undefined) where.push(`assignee = ${bind(assignee)}`);
  if (snoozed !== undefined) where.push(snoozed ? 'snoozed_until > $1' : 'coalesce(snoozed_until <= $1, true)');
  if (after) where.push(`(queue, key) > (${bind(after.queue)}, ${bind(after.key)})`);
  return { text: `${ITEM} where ${where.join(' and ')} order by queue, key limit $2`, values };
};

export const workTableIn = (pool: Pool): WorkTable => ({
  change: (request, at, decide) =>
    inTransaction(pool, async (client) => {
      if (await wasDone(client, request.meta, at)) return true;
      const before = await held(client, request, at);
      if (request.ifVersion !== undefined && request.ifVersion !== before.entries)
        throw staleVersion(`What was done about this item is at version ${before.entries}`, request.ifVersion);
      const entries = decide(before);
      if (entries.length > 0) await write(client, request, before, entries);
      return entries.length === 0;
    }),
  find: async ({ queue, key }) => (await pool.query<ItemWork>(FIND, [queue, key])).rows[0],
  list: async (filter, at, { after, limit }) => {
    const { text, values } = listing(filter, at, after, limit);
    return (await pool.query<ItemWork>(text, values)).rows;
  },
  history: async ({ queue, key }, { before, limit }) => (await pool.query<WorkDone>(HISTORY, [queue, key, before ?? null, limit])).rows,
});

const REMEMBERED_DAYS = 7;

/** What is not kept for ever: items that nobody touched for so long, with all that was written about them, and who asked for what. */
export const forgettableWork = (pool: Pool, days: number): readonly Forgettable[] => {
  const by =
    (statement: string): Forgettable['forget'] =>
    async (before, limit) =>
      (await pool.query(statement, [before, limit])).rowCount ?? 0;
  return [
    { what: 'what people did about items of queues', days, forget: by(FORGET) },
    { what: 'which requests were done', days: REMEMBERED_DAYS, forget: by(FORGET_REQUESTS) },
  ];
};
