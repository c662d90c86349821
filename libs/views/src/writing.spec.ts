import type { Merged } from './merging';
import { asJson, Writer, type Table } from './writing';

const table: Table = {
  table: 'shelf',
  key: ['sku'],
  columns: [
    { name: 'sku', type: 'text', numeric: false },
    { name: 'units', type: 'bigint', numeric: true },
    { name: 'tags', type: 'text[]', numeric: false },
  ],
};

it('writes any number of rows with one statement for each kind of change', () => {
  const statements = new Writer(table).statementsFor([
    { kind: 'put', row: { sku: 'a', units: 1, tags: [] } },
    { kind: 'put', row: { sku: 'b', units: 2, tags: null } },
    { kind: 'patch', row: { sku: 'd', units: 3 } },
    { kind: 'patch', row: { sku: 'e', tags: [] }, deltas: { units: 4 } },
    { kind: 'patch', row: { sku: 'f', units: undefined } },
    { kind: 'remove', row: { sku: 'g' } },
    { kind: 'remove', row: { sku: 'h' } },
  ]);
  expect(statements.map(({ rows }) => rows)).toEqual([
    [{ sku: 'g' }, { sku: 'h' }],
    [
      { sku: 'a', units: 1, tags: [] },
      { sku: 'b', units: 2, tags: null },
    ],
    [
      { sku: 'd', units: 3, $how: '10' },
      { sku: 'e', units: 4, tags: [], $how: '21' },
    ],
  ]);
});

it('replaces a row whole: a column that is left out takes its default, and what is added is added to that', () => {
  const [put, added] = new Writer(table).statementsFor([{ kind: 'put', row: { sku: 'a', tags: [] }, deltas: { units: 2 } }]);
  expect(put?.text).toBe(
    'insert into "shelf" ("sku", "tags") select "sku", "tags" from json_to_recordset($1::json) as x("sku" text, "tags" text[])' +
      ' on conflict ("sku") do update set "units" = default, "tags" = excluded."tags"',
  );
  expect(added?.rows).toEqual([{ sku: 'a', units: 2, $how: '2' }]);
});

it('has one statement for patches of whatever columns, once it has met them', () => {
  const writer = new Writer(table);
  writer.statementsFor([{ kind: 'patch', row: { sku: 'a', units: 1 } }]);
  const [wider] = writer.statementsFor([{ kind: 'patch', row: { sku: 'a', tags: [] } }]);
  const [same] = writer.statementsFor([{ kind: 'patch', row: { sku: 'a' }, deltas: { units: 1 } }]);
  expect(same?.text).toBe(wider?.text);
  expect(same?.text).toBe(
    `update "shelf" as t set "units" = case get_byte(x."$how", 0) when ascii('1') then x."units" when ascii('2') then coalesce(t."units", 0) + x."units" else t."units" end,` +
      ` "tags" = case get_byte(x."$how", 1) when ascii('1') then x."tags" else t."tags" end` +
      ` from json_to_recordset($1::json) as x("sku" text, "units" bigint, "tags" text[], "$how" bytea) where t."sku" = x."sku"`,
  );
});

it('asks nothing of the database for a patch that sets nothing', () =>
  expect(new Writer(table).statementsFor([{ kind: 'patch', row: { sku: 'a' } }])).toEqual([]));

it('names the column that a projector made up, and one that nothing can be added to', () => {
  const writing = (merged: Merged) => () => new Writer(table).statementsFor([merged]);
  expect(writing({ kind: 'put', row: { sku: 'a', unit: 1 } })).toThrow('View shelf has no column unit.');
  expect(writing({ kind: 'patch', row: { sku: 'a' }, deltas: { tags: 1 } })).toThrow('View shelf has no column tags of numbers.');
});

it('turns what Postgres cannot keep in a text into a replacement character, and nothing else', () => {
  const kept = '\\u0000 is written out, 😀 is a whole pair';
  expect(JSON.parse(asJson(['a\0b', '\ud83d alone', 'alone \ude00', kept, 12n]))).toEqual(['a�b', '� alone', 'alone �', kept, '12']);
});
