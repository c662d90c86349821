import { csvOf } from './csv';

interface Thing {
  readonly name: string;
  readonly count: number | null;
}
const show = (): null => null;

describe('rows in a file', () => {
  const columns = [
    { id: 'name', heading: 'app', show, write: ({ name }: Thing) => name },
    { id: 'count', heading: 'app', show, write: ({ count }: Thing) => count },
    { id: 'drawn', heading: 'app', show },
  ] as const;

  it('keep commas, quotes and lines in their cell, and have only columns that can be written', () => {
    expect(csvOf(columns, [{ name: 'a "b",\nc', count: 3 }])).toBe('name,count\r\n"a ""b"",\nc",3\r\n');
  });

  it('say nothing for what is not there, and negative numbers as numbers', () => {
    expect(
      csvOf(columns, [
        { name: '', count: null },
        { name: 'x', count: -2 },
      ]),
    ).toBe('name,count\r\n,\r\nx,-2\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@sum', '\tx'])('are never a formula: %j', (name) => {
    expect(csvOf(columns, [{ name, count: 1 }]).split('\r\n')[1]).toMatch(/^"?'/);
  });
});
