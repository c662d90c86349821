import { Refused } from '@cartage/eventsourcing';
import { ratesIn } from './rates';

const codeOf = (answer: ReturnType<typeof ratesIn>): string | undefined => (answer instanceof Refused ? answer.code : undefined);

describe('rates of a line as the European Central Bank writes it', () => {
  it('are of its day, one for each currency that has one', () => {
    expect(ratesIn({ Date: '2026-11-27', USD: '1.0562', JPY: 'N/A', GBP: '0.83' })).toEqual([
      { ratedOn: '2026-11-27', currency: 'USD', perEuro: '1.0562' },
      { ratedOn: '2026-11-27', currency: 'GBP', perEuro: '0.83' },
    ]);
  });

  it.each([
    ['no day', { Date: '27/11/2026', USD: '1' }, 'DATE_INVALID'],
    ['a day that there is not', { Date: '2026-02-30', USD: '1' }, 'DATE_INVALID'],
    ['a day of no century of ours', { Date: '0000-01-01', USD: '1' }, 'DATE_INVALID'],
    ['no currency', { Date: '2026-11-27', dollars: '1' }, 'CURRENCY_INVALID'],
    ['nothing', { Date: '2026-11-27', USD: '0' }, 'RATE_INVALID'],
    ['words', { Date: '2026-11-27', USD: 'one' }, 'RATE_INVALID'],
    ['no rate at all', { Date: '2026-11-27', USD: 'N/A' }, 'RATES_MISSING'],
  ])('are refused by their field where they say %s', (_, record, code) => {
    expect(codeOf(ratesIn(record))).toBe(code);
  });
});
