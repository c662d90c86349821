import { Refused, type Meta } from '@cartage/eventsourcing';
import { chunksOf, ImportCount, type ImportReport, metaOfItem, shapedEach, type FileRecord, type Upload } from '@cartage/service-kit';
import type { PurchaseOrders } from '../../app/supply/purchase-orders';
import { orderedLineOf, PurchaseOrderRecordDto, reasonBy } from './purchase-orders.dto';

export type PurchaseOrderImportReport = ImportReport<'purchaseOrder'>;
type LineCount = ImportCount<'purchaseOrder'>;

const cells = { quantity: 'number', 'cost.amount': 'number' } as const;

/** Orders the lines of a file as if each had come alone. Sent again it goes on where it broke off: what stands already is passed over. */
export const importPurchaseOrders = async (
  orders: PurchaseOrders,
  upload: Upload,
  fromLine: number,
  meta: Meta,
): Promise<PurchaseOrderImportReport> => {
  const count: LineCount = new ImportCount('purchaseOrder');
  for await (const chunk of chunksOf(upload, { cells, fromLine })) await take(orders, chunk, count, meta);
  return count.report();
};

interface Right {
  readonly record: FileRecord;
  readonly shaped: PurchaseOrderRecordDto;
}

const shapedRecord = (record: FileRecord): PurchaseOrderRecordDto | Refused => {
  if ('refused' in record) return record.refused;
  const [shaped = new Refused('REQUEST_INVALID', 'It is no line of a purchase order.', 'invalid')] = shapedEach(PurchaseOrderRecordDto, [
    record.value,
  ]);
  return shaped;
};

const take = async (orders: PurchaseOrders, records: readonly FileRecord[], count: LineCount, meta: Meta): Promise<void> => {
  const right = new Map<string, Right[]>();
  for (const record of records) {
    count.records += 1;
    const shaped = shapedRecord(record);
    if (shaped instanceof Refused) count.reject(record, shaped, inRecord);
    else right.set(shaped.purchaseOrder, [...(right.get(shaped.purchaseOrder) ?? []), { record, shaped }]);
  }
  for (const lines of right.values()) await order(orders, lines, count, meta);
};

/** All of an order that stand together, or each alone where one of them is wrong. */
const order = async (orders: PurchaseOrders, lines: readonly Right[], count: LineCount, meta: Meta): Promise<void> => {
  const [first, ...others] = lines;
  if (!first) return;
  const { purchaseOrder } = first.shaped;
  const supplier = lines.findLast(({ shaped }) => shaped.supplier !== undefined)?.shaped.supplier;
  const ordering = {
    ...{ purchaseOrder, supplier, reason: reasonBy(meta.actor, 'supply-changed') },
    lines: lines.map(({ shaped }) => orderedLineOf(shaped)),
  };
  try {
    const { changedLines } = await orders.orderLines(ordering, metaOfItem(meta, `${first.record.line} ${purchaseOrder}`, ordering));
    count.changed += changedLines;
    count.unchanged += lines.length - changedLines;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (others.length > 0) for (const line of lines) await order(orders, [line], count, meta);
    else count.reject(first.record, error, inRecord);
  }
};

/** Of a record there is but one line. */
const inRecord = (field: string): string => field.replace(/^lines\[0\]\./, '');
