import { Refused, type FieldError } from '@cartage/eventsourcing';
import { slicesOf, type FileRecord } from '@cartage/service-kit';
import type { OrderThere } from '../../../domain/channel-differences';
import { present } from '../../../domain/present';
import { isFields, JsonReading, type Fields } from '../json-reading';

/** What is no text in a CSV file. */
export const standingCells = { cancelled: 'truth', refunded: 'number', charged: 'number', lines: 'json' } as const;

const SLICE = 100;
const LONG_AGO = new Date(0).toISOString();

const lineIn = (reading: JsonReading, line: Fields, at: string): NonNullable<OrderThere['lines']>[number] => ({
  lineId: reading.text(line, 'lineId', at),
  quantity: reading.units(line, 'quantity', at),
  ...(line['shipped'] === undefined || line['shipped'] === null ? {} : { shipped: reading.units(line, 'shipped', at) }),
});

/** Minor units; nothing where it does not say. */
const amountIn = <Name extends 'refunded' | 'charged'>(reading: JsonReading, record: Fields, name: Name) =>
  record[name] === undefined || record[name] === null ? {} : { [name]: reading.units(record, name, '') };

const orderIn = (reading: JsonReading, record: Fields): OrderThere => ({
  externalOrderId: reading.text(record, 'externalOrderId', ''),
  changedAt: reading.optionalText(record, 'changedAt') === undefined ? LONG_AGO : reading.time(record, 'changedAt', ''),
  cancelled: record['cancelled'] === true,
  ...(Array.isArray(record['lines'])
    ? { lines: reading.list(record, 'lines').map((line, i) => lineIn(reading, line, `lines[${i}].`)) }
    : {}),
  ...amountIn(reading, record, 'refunded'),
  ...amountIn(reading, record, 'charged'),
  ...present({ currency: reading.optionalText(record, 'currency') }),
});

const refused = (line: number, faults: readonly FieldError[]): Refused =>
  new Refused(
    'ORDER_LIST_INVALID',
    `Line ${line} is no order of a list. ${faults.map(({ field, message }) => `${field} ${message}.`).join(' ')}`,
    'invalid',
    faults,
  );

const orderOf = (record: FileRecord): OrderThere => {
  if ('refused' in record) throw refused(record.line, [{ field: 'line', code: record.refused.code, message: record.refused.message }]);
  const reading = new JsonReading();
  const order = orderIn(reading, isFields(record.value) ? record.value : {});
  if (reading.faults.length > 0) throw refused(record.line, reading.faults);
  return order;
};

/** A channel's own list of its orders. A line that cannot be read refuses the rest: what is not in a list is taken for unknown there. */
export async function* listedOrders(records: AsyncIterable<FileRecord>): AsyncGenerator<readonly OrderThere[]> {
  for await (const slice of slicesOf(records, { size: SLICE })) yield slice.map(orderOf);
}
