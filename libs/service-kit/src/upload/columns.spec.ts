import { Refused } from '@cartage/eventsourcing';
import { amountOf } from './cells';
import { incompleteMapping, LineNames, MappedCells, requireReadable, usualFormats, type ColumnMapping } from './columns';

type Field = 'amount' | 'currency' | 'on' | 'name';
const mapping: ColumnMapping<Field> = {
  ...{ ...usualFormats, dateFormat: 'dd.MM.yyyy', zone: 'Europe/Berlin', decimalMark: ',' },
  columns: { amount: 'Betrag', currency: 'money.code', on: 'Datum', name: 'Name' },
};
const cellsOf = (record: object, changes: Partial<ColumnMapping<Field>> = {}) =>
  new MappedCells<Field>(record as Readonly<Record<string, unknown>>, { ...mapping, ...changes });
const faults = (act: () => unknown): readonly string[] => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refused) return error.errors.map(({ field, code }) => `${field} ${code}`);
  }
  return [];
};

describe('the cells of a line', () => {
  it('are read by the column that the mapping names, in the way that it says', () => {
    const cells = cellsOf({ Betrag: '1.234,50', money: { code: 'eur' }, Datum: '20.11.2026' });
    expect(cells.read('amount', (text) => amountOf(text, 'EUR', mapping))).toBe(123_450);
    expect([cells.currency('currency'), cells.time('on'), cells.text('name')]).toEqual(['EUR', '2026-11-19T23:00:00.000Z', undefined]);
    expect(cells.errors).toEqual([]);
    expect(cellsOf({}, { currency: 'INR' }).currency('currency')).toBe('INR');
  });

  it('say by column what is wrong with them', () => {
    const cells = cellsOf({ Betrag: '1,5,5', money: { code: 'euros' }, Datum: '31.02.2026', Name: 'x'.repeat(201) });
    cells.read('amount', (text) => amountOf(text, 'EUR', mapping));
    cells.currency('currency');
    cells.time('on');
    cells.text('name');
    expect(cells.errors.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'Betrag AMOUNT_INVALID',
      'money.code CURRENCY_INVALID',
      'Datum TIME_INVALID',
      'Name TEXT_TOO_LONG',
    ]);
    const empty = cellsOf({});
    empty.time('on');
    expect(empty.errors).toMatchObject([{ field: 'Datum', code: 'VALUE_MISSING' }]);
  });
});

it('a mapping that can read lines is taken, another one is refused with all that it misses', () => {
  expect(requireReadable(mapping, [])).toBe(mapping);
  const missing = [incompleteMapping('columns.on', 'A line must say when.')];
  expect(faults(() => requireReadable({ ...mapping, zone: 'Mars/Base', dateFormat: 'YYYY' }, missing))).toEqual([
    'columns.on MAPPING_INCOMPLETE',
    'zone ZONE_UNKNOWN',
    'dateFormat DATE_FORMAT_INVALID',
  ]);
});

it('lines are called by their numbers, or by what they say and how often a file has said it', () => {
  const idFor = (...parts: readonly string[]): string => parts.join('/');
  const names = new LineNames(idFor, ['line', 'dhl']);
  expect(names.numbered('A', '7')).toBe('line/dhl/A/7');
  const said = [{ b: 1, a: 2 }, { a: 2, b: 1 }, { a: 3 }].map((draft) => names.saying(draft));
  expect(said).toEqual(['line/dhl/{"a":2,"b":1}', 'line/line/dhl/{"a":2,"b":1}/2', 'line/dhl/{"a":3}']);
  expect(new LineNames(idFor, ['line', 'dhl']).saying({ a: 2, b: 1 })).toBe(said[0]);
});
