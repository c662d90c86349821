import { codeOf, Refused } from '@cartage/eventsourcing';
import { advancing, PROGRESS, progressOf, type LineFault, type ProgressRow } from '@cartage/service-kit';
import type { Sql } from '@cartage/views';
import type { InvoiceFile, InvoiceFileTable, InvoiceRejection } from '../../app/carrier-invoices/invoice-files';

type Row = ProgressRow & { readonly file_id: string; readonly carrier: string };

const COLUMNS = `file_id, carrier, ${PROGRESS}`;

/** Whoever has said nothing for so long has died with it in hand. */
const DIED = `
  update carrier_invoice_file set status = 'broken-off'
  where carrier = $1 and status = 'running' and changed_at < $2::timestamptz - interval '60 seconds'`;

/** It begins, goes on, or is done already. The unique index lets one file of a carrier be in somebody’s hand: lines that two files share are taken once. */
const BEGIN = `
  insert into carrier_invoice_file (file_id, carrier, status, started_at, changed_at, actor) values ($1, $2, 'running', $4, $4, $3)
  on conflict (file_id) do update
    set status = case when carrier_invoice_file.status = 'done' then 'done' else 'running' end,
      changed_at = case when carrier_invoice_file.status = 'done' then carrier_invoice_file.changed_at else $4 end
    where carrier_invoice_file.status <> 'running'
  returning ${COLUMNS}`;

const ADVANCE = `
  with advanced as (${advancing('carrier_invoice_file', 'file_id')} returning file_id)
  insert into carrier_invoice_rejection (file_id, line, field, code, message)
  select advanced.file_id, wrong.* from advanced, unnest($8::integer[], $9::text[], $10::text[], $11::text[]) as wrong`;

const END = `update carrier_invoice_file set status = $2, changed_at = $3 where file_id = $1 returning ${COLUMNS}`;
const FIND = `select ${COLUMNS} from carrier_invoice_file where file_id = $1`;
const LIST = `
  select ${COLUMNS} from carrier_invoice_file
  where $1::timestamptz is null or (started_at, file_id) < ($1::timestamptz, $2::uuid)
  order by started_at desc, file_id desc limit $3`;
const REJECTIONS = `
  select number, line, field, code, message from carrier_invoice_rejection where file_id = $1 and number > $2 order by number limit $3`;

const fileOf = (row: Row): InvoiceFile => ({ fileId: row.file_id, carrier: row.carrier, ...progressOf(row) });

const running = (carrier: string): Refused =>
  new Refused(
    'IMPORT_RUNNING',
    `A file of ${carrier} is being taken at this moment. Look how it stands, or send this one again in a minute.`,
  );

/** In the tables `carrier_invoice_file` and `carrier_invoice_rejection`. */
export const invoiceFileTable = (sql: Sql, clock: () => Date): InvoiceFileTable => {
  const now = (): string => clock().toISOString();
  const all = async (text: string, values: readonly unknown[]): Promise<readonly InvoiceFile[]> =>
    (await sql.query<Row>(text, values)).rows.map(fileOf);
  const one = async (text: string, values: readonly unknown[]): Promise<InvoiceFile | undefined> => (await all(text, values))[0];
  return {
    begin: async ({ fileId, carrier, by }) => {
      await sql.query(DIED, [carrier, now()]);
      const begun = await one(BEGIN, [fileId, carrier, by, now()]).catch((error: unknown) => {
        if (codeOf(error) === '23505') return undefined;
        throw error;
      });
      if (begun) return begun;
      throw running(carrier);
    },
    advance: async (fileId, { records, imported, unchanged, rejected, lastLine, rejections }) => {
      const column = (of: (rejection: LineFault) => unknown): readonly unknown[] => rejections.map(of);
      await sql.query(ADVANCE, [
        ...[fileId, records, imported, unchanged, rejected, lastLine, now()],
        ...[column(({ line }) => line), column(({ field }) => field), column(({ code }) => code), column(({ message }) => message)],
      ]);
    },
    end: async (fileId, status) => {
      const ended = await one(END, [fileId, status, now()]);
      if (ended) return ended;
      throw new Error(`File ${fileId} of invoices ended and is not there.`);
    },
    find: (fileId) => one(FIND, [fileId]),
    list: (after, limit) => all(LIST, [after?.[0] ?? null, after?.[1] ?? null, limit]),
    rejections: async (fileId, after, limit) => (await sql.query<InvoiceRejection>(REJECTIONS, [fileId, after, limit])).rows,
  };
};
