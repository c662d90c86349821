import { Refused } from '@cartage/eventsourcing';
import { advancing, PROGRESS, progressOf, type ProgressRow } from '@cartage/service-kit';
import type { Sql } from '@cartage/views';
import type { ImportState, ImportTable, Rejection } from '../app/imports';

type Row = ProgressRow & { readonly import_id: string };

const COLUMNS = `import_id, ${PROGRESS}`;

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
  with advanced as (${advancing('order_import', 'import_id')} returning import_id)
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

const stateOf = (row: Row): ImportState => ({ importId: row.import_id, kind: 'orders', ...progressOf(row) });

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
