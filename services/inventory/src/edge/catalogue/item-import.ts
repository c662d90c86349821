import { Refused, type Meta } from '@cartage/eventsourcing';
import {
  chunksOf,
  ImportCount,
  type ImportReport,
  IsBarcode,
  IsSku,
  metaOfItem,
  shapedEach,
  type FileRecord,
  type Upload,
} from '@cartage/service-kit';
import { IsOptional } from 'class-validator';
import type { Described, Items } from '../../app/catalogue/items';
import type { ItemProfile } from '../../domain/catalogue/item';
import { ItemDto, profileOf } from './items.dto';

/** A line of a file of items: an item with its SKU. */
export class ItemLineDto extends ItemDto {
  @IsSku()
  readonly sku!: string;

  /** The one code that most items have, as shops export it in a column of its own. */
  @IsOptional()
  @IsBarcode()
  readonly barcode?: string;
}

const profileOfLine = ({ barcode, ...said }: Omit<ItemLineDto, 'sku'>): ItemProfile =>
  profileOf(barcode === undefined ? said : { ...said, barcodes: [{ code: barcode }, ...(said.barcodes ?? [])] });

export type ItemImportReport = ImportReport<'sku'>;
type ItemCount = ImportCount<'sku'>;

const cells = {
  weightGrams: 'number',
  'dimensions.lengthMm': 'number',
  'dimensions.widthMm': 'number',
  'dimensions.heightMm': 'number',
  fragile: 'truth',
  ownPacking: 'truth',
  returnable: 'truth',
  counted: 'truth',
  kit: 'json',
  barcodes: 'json',
} as const;

/**
 * Describes the items of a file, line by line, as if each had come alone. An import that broke off is resumed by sending the file again: what stands already is
 * passed over.
 */
export const importItems = async (items: Items, upload: Upload, fromLine: number, meta: Meta): Promise<ItemImportReport> => {
  const count: ItemCount = new ImportCount('sku');
  for await (const chunk of chunksOf(upload, { cells, fromLine })) await take(items, chunk, count, meta);
  return count.report();
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

const take = async (items: Items, records: readonly FileRecord[], count: ItemCount, meta: Meta): Promise<void> => {
  const lines = records.map(shapedLine);
  const right = lines.flatMap(({ record, shaped }) => (shaped instanceof Refused ? [] : [{ record, shaped }]));
  const done = await items.describeMany(
    right.map(({ record, shaped: { sku, ...said } }) => {
      const profile = profileOfLine(said);
      return { sku, profile, meta: metaOfItem(meta, `${record.line} ${sku}`, profile) };
    }),
  );
  const outcomes = new Map<FileRecord, Described | undefined>(right.map(({ record }, i) => [record, done[i]]));
  for (const { record, shaped } of lines) tally(count, record, shaped instanceof Refused ? shaped : outcomes.get(record));
};

const tally = (count: ItemCount, record: FileRecord, outcome: Described | undefined): void => {
  count.records += 1;
  if (outcome === 'changed' || outcome === 'unchanged') count[outcome] += 1;
  else if (outcome) count.reject(record, outcome);
};
