import { Refused, type FieldError, type Meta } from '@cartage/eventsourcing';
import { metaOfItem, nameOfItem, recordsOf, shapedEach, type FileRecord, type Upload } from '@cartage/service-kit';
import type { PurchaseOrders } from '../../app/supply/purchase-orders';
import { orderedLineOf, PurchaseOrderRecordDto, reasonBy } from './purchase-orders.dto';

/** Why a record was not taken. */
interface RejectedRecord extends FieldError {
  readonly line: number;
  readonly purchaseOrder: string | null;
}

export interface PurchaseOrderImportReport {
  /** Records of the file, from the line where it began. */
  readonly records: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly errors: readonly RejectedRecord[];
}

/** So many records are looked at together; those of one purchase order share a transaction. */
const CHUNK = 200;

/** More would help nobody: whoever mends these sends the file again. */
const MOST_ERRORS = 1_000;

const cells = { quantity: 'number' } as const;

interface Count {
  records: number;
  changed: number;
  unchanged: number;
  rejected: number;
  readonly errors: RejectedRecord[];
}

/** Orders the lines of a file as if each had come alone. Sent again it goes on where it broke off: what stands already is passed over. */
export const importPurchaseOrders = async (
  orders: PurchaseOrders,
  upload: Upload,
  fromLine: number,
  meta: Meta,
): Promise<PurchaseOrderImportReport> => {
  const count: Count = { records: 0, changed: 0, unchanged: 0, rejected: 0, errors: [] };
  let chunk: FileRecord[] = [];
  for await (const record of recordsOf(upload, { cells })) {
    if (record.line < fromLine) continue;
    chunk.push(record);
    if (chunk.length < CHUNK) continue;
    await take(orders, chunk, count, meta);
    chunk = [];
  }
  await take(orders, chunk, count, meta);
  return count;
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

const take = async (orders: PurchaseOrders, records: readonly FileRecord[], count: Count, meta: Meta): Promise<void> => {
  const right = new Map<string, Right[]>();
  for (const record of records) {
    count.records += 1;
    const shaped = shapedRecord(record);
    if (shaped instanceof Refused) reject(count, record, shaped);
    else right.set(shaped.purchaseOrder, [...(right.get(shaped.purchaseOrder) ?? []), { record, shaped }]);
  }
  for (const lines of right.values()) await order(orders, lines, count, meta);
};

/** All of an order that stand together, or each alone where one of them is wrong. */
const order = async (orders: PurchaseOrders, lines: readonly Right[], count: Count, meta: Meta): Promise<void> => {
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
    else reject(count, first.record, error);
  }
};

const reject = (count: Count, record: FileRecord, { code, message, errors }: Refused): void => {
  count.rejected += 1;
  const purchaseOrder = 'value' in record ? nameOfItem(record.value, 'purchaseOrder') : null;
  const faults = errors.length > 0 ? errors : [{ field: '', code, message }];
  const room = Math.max(0, MOST_ERRORS - count.errors.length);
  // Of a record there is but one line.
  const named = faults.map(({ field, ...fault }) => ({ ...fault, field: field.replace(/^lines\[0\]\./, '') }));
  count.errors.push(...named.slice(0, room).map((fault) => ({ line: record.line, purchaseOrder, ...fault })));
};
