import { asJson } from './json';
import { statementsFor, type Table } from './writing';

const table: Table = {
  table: 'shelf',
  key: ['sku'],
  types: new Map([
    ['sku', 'text'],
    ['units', 'bigint'],
    ['tags', 'text[]'],
  ]),
};

it('writes any number of rows with one statement for each set of columns', () => {
  const statements = statementsFor(table, [
    { kind: 'put', row: { sku: 'a', units: 1 }, deltas: {} },
    { kind: 'put', row: { units: 2, sku: 'b' }, deltas: {} },
    { kind: 'put', row: { sku: 'c', tags: ['x'] }, deltas: {} },
    { kind: 'patch', key: { sku: 'd' }, set: { units: 3 }, deltas: {} },
    { kind: 'patch', key: { sku: 'e' }, set: { units: 4 }, deltas: {} },
    { kind: 'remove', key: { sku: 'f' } },
    { kind: 'remove', key: { sku: 'g' } },
  ]);
  expect(statements.map(({ rows }) => rows.length)).toEqual([2, 2, 1, 2]);
});

it('replaces a row whole: a column that is left out takes its default', () => {
  const [statement] = statementsFor(table, [{ kind: 'put', row: { sku: 'a', units: 1 }, deltas: {} }]);
  expect(statement?.text).toBe(
    'insert into "shelf" ("sku", "units") select "sku", "units" from json_to_recordset($1::json) as x("sku" text, "units" bigint)' +
      ' on conflict ("sku") do update set "units" = excluded."units", "tags" = default',
  );
});

it('adds to what is there, where null counts as nothing yet', () => {
  const [statement] = statementsFor(table, [{ kind: 'patch', key: { sku: 'a' }, set: { tags: [] }, deltas: { units: 2 } }]);
  expect(statement?.text).toBe(
    'update "shelf" as t set "tags" = x."tags", "units" = coalesce(t."units", 0) + x."units"' +
      ' from json_to_recordset($1::json) as x("sku" text, "tags" text[], "units" bigint) where t."sku" = x."sku"',
  );
});

it('asks nothing of the database for a patch that sets nothing', () => {
  expect(statementsFor(table, [{ kind: 'patch', key: { sku: 'a' }, set: {}, deltas: {} }])).toEqual([]);
});

it('names the column that a projector made up', () => {
  expect(() => statementsFor(table, [{ kind: 'put', row: { sku: 'a', unit: 1 }, deltas: {} }])).toThrow('View shelf has no column unit.');
});

it('turns what Postgres cannot keep in a text into a replacement character, and nothing else', () => {
  const kept = '\\u0000 is written out, 😀 is a whole pair';
  expect(JSON.parse(asJson(['a\0b', '\ud83d alone', 'alone \ude00', kept, 12n]))).toEqual(['a�b', '� alone', 'alone �', kept, '12']);
});
