import { Refused, type FieldError, type Meta } from '@cartage/eventsourcing';
import { IsSku, metaOfItem, nameOfItem, recordsOf, shapedEach, type FileRecord, type Upload } from '@cartage/service-kit';
import type { Described, Items } from '../../app/catalogue/items';
import { ItemDto, profileOf } from './items.dto';

/** A line of a file of items: an item with its SKU. */
export class ItemLineDto extends ItemDto {
  @IsSku()
  readonly sku!: string;
}

/** Why a line was not taken. */
export interface RejectedField extends FieldError {
  readonly line: number;
  readonly sku: string | null;
}

export interface ImportReport {
  /** Records of the file, from the line where it began. */
  readonly records: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly errors: readonly RejectedField[];
}

/** So many lines share round trips and a transaction. */
const CHUNK = 200;

/** More would help nobody: whoever mends these sends the file again. */
const MOST_ERRORS = 1_000;

const cells = {
  weightGrams: 'number',
  'dimensions.lengthMm': 'number',
  'dimensions.widthMm': 'number',
  'dimensions.heightMm': 'number',
  returnable: 'truth',
  counted: 'truth',
  kit: 'json',
} as const;

interface Count {
  records: number;
  changed: number;
  unchanged: number;
  rejected: number;
  readonly errors: RejectedField[];
}

/**
 * Describes the items of a file, line by line, as if each had come alone. An import that broke off is resumed by sending the file again: what stands already is
 * passed over.
 */
export const importItems = async (items: Items, upload: Upload, fromLine: number, meta: Meta): Promise<ImportReport> => {
  const count: Count = { records: 0, changed: 0, unchanged: 0, rejected: 0, errors: [] };
  let chunk: FileRecord[] = [];
  for await (const record of recordsOf(upload, { cells })) {
    if (record.line < fromLine) continue;
    chunk.push(record);
    if (chunk.length < CHUNK) continue;
    await take(items, chunk, count, meta);
    chunk = [];
  }
  await take(items, chunk, count, meta);
  return count;
};

interface Line {
  readonly record: FileRecord;
  readonly shaped: ItemLineDto | Refused;
}

const shapedLine = (record: FileRecord): Line => {
  if ('refused' in record) return { record, shaped: record.refused };
  const [shaped = new Refused('REQUEST_INVALID', 'It is no item.', 'invalid')] = shapedEach(ItemLineDto, [record.value]);
  return { record, shaped };
};

const take = async (items: Items, records: readonly FileRecord[], count: Count, meta: Meta): Promise<void> => {
  const lines = records.map(shapedLine);
  const right = lines.flatMap(({ record, shaped }) => (shaped instanceof Refused ? [] : [{ record, shaped }]));
  const done = await items.describeMany(
    right.map(({ record, shaped: { sku, ...said } }) => {
      const profile = profileOf(said);
      return { sku, profile, meta: metaOfItem(meta, `${record.line} ${sku}`, profile) };
    }),
  );
  const outcomes = new Map<FileRecord, Described | undefined>(right.map(({ record }, i) => [record, done[i]]));
  for (const { record, shaped } of lines) tally(count, record, shaped instanceof Refused ? shaped : outcomes.get(record));
};

const tally = (count: Count, record: FileRecord, outcome: Described | undefined): void => {
  count.records += 1;
  if (outcome === 'changed' || outcome === 'unchanged') count[outcome] += 1;
  else if (outcome) reject(count, record, outcome);
};

const reject = (count: Count, record: FileRecord, { code, message, errors }: Refused): void => {
  count.rejected += 1;
  const sku = 'value' in record ? nameOfItem(record.value, 'sku') : null;
  const faults = errors.length > 0 ? errors : [{ field: '', code, message }];
  const room = Math.max(0, MOST_ERRORS - count.errors.length);
  count.errors.push(...faults.slice(0, room).map((fault) => ({ line: record.line, sku, ...fault })));
};
