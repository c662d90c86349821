import { staleVersion } from '@cartage/eventsourcing';
import { inTransaction } from '@cartage/postgres';
import { isoTime } from '@cartage/views';
import type { Pool, PoolClient } from 'pg';
import type { PutReport, ReportShelf } from '../../app/reports/ports';
import type { Report, ReportDefinition } from '../../domain/reports/report';

const REPORT = `json_strip_nulls(json_build_object('name', r.name, 'revision', r.revision, 'changedAt', ${isoTime('r.changed_at', 'MS')}, 'changedBy', r.changed_by,
  'nextAt', ${isoTime('r.next_at', 'MS')}, 'columns', r.columns))::jsonb || r.definition as report`;

const PUT = `
  insert into report as r (name, definition, columns, revision, changed_at, changed_by, next_at) values ($1, $2, $3, 1, $4, $5, $6)
  on conflict (name) do update set definition = excluded.definition, columns = excluded.columns, revision = r.revision + 1, changed_at = excluded.changed_at,
    changed_by = excluded.changed_by, next_at = excluded.next_at, removed = false
  returning ${REPORT}`;
const STANDS = 'select revision, removed from report where name = $1 for update';
const FIND = `select ${REPORT} from report r where name = $1 and not removed`;
const LIST = `select ${REPORT} from report r where not removed and ($1::text is null or name > $1) order by name limit $2`;
const DUE = `select ${REPORT} from report r where not removed and next_at <= $1 order by next_at limit 50`;
const REMOVE = 'update report set removed = true, next_at = null, revision = revision + 1 where name = $1 and not removed';

interface Row {
  readonly report: Report;
}

/** As it stands now; a caller who speaks of another revision is told so. Nobody else changes it until the end of the transaction. */
const requireStanding = async (client: PoolClient, name: string, wanted: number | undefined): Promise<void> => {
  if (wanted === undefined) return;
  const { rows } = await client.query<{ revision: number; removed: boolean }>(STANDS, [name]);
  const actual = rows[0] && !rows[0].removed ? rows[0].revision : 0;
  if (actual !== wanted) throw staleVersion(`The report ${name} is at revision ${actual}`, wanted);
};

const definitionOf = ({ sql, parameters, formats, schedule, webhook, recipients }: PutReport): ReportDefinition => ({
  ...{ sql, parameters, formats },
  ...(schedule === undefined ? {} : { schedule }),
  ...(webhook === undefined ? {} : { webhook }),
  ...(recipients === undefined ? {} : { recipients }),
});

export const reportTable = (pool: Pool): ReportShelf => ({
  put: (report, at) =>
    inTransaction(pool, async (client) => {
      await requireStanding(client, report.name, report.ifRevision);
      const { name, columns, by, nextAt = null } = report;
      const { rows } = await client.query<Row>(PUT, [name, JSON.stringify(definitionOf(report)), JSON.stringify(columns), at, by, nextAt]);
      const [row] = rows;
      if (!row) throw new Error(`The report ${name} was not kept.`);
      return row.report;
    }),
  find: async (name) => (await pool.query<Row>(FIND, [name])).rows[0]?.report,
  list: async (after, limit) => (await pool.query<Row>(LIST, [after ?? null, limit])).rows.map(({ report }) => report),
  remove: (name, ifRevision) =>
    inTransaction(pool, async (client) => {
      await requireStanding(client, name, ifRevision);
      return ((await client.query(REMOVE, [name])).rowCount ?? 0) > 0;
    }),
  due: async (now) => (await pool.query<Row>(DUE, [now])).rows.map(({ report }) => report),
});
