import { Refused, type Meta } from '@cartage/eventsourcing';
import { chunksOf, ImportCount, metaOfItem, shapedEach, type FileRecord, type Upload } from '@cartage/service-kit';
import type { StockValues } from '../../app/costing/stock-values';
import type { UnitCostImportReport } from './costing.answers';
import { statedCostOf, UnitCostLineDto } from './costing.dto';

const cells = { amount: 'number', per: 'number' } as const;

/** States the costs of a file, line by line, as if each had come alone. Sent again under the same key it states none twice. */
export const importUnitCosts = async (
  costs: Pick<StockValues, 'state'>,
  upload: Upload,
  fromLine: number,
  meta: Meta,
): Promise<UnitCostImportReport> => {
  const count = new ImportCount('sku');
  for await (const chunk of chunksOf(upload, { cells, fromLine })) for (const record of chunk) await take(costs, record, count, meta);
  return count.report();
};

const take = async (costs: Pick<StockValues, 'state'>, record: FileRecord, count: ImportCount<'sku'>, meta: Meta): Promise<void> => {
  count.records += 1;
  const shaped = shapedLine(record);
  if (shaped instanceof Refused) return count.reject(record, shaped);
  const { sku, ...said } = shaped;
  const stated = statedCostOf(sku, said, meta.actor);
  try {
    const { repeated } = await costs.state(stated, metaOfItem(meta, `${record.line} ${sku}`, stated));
    count[repeated ? 'unchanged' : 'changed'] += 1;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    count.reject(record, error);
  }
};

const shapedLine = (record: FileRecord): UnitCostLineDto | Refused => {
  if ('refused' in record) return record.refused;
  const [shaped = new Refused('REQUEST_INVALID', 'It is no cost of a SKU.', 'invalid')] = shapedEach(UnitCostLineDto, [record.value]);
  return shaped;
};
