import { asJson, rowsOf, statementOf, type Table } from './writing';

const table: Table = {
  table: 'shelf',
  key: ['sku'],
  columns: [
    { name: 'sku', type: 'text', default: null, numeric: false },
    { name: 'units', type: 'bigint', default: '7', numeric: true },
    { name: 'tags', type: 'text[]', default: null, numeric: false },
  ],
};

it('sends a row that is put whole as it is, and of any other row how each column comes by its value', () =>
  expect(
    rowsOf(table, [
      { kind: 'put', row: { sku: 'a', units: 1, tags: [] } },
      { kind: 'put', row: { sku: 'b', units: 2, tags: undefined } },
      { kind: 'put', row: { sku: 'c', tags: null }, deltas: { units: 1 } },
      { kind: 'patch', row: { sku: 'd', tags: [] }, deltas: { units: 3 } },
      { kind: 'remove', row: { sku: 'e' } },
    ]),
  ).toEqual([
    { sku: 'a', units: 1, tags: [] },
    { sku: 'b', units: 2, $how: '13' },
    { sku: 'c', units: 1, tags: null, $how: '41' },
    { sku: 'd', units: 3, tags: [], $change: 'patch', $how: '21' },
    { sku: 'e', $change: 'remove' },
  ]));

it('writes all changes of a batch with one statement, the same for every batch', () =>
  expect(statementOf(table)).toBe(
    `merge into "shelf" as t
using json_to_recordset($1::json) as x("sku" text, "units" bigint, "tags" text[], "$change" text, "$how" bytea)
on t."sku" = x."sku"
when matched and x."$change" = 'remove' then delete
when matched and x."$how" is null then update set "units" = x."units", "tags" = x."tags"
when matched then update set "units" = case get_byte(x."$how", 0) when 48 then t."units" when 49 then x."units" when 50 then coalesce(t."units", 0) + x."units" when 52 then coalesce((7)::bigint, 0) + x."units" else (7)::bigint end, "tags" = case get_byte(x."$how", 1) when 48 then t."tags" when 49 then x."tags" else (null)::text[] end
when not matched and x."$change" is null and x."$how" is null then insert ("sku", "units", "tags") values (x."sku", x."units", x."tags")
when not matched and x."$change" is null then insert ("sku", "units", "tags") values (x."sku", case get_byte(x."$how", 0) when 49 then x."units" when 52 then coalesce((7)::bigint, 0) + x."units" else (7)::bigint end, case get_byte(x."$how", 1) when 49 then x."tags" else (null)::text[] end)`,
  ));

it('asks nothing of the database for a patch that sets nothing', () =>
  expect(rowsOf(table, [{ kind: 'patch', row: { sku: 'a' } }])).toEqual([]));

it('names the column that a projector made up, and one that nothing can be added to', () => {
  expect(() => rowsOf(table, [{ kind: 'put', row: { sku: 'a', unit: 1 } }])).toThrow('View shelf has no column unit.');
  expect(() => rowsOf(table, [{ kind: 'patch', row: { sku: 'a' }, deltas: { tags: 1 } }])).toThrow(
    'View shelf has no column tags of numbers.',
  );
});

it('turns what Postgres cannot keep in a text into a replacement character, and nothing else', () => {
  const kept = '\\u0000 is written out, 😀 is a whole pair';
  expect(JSON.parse(asJson(['a\0b', '\ud83d alone', 'alone \ude00', kept, 12n]))).toEqual(['a�b', '� alone', 'alone �', kept, '12']);
});
