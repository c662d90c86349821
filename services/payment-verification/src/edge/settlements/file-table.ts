import { codeOf, Refused } from '@cartage/eventsourcing';
import { advancing, PROGRESS, progressOf, type LineFault, type ProgressRow } from '@cartage/service-kit';
import type { Sql } from '@cartage/views';
import type { FileTable, SettlementFile } from '../../app/settlements/settlement-files';

type Row = ProgressRow & { readonly file_id: string; readonly settlement_id: string; readonly source: string };

const COLUMNS = `file_id, settlement_id, source, ${PROGRESS}`;

/** Whoever has said nothing for so long has died with it in hand. */
const DIED = `
  update settlement_file set status = 'broken-off'
  where source = $1 and status = 'running' and changed_at < $2::timestamptz - interval '60 seconds'`;

/** It begins, goes on, or is done already. The unique index lets one file of a source be in somebody’s hand: lines that two files share are taken once. */
const BEGIN = `
  insert into settlement_file (file_id, settlement_id, source, status, started_at, changed_at, actor) values ($1, $2, $3, 'running', $5, $5, $4)
  on conflict (file_id) do update
    set status = case when settlement_file.status = 'done' then 'done' else 'running' end,
      changed_at = case when settlement_file.status = 'done' then settlement_file.changed_at else $5 end
    where settlement_file.status <> 'running'
  returning ${COLUMNS}`;

const ADVANCE = `
  with advanced as (${advancing('settlement_file', 'file_id')} returning file_id, settlement_id), repeated as (
    insert into settlement_repeat (settlement_id, line_id)
    select advanced.settlement_id, line_id from advanced, unnest($8::uuid[]) as line_id on conflict do nothing
  )
  insert into settlement_rejection (file_id, line, field, code, message)
  select advanced.file_id, wrong.* from advanced, unnest($9::integer[], $10::text[], $11::text[], $12::text[]) as wrong`;

const END = `update settlement_file set status = $2, changed_at = $3 where file_id = $1 returning ${COLUMNS}`;
const FIND = `select ${COLUMNS} from settlement_file where file_id = $1`;
const FILES = `select ${COLUMNS} from settlement_file where settlement_id = $1 order by started_at, file_id`;
const LIST = `
  select ${COLUMNS} from settlement_file
  where $1::timestamptz is null or (started_at, file_id) < ($1::timestamptz, $2::uuid)
  order by started_at desc, file_id desc limit $3`;
const REJECTIONS = `
  select number, file_id as "fileId", line, field, code, message from settlement_rejection join settlement_file using (file_id)
  where settlement_id = $1 and number > $2 order by number limit $3`;

const fileOf = (row: Row): SettlementFile => ({
  ...{ fileId: row.file_id, settlementId: row.settlement_id, source: row.source },
  ...progressOf(row),
});

const running = (source: string): Refused =>
  new Refused(
    'IMPORT_RUNNING',
    `A file of ${source} is being taken at this moment. Look how it stands, or send this one again in a minute.`,
  );

/** In the tables `settlement_file`, `settlement_rejection` and `settlement_repeat`. */
export const fileTable = (sql: Sql, clock: () => Date): FileTable => {
  const now = (): string => clock().toISOString();
  const all = async (text: string, values: readonly unknown[]): Promise<readonly SettlementFile[]> =>
    (await sql.query<Row>(text, values)).rows.map(fileOf);
  const one = async (text: string, values: readonly unknown[]): Promise<SettlementFile | undefined> => (await all(text, values))[0];
  return {
    begin: async ({ fileId, settlementId, source, by }) => {
      await sql.query(DIED, [source, now()]);
      const begun = await one(BEGIN, [fileId, settlementId, source, by, now()]).catch((error: unknown) => {
        if (codeOf(error) === '23505') return undefined;
        throw error;
      });
      if (begun) return begun;
      throw running(source);
    },
    advance: async ({ fileId }, { records, imported, unchanged, rejected, lastLine, rejections, repeats }) => {
      const column = (of: (rejection: LineFault) => unknown): readonly unknown[] => rejections.map(of);
      await sql.query(ADVANCE, [
        ...[fileId, records, imported, unchanged, rejected, lastLine, now(), repeats],
        ...[column(({ line }) => line), column(({ field }) => field), column(({ code }) => code), column(({ message }) => message)],
      ]);
    },
    end: async (fileId, status) => {
      const ended = await one(END, [fileId, status, now()]);
      if (ended) return ended;
      throw new Error(`Settlement file ${fileId} ended and is not there.`);
    },
    find: (fileId) => one(FIND, [fileId]),
    list: (after, limit) => all(LIST, [after?.[0] ?? null, after?.[1] ?? null, limit]),
    filesOf: (settlementId) => all(FILES, [settlementId]),
    rejections: async (settlementId, after, limit) =>
      (await sql.query<LineFault & { readonly number: number; readonly fileId: string }>(REJECTIONS, [settlementId, after, limit])).rows,
  };
};

/** Sources of which a file was ever taken. */
export const sourcesInUse = async (sql: Sql): Promise<ReadonlySet<string>> =>
  new Set((await sql.query<{ source: string }>('select distinct source from settlement_file')).rows.map(({ source }) => source));
