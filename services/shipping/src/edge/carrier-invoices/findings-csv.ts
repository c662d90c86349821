import { majorUnits } from '@cartage/contracts';
import { sheetRow } from '@cartage/service-kit';
import type { FindingRow } from '../../app/carrier-invoices/invoice-reports';

const columns = [
  ...['findingId', 'carrier', 'invoice', 'trackingNumber', 'kind', 'status', 'currency', 'amount', 'credited', 'expected', 'billed'],
  ...['reason', 'detail', 'shipmentId', 'orderId', 'foundAt', 'changedAt'],
] as const;

/** What a finding is about: minor units, where it is money. */
const said = ({ kind, currency }: FindingRow, value: string | null): unknown => {
  const isMoney = kind === 'amount-differs' || kind === 'amount-within-tolerance' || kind === 'not-billed';
  return isMoney && value !== null ? majorUnits(Number(value), currency) : value;
};

const cellsOf = (row: FindingRow): readonly unknown[] => [
  ...[row.findingId, row.carrier, row.invoice, row.trackingNumber, row.kind, row.status, row.currency],
  ...[majorUnits(row.amount, row.currency), majorUnits(row.credited, row.currency), said(row, row.expected), said(row, row.billed)],
  ...[row.reason, row.detail, row.shipmentId, row.orderId, row.foundAt, row.changedAt],
];

/** A page of findings after the other, a row for each; amounts in major units. */
export async function* findingsCsv(pages: AsyncIterable<readonly FindingRow[]>): AsyncGenerator<string> {
  yield sheetRow(columns);
  for await (const page of pages) yield page.map((row) => sheetRow(cellsOf(row))).join('');
}
