import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import type { Row } from '../../app/reports/ports';
import type { ReportColumn } from '../../domain/reports/report';
import { csvWriter } from './csv-writer';
import { scaledOf } from './parquet-types';
import { parquetWriter } from './parquet-writer';

const columns: readonly ReportColumn[] = [
  { name: 'id', type: 'uuid' },
  { name: 'title', type: 'text' },
  { name: 'units', type: 'bigint' },
  { name: 'price', type: 'numeric(12,2)' },
  { name: 'share', type: 'numeric' },
  { name: 'sold', type: 'boolean' },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'timestamptz' },
  { name: 'n', type: 'integer' },
];
const id = '0199a3c4-7b1e-7c3d-9f2a-000000000001';
const row: Row = [
  id,
  'Zoë, "the" best',
  '9007199254740993',
  '-12.50',
  '0.1234567894999',
  't',
  '2026-11-28',
  '2026-11-28 09:00:00.123456+00',
  '7',
];
const empty: Row = columns.map(() => null);

const csvOf = (of: readonly ReportColumn[], ...batches: readonly (readonly Row[])[]): string => {
  const writer = csvWriter(of);
  return [...batches.map((rows) => writer.rows(rows)), writer.end()].map((bytes) => Buffer.from(bytes).toString('utf8')).join('');
};

const parquetOf = (of: readonly ReportColumn[], ...batches: readonly (readonly Row[])[]): ArrayBuffer => {
  const writer = parquetWriter(of);
  const all = Buffer.concat([...batches.map((rows) => writer.rows(rows)), writer.end()]);
  return Uint8Array.from(all).buffer;
};

describe('rows as CSV', () => {
  it('have a line of names, once, and times as ISO 8601 has them', () =>
    expect(csvOf(columns, [row], [empty])).toBe(
      'id,title,units,price,share,sold,day,at,n\r\n' +
        `${id},"Zoë, ""the"" best",9007199254740993,-12.50,0.1234567894999,true,2026-11-28,2026-11-28T09:00:00.123456Z,7\r\n` +
        ',,,,,,,,\r\n',
    ));

  it('have the names though there are no rows', () => expect(csvOf([{ name: 'a', type: 'text' }])).toBe('a\r\n'));

  it.each(['=1+1', '+1', '@x', '-1+1|cmd', '\t=1'])('hold no formula for a spreadsheet: %j', (text) =>
    expect(csvOf([{ name: 'a', type: 'text' }], [[text]])).toBe(`a\r\n'${text}\r\n`),
  );

  it.each(['-1', '-12.50', 'a=1'])('leave %j as it is, which is none', (text) =>
    expect(csvOf([{ name: 'a', type: 'text' }], [[text]])).toBe(`a\r\n${text}\r\n`),
  );
});

describe('rows as Parquet', () => {
  it('come back with their types, to the last digit', async () => {
    const [read, nothing] = await parquetReadObjects({ file: parquetOf(columns, [row], [empty]) });
    expect(read).toMatchObject({ id, title: 'Zoë, "the" best', units: 9007199254740993n, price: -12.5, sold: true, n: 7 });
    expect(read?.['share']).toBeCloseTo(0.123456789, 9);
    expect(read?.['day']).toEqual(new Date('2026-11-28'));
    expect(read?.['at']).toEqual(new Date('2026-11-28T09:00:00.123Z'));
    expect(Object.values(nothing ?? {}).map((value) => value ?? null)).toEqual(columns.map(() => null));
  });

  it('are all there when they come in many batches, over the bounds of groups', async () => {
    const of = [{ name: 'n', type: 'integer' }] as const;
    const batches = Array.from({ length: 45 }, (_, batch) => Array.from({ length: 999 }, (_, i): Row => [String(batch * 999 + i)]));
    const rows = await parquetReadObjects({ file: parquetOf(of, ...batches) });
    expect(rows.map(({ n }) => n as number)).toEqual(Array.from({ length: 45 * 999 }, (_, i) => i));
  });

  it('are a file though there are none', async () => expect(await parquetReadObjects({ file: parquetOf(columns) })).toEqual([]));

  it.each([
    ['numeric', `1${'0'.repeat(30)}`],
    ['numeric(6,2)', 'NaN'],
    ['timestamptz', 'infinity'],
    ['date', '0044-03-15 BC'],
  ])('are refused where Parquet has no such %s as %s', (type, text) =>
    expect(() => parquetOf([{ name: 'it', type }], [[text]])).toThrow(/^Column it: .* Cast it, such as it::text\.$/),
  );
});

describe('a decimal', () => {
  it('is scaled to the digit, half away from zero', () => {
    expect([scaledOf('12.345', 2), scaledOf('-12.345', 2), scaledOf('0.5', 0), scaledOf('7', 3)]).toEqual([1235n, -1235n, 1n, 7000n]);
  });

  it('is what it says, whatever its digits are', () =>
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 9 }), (scaled, scale) => {
        const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(scale + 1, '0');
        const text = `${scaled < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}${scale > 0 ? `.${digits.slice(digits.length - scale)}` : ''}`;
        expect(scaledOf(text, scale)).toBe(scaled);
      }),
    ));
});
