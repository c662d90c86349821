import { Readable } from 'node:stream';
import { recordsOf, type FileRecord, type RecordsOptions } from './records';
import { Upload, type UploadType } from './upload';

const read = async (type: UploadType, pieces: readonly (string | Buffer)[], options?: RecordsOptions): Promise<readonly FileRecord[]> => {
  const bytes = Readable.from(pieces.map((piece) => Buffer.from(piece)));
  const records: FileRecord[] = [];
  for await (const record of recordsOf(new Upload(bytes, type), options)) records.push(record);
  return records;
};
const ndjson = (...pieces: readonly (string | Buffer)[]) => read('application/x-ndjson', pieces);
const csv = (text: string, options?: RecordsOptions) => read('text/csv', [text], options);
const refusal = (code: string, line: number) => ({ line, refused: expect.objectContaining({ code, kind: 'invalid' }) as Error });

describe('a file of JSON lines', () => {
  it('is read record by record, wherever its pieces are cut, blank lines apart', async () => {
    const whole = Buffer.from('{"a":"é"}\r\n\n{"a":2}');
    const bytes = Array.from(whole, (byte) => Buffer.from([byte]));
    expect(await ndjson(...bytes)).toEqual([
      { line: 1, value: { a: 'é' } },
      { line: 3, value: { a: 2 } },
    ]);
  });

  it.each([
    ['JSON_INVALID', '{"a":'],
    ['JSON_INVALID', '[1]'],
    ['JSON_INVALID', 'null'],
    ['CHARACTER_REFUSED', '{"a":"\\u0000"}'],
    ['CHARACTER_REFUSED', '{"\\ud800":1}'],
    ['LINE_TOO_LONG', `{"a":"${'x'.repeat(2_000_000)}"}`],
  ])('tells %s of a line, and keeps no other out', async (code, line) =>
    expect(await ndjson('{"a":1}\n', line, '\n{"a":3}\n')).toEqual([
      { line: 1, value: { a: 1 } },
      refusal(code, 2),
      { line: 3, value: { a: 3 } },
    ]),
  );

  it('may say in words what it may not hold', async () =>
    expect(await ndjson('{"a":"\\\\u0000"}')).toEqual([{ line: 1, value: { a: '\\u0000' } }]));
});

describe('a file of comma separated values', () => {
  it('has a field for each cell that says something, of the kind of its column', async () => {
    const text = '\ufeffsku,weight,ok,part.size,list\nA, 12 ,TRUE,"L, XL","[{""b"":1}]"\nB,heavy,maybe,,{\n';
    const cells = { weight: 'number', ok: 'truth', list: 'json' } as const;
    expect(await csv(text, { cells })).toEqual([
      { line: 2, value: { sku: 'A', weight: 12, ok: true, part: { size: 'L, XL' }, list: [{ b: 1 }] } },
      { line: 3, value: { sku: 'B', weight: 'heavy', ok: 'maybe', list: '{' } },
    ]);
  });

  it('may have something else than a comma between its cells', async () =>
    expect(await csv('a;b\n1,5;2\n', { delimiter: ';' })).toEqual([{ line: 2, value: { a: '1,5', b: '2' } }]));

  it('tells which line is no record, and keeps no other out', async () =>
    expect(await csv('a,b\n1,2\n3\n4,5\n')).toEqual([
      { line: 2, value: { a: '1', b: '2' } },
      refusal('CSV_INVALID', 3),
      { line: 4, value: { a: '4', b: '5' } },
    ]));

  it('ends where nobody can tell what follows: a quote that never closes', async () =>
    expect((await csv(`a\n1\n"${'x'.repeat(2_000_000)}\n2\n`)).map((each) => ('refused' in each ? each.refused.code : each.value))).toEqual(
      [{ a: '1' }, 'CSV_INVALID'],
    ));

  it('makes fields of names that mean something to the language', async () => {
    const [record] = await csv('__proto__.polluted,a\nyes,1\n');
    expect(record).toMatchObject({ value: { a: '1' } });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('breaks off when its request does', async () => {
    const bytes = new Readable({ read: () => undefined });
    const records = recordsOf(new Upload(bytes, 'text/csv'));
    const first = records.next();
    bytes.destroy(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
  });
});
