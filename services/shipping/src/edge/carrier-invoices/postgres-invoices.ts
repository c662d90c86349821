import { isoTime, tableOf, type Sql } from '@cartage/views';
import type { CarrierInvoice, FindingRow, InvoiceLineRow, InvoiceShelf, OpenMoney } from '../../app/carrier-invoices/invoice-reports';
import { auditFinding } from '../../app/views/audit-finding';
import { carrierInvoice, carrierInvoiceLine } from '../../app/views/carrier-invoice-line';

const invoices = tableOf(carrierInvoice);
const lines = tableOf(carrierInvoiceLine);
const findings = tableOf(auditFinding);

/** What later facts explained is no finding any more. */
const standing = `status <> 'withdrawn'`;

/** What is agreed is what is left: a finding’s amount stands in one line only. */
const totals = `(
  select coalesce(json_agg(json_build_object('currency', currency, 'lines', count, 'billed', billed, 'agreed', billed - taxes - credits - found,
    'taxes', taxes, 'credits', credits, 'found', found, 'findings', kinds) order by currency), '[]')
  from (
    select currency, count(*)::int as count, sum(amount) as billed, coalesce(sum(amount) filter (where kind = 'tax'), 0) as taxes,
      coalesce(sum(amount) filter (where kind = 'credit'), 0) as credits
    from ${lines} where invoice_id = i.invoice_id group by currency
  ) line
  cross join lateral (
    select coalesce(sum(amount), 0) as found, coalesce(json_agg(json_build_object('kind', kind, 'status', status, 'count', count,
      'amount', amount, 'credited', credited) order by kind, status), '[]') as kinds
    from (
      select kind, status, count(*)::int as count, sum(amount) as amount, sum(credited) as credited from ${findings} f
      where f.invoice_id = i.invoice_id and f.currency = line.currency and ${standing} group by kind, status
    ) found
  ) found
)`;

const shown = `json_build_object('invoiceId', invoice_id, 'carrier', carrier, 'invoice', invoice, 'billedOn', ${isoTime('billed_on')}, 'totals', ${totals}) as row`;
const list = `select ${shown} from ${invoices} i
  where ($1::text is null or carrier = $1) and ($2::timestamptz is null or (billed_on, invoice_id) < ($2, $3::uuid))
  order by billed_on desc, invoice_id desc limit $4`;
const one = `select ${shown} from ${invoices} i where invoice_id = $1`;

const linesOf = `select json_build_object('lineId', line_id, 'trackingNumber', tracking_number, 'labelId', label_id, 'orderId', order_id, 'kind', kind,
    'charge', charge, 'service', service, 'zone', zone, 'weightGrams', weight_grams, 'currency', currency, 'amount', amount, 'billedOn', ${isoTime('billed_on')},
    'findings', (select coalesce(json_agg(json_build_object('findingId', finding_id, 'kind', kind, 'status', status) order by kind), '[]')
      from ${findings} f where f.invoice_id = l.invoice_id and f.line_id = l.line_id and ${standing})) as row
  from ${lines} l where invoice_id = $1 and ($2::uuid is null or line_id > $2) order by line_id limit $3`;

const findingsShown = `select json_build_object('findingId', finding_id, 'carrier', f.carrier, 'kind', kind, 'status', status, 'invoiceId', f.invoice_id,
    'invoice', invoice, 'lineId', line_id, 'trackingNumber', tracking_number, 'labelId', label_id, 'shipmentId', shipment_id, 'orderId', order_id,
    'currency', currency, 'amount', amount, 'credited', credited, 'expected', expected, 'billed', billed, 'reason', reason, 'detail', detail,
    'foundAt', ${isoTime('found_at', 'US')}, 'changedAt', ${isoTime('changed_at')}) as row
  from ${findings} f left join ${invoices} i on i.invoice_id = f.invoice_id
  where ($1::text is null or f.carrier = $1) and ($2::text is null or kind = $2) and ($3::text is null or status = $3)
    and ($4::uuid is null or f.invoice_id = $4) and ($5::timestamptz is null or (found_at, finding_id) < ($5, $6::uuid))
  order by found_at desc, finding_id desc limit $7`;

const known = `select line_id from ${lines} where line_id = any($1::uuid[])`;
const open = `select carrier, currency, sum(greatest(amount - credited, 0))::float8 as amount from ${findings}
  where status in ('open', 'disputed', 'refused') group by carrier, currency`;

/** In the tables of this service’s views. */
export const invoiceShelf = (sql: Sql): InvoiceShelf => {
  const rows = async <Row>(text: string, values: readonly unknown[]): Promise<readonly Row[]> =>
    (await sql.query<{ row: Row }>(text, values)).rows.map(({ row }) => row);
  return {
    invoices: (carrier, { limit, after }) => rows<CarrierInvoice>(list, [carrier ?? null, after?.[0] ?? null, after?.[1] ?? null, limit]),
    invoice: async (invoiceId) => (await rows<CarrierInvoice>(one, [invoiceId]))[0],
    lines: (invoiceId, after, limit) => rows<InvoiceLineRow>(linesOf, [invoiceId, after ?? null, limit]),
    findings: ({ carrier, kind, status, invoiceId }, { limit, after }) => {
      const narrower = [carrier, kind, status, invoiceId, after?.[0], after?.[1]].map((value) => value ?? null);
      return rows<FindingRow>(findingsShown, [...narrower, limit]);
    },
    known: async (lineIds) => new Set((await sql.query<{ line_id: string }>(known, [lineIds])).rows.map(({ line_id: lineId }) => lineId)),
    open: async () => (await sql.query<OpenMoney>(open)).rows,
  };
};
