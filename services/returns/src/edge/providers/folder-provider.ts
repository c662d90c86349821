import type { ReturnsProviderMessage } from '@cartage/contracts';
import { csvRow, folderMail, listedRows, type FolderOptions, type RowsForm } from '@cartage/service-kit';
import type { ProviderAccount, ProviderAdapter } from '../../app/providers/provider';

/** One row for each line of the order, or of the return. */
export const providerColumns = [
  ...['type', 'messageId', 'orderId', 'asOf'],
  ...['channel', 'placedAt', 'currency', 'policy', 'returnFee', 'deliveryPaid'],
  ...['returnId', 'reference', 'status', 'reasonCode', 'requestedAt', 'expiresAt', 'labels', 'refunds', 'owed', 'refunded', 'isOver'],
  ...['lineId', 'sku', 'title', 'category', 'quantity', 'returnable', 'obstacle', 'until', 'parts', 'paid', 'tax'],
  ...['windowDays', 'refundOn', 'restockingFeePercent', 'wayBackPaidBy', 'exchange'],
  ...['asked', 'received', 'graded', 'standing'],
] as const;
type Cells = Partial<Record<(typeof providerColumns)[number], unknown>>;

const cellOf = (value: unknown): string | number | undefined =>
  typeof value === 'number' || typeof value === 'string' || value === undefined ? value : JSON.stringify(value);

const rowsOf = ({ order, return: changed, ...common }: ReturnsProviderMessage): readonly Cells[] => {
  const { lines, ...head } = order ?? changed ?? { lines: [] };
  const reason = changed?.reason ? { reasonCode: changed.reason.code } : {};
  return lines.map((line): Cells => ({ ...common, ...head, ...reason, ...line }));
};

/** A message as a CSV file, with its header. */
const csvOf = (message: ReturnsProviderMessage): string =>
  [providerColumns, ...rowsOf(message).map((row) => providerColumns.map((column) => cellOf(row[column])))].map(csvRow).join('');

/** How the rows of a provider’s file are read. */
const providerRows: RowsForm = {
  cells: { quantity: 'number', amount: 'number' },
  sameIn: ['type', 'reference', 'id', 'refundId'],
  head: [
    ...['type', 'reference', 'orderId', 'standing', 'tender', 'decision', 'note'],
    ...['id', 'location', 'refundId', 'amount', 'currency', 'how'],
  ],
  partsOf: (_, rows) => listedRows('lines', rows, ['lineId', 'sku', 'quantity', 'reason', 'grade', 'disposition']),
};

/** A provider that reads and writes CSV files. */
export const folderProvider =
  (options: FolderOptions) =>
  ({ provider }: ProviderAccount): ProviderAdapter => {
    const mail = folderMail(options, providerRows, provider);
    return {
      tell: (message) => mail.put([{ name: `${message.messageId}.${message.type.split('.')[0] ?? ''}.csv`, content: csvOf(message) }]),
      left: () => mail.left(),
    };
  };
