import { idFor } from '@cartage/service-kit';
import { inTransaction } from '@cartage/postgres';
import { isoTime } from '@cartage/views';
import type { Pool, PoolClient } from 'pg';
import { MAIL, mailTo } from './mail-address';
import type { NewRun, RunEnding, RunTable } from '../../app/reports/ports';
import { endingOf, type PlannedRun, type Run } from '../../domain/reports/run';

/** More that wait of one report are no use to anybody. */
const MOST_WAITING = 10;

const BARE = `jsonb_build_object('runId', run_id, 'report', report, 'revision', revision, 'state', state, 'plannedFor', ${isoTime('planned_for', 'MS')},
  'plannedBy', planned_by, 'values', bound, 'attempts', attempts, 'startedAt', ${isoTime('started_at', 'MS')}, 'endedAt', ${isoTime('ended_at', 'MS')},
  'rows', rows, 'files', files, 'code', code, 'detail', detail)`;
const NOTICES = `(select jsonb_agg(jsonb_build_object('to', n.url, 'state', n.status, 'attempts', n.attempts, 'endedAt', ${isoTime('n.ended_at', 'MS')},
  'nextAt', case n.status when 'waiting' then ${isoTime('n.next_at', 'MS')} end, 'code', n.code, 'detail', nullif(n.detail, '')) order by n.place)
  from report_notice n where n.run_id = report_run.run_id)`;
const RUN = `jsonb_strip_nulls(${BARE}) as run`;
const SHOWN = `jsonb_strip_nulls(${BARE} || jsonb_build_object('notices', ${NOTICES})) as run`;

const PLAN = `
  insert into report_run (run_id, report, revision, definition, bound, planned_for, planned_by, next_at)
  select $1, $2, $3, $4, $5, $6, $7, $6 where (select count(*) from report_run where report = $2 and state = 'waiting') < $8
  on conflict (run_id) do nothing`;
const MOVE_ON = 'update report set next_at = $2 where name = $1 and next_at = $3 and not removed';
const FIND = `select ${SHOWN} from report_run where run_id = $1`;
const LIST = `
  select ${SHOWN} from report_run where ($1::text is null or report = $1) and ($2::text is null or state = $2)
    and ($3::timestamptz is null or (planned_for, run_id) < ($3, $4::uuid))
  order by planned_for desc, run_id desc limit $5`;
const CLAIM = `
  update report_run set state = 'running', attempts = attempts + 1, started_at = $1, next_at = $2
  where run_id = (select run_id from report_run where state in ('waiting', 'running') and next_at <= $1 order by next_at for update skip locked limit 1)
  returning ${RUN}, definition`;
/** In the hands that took it the so many-th time, and no others. */
const MINE = `run_id = $1 and state = 'running' and attempts = $2`;
const KEEP = `update report_run set next_at = $3 where ${MINE}`;
const POSTPONE = `update report_run set state = 'waiting', next_at = $3 where ${MINE}`;
const END = `update report_run set state = $3, ended_at = $4, rows = $5, files = $6, code = $7, detail = $8 where ${MINE} returning ${RUN}`;
const NOTICE =
  'insert into report_notice (notice_id, run_id, origin, url, content, next_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing';
const OLD = `select ${RUN} from report_run where state in ('done', 'failed') and ended_at < $1 order by ended_at limit $2`;
const FORGET = [
  'delete from report_notice where run_id = any($1::uuid[])',
  'delete from report_run where run_id = any($1::uuid[])',
] as const;

interface Row {
  readonly run: Run;
}

const plan = (client: Pool | PoolClient, { runId, report, plannedFor, plannedBy, values }: NewRun) => {
  const { sql, formats, webhook, recipients } = report;
  const definition = JSON.stringify({ sql, formats, webhook, recipients });
  return client.query(PLAN, [runId, report.name, report.revision, definition, JSON.stringify(values), plannedFor, plannedBy, MOST_WAITING]);
};

interface Addressee {
  readonly id: string;
  readonly origin: string;
  readonly url: string;
}

/** A webhook knows the message by the run’s id; each mail has one of its own, always the same. */
const addressees = (runId: string, { webhook, recipients = [] }: PlannedRun['definition']): readonly Addressee[] => [
  ...(webhook === undefined ? [] : [{ id: runId, origin: new URL(webhook).origin, url: webhook }]),
  ...recipients.map((address) => ({ id: idFor('report-mail', runId, address), origin: MAIL, url: mailTo(address) })),
];

const end = (pool: Pool, { runId, attempts, definition }: PlannedRun, ending: RunEnding, at: Date): Promise<void> =>
  inTransaction(pool, async (client) => {
    const { state, rows = null, files = [], code = null, detail = null } = ending;
    const ended = await client.query<Row>(END, [runId, attempts, state, at, rows, JSON.stringify(files), code, detail]);
    const [row] = ended.rows;
    if (!row) return;
    const content = JSON.stringify(endingOf(row.run));
    for (const { id, origin, url } of addressees(runId, definition)) await client.query(NOTICE, [id, runId, origin, url, content, at]);
  });

export const runTable = (pool: Pool): RunTable => {
  const find: RunTable['find'] = async (runId) => (await pool.query<Row>(FIND, [runId])).rows[0]?.run;
  const mine = async (text: string, { runId, attempts }: PlannedRun, until: Date): Promise<boolean> =>
    ((await pool.query(text, [runId, attempts, until])).rowCount ?? 0) > 0;
  return {
    plan: async (run) => {
      await plan(pool, run);
      return find(run.runId);
    },
    planDue: (run, next) =>
      inTransaction(pool, async (client) => {
        const { rowCount } = await client.query(MOVE_ON, [run.report.name, next, run.plannedFor]);
        if ((rowCount ?? 0) > 0) await plan(client, run);
      }),
    find,
    list: async ({ report = null, state = null, after, limit }) => {
      const { rows } = await pool.query<Row>(LIST, [report, state, ...(after ?? [null, null]), limit]);
      return rows.map(({ run }) => run);
    },
    claim: async (now, until) => {
      const { rows } = await pool.query<Row & Pick<PlannedRun, 'definition'>>(CLAIM, [now, until]);
      return rows[0] && { ...rows[0].run, definition: rows[0].definition };
    },
    keep: (run, until) => mine(KEEP, run, until),
    postpone: async (run, until) => void (await mine(POSTPONE, run, until)),
    end: (run, ending, at) => end(pool, run, ending, at),
    old: async (before, limit) => (await pool.query<Row>(OLD, [before, limit])).rows.map(({ run }) => run),
    forget: (runIds) =>
      inTransaction(pool, async (client) => {
        for (const text of FORGET) await client.query(text, [runIds]);
      }),
  };
};
