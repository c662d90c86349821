import { Refused } from '@cartage/eventsourcing';
import { chunksOf, ImportCount, shapedEach, type FileRecord, type ImportReport, type Upload } from '@cartage/service-kit';
import type { StockCompared } from '../../../app/channels/stock-comparing';
import type { OfferedThere } from '../../../app/channels/stock-report';
import { present } from '../../../domain/present';
import { OfferedUnitsDto } from './stock.dto';

const cells = { quantity: 'number' } as const;

export type StockReportTaken = ImportReport<'sku'> & Pick<StockCompared, 'inFlight' | 'differing'>;

const offerIn = (record: FileRecord): OfferedUnitsDto | Refused => {
  if ('refused' in record) return record.refused;
  const [shaped = new Refused('REQUEST_INVALID', 'It is no line of a report.', 'invalid')] = shapedEach(OfferedUnitsDto, [record.value]);
  return shaped;
};

const offersIn = (chunk: readonly FileRecord[], count: ImportCount<'sku'>): readonly OfferedThere[] =>
  chunk.flatMap((record) => {
    count.records += 1;
    const shaped = offerIn(record);
    if (!(shaped instanceof Refused)) return [{ sku: shaped.sku, quantity: shaped.quantity, ...present({ location: shaped.location }) }];
    count.reject(record, shaped);
    return [];
  });

/** What a channel says that it offers, line by line: one that is wrong keeps no other out. */
export const takeReport = async (
  upload: Upload,
  take: (lines: readonly OfferedThere[]) => Promise<StockCompared>,
): Promise<StockReportTaken> => {
  const count = new ImportCount('sku');
  let [inFlight, differing] = [0, 0];
  for await (const chunk of chunksOf(upload, { cells, fromLine: 1 })) {
    const offers = offersIn(chunk, count);
    const compared = await take(offers);
    count.changed += offers.length;
    [inFlight, differing] = [inFlight + compared.inFlight, differing + compared.differing];
  }
  return { ...count.report(), inFlight, differing };
};
