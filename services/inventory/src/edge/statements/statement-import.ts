import { Refused } from '@cartage/eventsourcing';
import type { Meta } from '@cartage/eventsourcing';
import { chunksOf, ImportCount, shapedEach, type FileRecord, type ImportReport, type Upload } from '@cartage/service-kit';
import type { Statement, StatementHead } from '../../app/statements/statement';
import type { Statements } from '../../app/statements/statements';
import { StatedUnitsDto } from './statements.dto';

const cells = { quantity: 'number' } as const;

interface Right {
  readonly record: FileRecord;
  readonly shaped: StatedUnitsDto;
}

/** What a file says; it is compared when all of it is there. One that broke off is sent again as a whole: what was taken stands. */
export const importStatement = async (
  statements: Statements,
  head: StatementHead,
  upload: Upload,
  meta: Meta,
): Promise<ImportReport<'sku'> & { readonly statement: Statement }> => {
  const count = new ImportCount('sku');
  const statement = { ...head, statementId: await statements.begin(head) };
  for await (const chunk of chunksOf(upload, { cells, fromLine: 1 })) {
    const right = chunk.flatMap((record) => rightIn(record, count));
    const taken = await statements.add(
      statement,
      right.map(({ shaped: { sku, quantity } }) => ({ sku, quantity })),
    );
    for (const [i, { record }] of right.entries()) tally(count, record, taken[i]);
  }
  return { ...count.report(), statement: await statements.finish(statement.statementId, meta) };
};

const rightIn = (record: FileRecord, count: ImportCount<'sku'>): readonly Right[] => {
  count.records += 1;
  const shaped = shapedRecord(record);
  if (!(shaped instanceof Refused)) return [{ record, shaped }];
  count.reject(record, shaped);
  return [];
};

const shapedRecord = (record: FileRecord): StatedUnitsDto | Refused => {
  if ('refused' in record) return record.refused;
  const [shaped = new Refused('REQUEST_INVALID', 'It is no line of a statement.', 'invalid')] = shapedEach(StatedUnitsDto, [record.value]);
  return shaped;
};

const tally = (count: ImportCount<'sku'>, record: FileRecord, taken: true | Refused | undefined): void => {
  if (taken instanceof Refused) count.reject(record, taken);
  else count.changed += 1;
};
