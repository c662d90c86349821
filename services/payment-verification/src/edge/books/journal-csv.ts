import { majorUnits } from '@cartage/contracts';
import { sheetRow } from '@cartage/service-kit';
import type { JournalEntry } from '../../app/books';

const columns = ['date', 'entry', 'kind', 'order', 'source', 'account', 'name', 'currency', 'debit', 'credit'] as const;

const rowsOf = ({ at, entryId, kind, orderId, source, currency, lines }: JournalEntry): readonly string[] =>
  lines.map(({ account, name, debit, credit }) =>
    sheetRow([at, entryId, kind, orderId, source, account, name, currency, majorUnits(debit, currency), majorUnits(credit, currency)]),
  );

/** The journal as a file, piece by piece. */
export async function* csvOf(batches: AsyncIterable<readonly JournalEntry[]>): AsyncGenerator<string> {
  yield sheetRow(columns);
  for await (const entries of batches) yield entries.flatMap(rowsOf).join('');
}
