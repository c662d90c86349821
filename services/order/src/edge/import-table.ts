import { Refused } from '@cartage/eventsourcing';
import type { Sql } from '@cartage/views';
import type { ImportState, ImportTable, Rejection } from '../app/imports';

interface Row {
  readonly import_id: string;
  readonly status: ImportState['status'];
  readonly records: number;
  readonly imported: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly last_line: number;
  readonly started_at: Date;
  readonly changed_at: Date;
  readonly actor: string;
}

const COLUMNS = 'import_id, status, records, imported, unchanged, rejected, last_line, started_at, changed_at, actor';

/** Whoever has said nothing for so long has died with it in hand. */
const LEASE = "interval '60 seconds'";

/** Nobody else has it in hand: then it begins, goes on, or is done already. */
const BEGIN = `
  insert into order_import (import_id, kind, status, started_at, changed_at, actor) values ($1, 'orders', 'running', $3, $3, $2)
  on conflict (import_id) do update
    set status = case when order_import.status = 'done' then 'done' else 'running' end,
      changed_at = case when order_import.status = 'done' then order_import.changed_at else $3 end
    where order_import.status <> 'running' or order_import.changed_at < $3::timestamptz - ${LEASE}
  returning ${COLUMNS}`;

/** The counts of a slice and what is wrong in it land together, and once. */
const ADVANCE = `
  with advanced as (
    update order_import set records = records + $2, imported = imported + $3, unchanged = unchanged + $4, rejected = rejected + $5,
      last_line = $6, changed_at = $7
    where import_id = $1 and last_line < $6 returning import_id
  )
  insert into order_import_rejection (import_id, line, external_order_id, field, code, message)
  select advanced.import_id, wrong.* from advanced, unnest($8::integer[], $9::text[], $10::text[], $11::text[], $12::text[]) as wrong`;

const END = `update order_import set status = $2, changed_at = $3 where import_id = $1 returning ${COLUMNS}`;
const FIND = `select ${COLUMNS} from order_import where import_id = $1`;
const LIST = `
  select ${COLUMNS} from order_import
  where $1::timestamptz is null or (started_at, import_id) < ($1::timestamptz, $2::uuid)
  order by started_at desc, import_id desc limit $3`;
const REJECTIONS = `
  select number, line, external_order_id as "externalOrderId", field, code, message from order_import_rejection
  where import_id = $1 and number > $2 order by number limit $3`;

const stateOf = (row: Row): ImportState => ({
  importId: row.import_id,
  kind: 'orders',
  status: row.status,
  records: row.records,
  imported: row.imported,
  unchanged: row.unchanged,
  rejected: row.rejected,
  lastLine: row.last_line,
  startedAt: row.started_at.toISOString(),
  changedAt: row.changed_at.toISOString(),
  by: row.actor,
});

const running = (importId: string): Refused =>
  new Refused('IMPORT_RUNNING', `Import ${importId} is being taken at this moment. Look how it stands, or send it again in a minute.`);

/** In the tables `order_import` and `order_import_rejection`. */
export const importTable = (sql: Sql, clock: () => Date): ImportTable => {
  const now = (): string => clock().toISOString();
  const one = async (text: string, values: readonly unknown[]): Promise<ImportState | undefined> => {
    const [row] = (await sql.query<Row>(text, values)).rows;
    return row && stateOf(row);
  };
  return {
    begin: async (importId, by) => {
      const begun = await one(BEGIN, [importId, by, now()]);
      if (begun) return begun;
      throw running(importId);
    },
    advance: async (importId, { records, imported, unchanged, rejected, lastLine, rejections }) => {
      const column = (of: (rejection: Rejection) => unknown): readonly unknown[] => rejections.map(of);
      await sql.query(ADVANCE, [
        ...[importId, records, imported, unchanged, rejected, lastLine, now()],
        ...[column(({ line }) => line), column((each) => each.externalOrderId), column(({ field }) => field)],
        ...[column(({ code }) => code), column(({ message }) => message)],
      ]);
    },
    end: async (importId, status) => {
      const ended = await one(END, [importId, status, now()]);
      if (ended) return ended;
      throw new Error(`Import ${importId} ended and is not there.`);
    },
    find: (importId) => one(FIND, [importId]),
    list: async (after, limit) => {
      const { rows } = await sql.query<Row>(LIST, [after?.[0] ?? null, after?.[1] ?? null, limit]);
      return rows.map(stateOf);
    },
    rejections: async (importId, after, limit) =>
      (await sql.query<Rejection & { readonly number: number }>(REJECTIONS, [importId, after, limit])).rows,
  };
};
