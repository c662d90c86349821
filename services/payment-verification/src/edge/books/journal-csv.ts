import { exponentOf } from '@cartage/contracts';
import type { JournalEntry } from '../../app/books';

const columns = ['date', 'entry', 'kind', 'order', 'source', 'account', 'name', 'currency', 'debit', 'credit'] as const;

/** Major units with the currency's own number of digits: 1200 JPY, 12.00 GBP, 1.200 KWD. */
export const majorUnits = (amount: number, currency: string): string => {
  const digits = exponentOf(currency);
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const sign = amount < 0 ? '-' : '';
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${text.slice(-digits)}`;
};

/** Quoted where it has to be; what a spreadsheet would take for a formula is only text. */
const cell = (text: string): string => {
  const safe = /^[=+@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const rowsOf = ({ at, entryId, kind, orderId, source, currency, lines }: JournalEntry): readonly string[] =>
  lines.map(({ account, name, debit, credit }) =>
    [at, entryId, kind, orderId ?? '', source, account, name, currency, majorUnits(debit, currency), majorUnits(credit, currency)]
      .map(cell)
      .join(','),
  );

/** The journal as a file, piece by piece. */
export async function* csvOf(batches: AsyncIterable<readonly JournalEntry[]>): AsyncGenerator<string> {
  yield `${columns.join(',')}\r\n`;
  for await (const entries of batches)
    yield entries
      .flatMap(rowsOf)
      .map((row) => `${row}\r\n`)
      .join('');
}
