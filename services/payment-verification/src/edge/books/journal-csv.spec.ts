import type { JournalEntry } from '../../app/books';
import { csvOf } from './journal-csv';

const entry = (name: string): JournalEntry => ({
  ...{ entryId: 'e1', kind: 'captured', at: '2026-11-02T10:00:00.000000Z', orderId: null, source: 's', currency: 'KWD' },
  lines: [{ role: 'bank', account: '1000', name, debit: 1234, credit: 0 }],
});
const fileOf = async (...batches: readonly (readonly JournalEntry[])[]): Promise<string> => {
  let file = '';
  const given = (async function* () {
    yield* batches;
  })();
  for await (const piece of csvOf(given)) file += piece;
  return file;
};

describe('the journal as a file', () => {
  it('quotes what has to be, and gives a spreadsheet no formula', async () => {
    expect(await fileOf([entry('A, "B"')], [entry('=1+1')])).toBe(
      [
        'date,entry,kind,order,source,account,name,currency,debit,credit',
        '2026-11-02T10:00:00.000000Z,e1,captured,,s,1000,"A, ""B""",KWD,1.234,0.000',
        "2026-11-02T10:00:00.000000Z,e1,captured,,s,1000,'=1+1,KWD,1.234,0.000",
        '',
      ].join('\r\n'),
    );
  });
});
