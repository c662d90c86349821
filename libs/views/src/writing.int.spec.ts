import { testDatabase, type TestDatabase } from '@cartage/testkit';
import fc from 'fast-check';
import { Pool } from 'pg';
import { merge } from './merging';
import { anyChange, interpret, shelf } from './shelf.fixture';
import { writing } from './transaction';
import type { Change, Row } from './view';
import { Writer } from './writing';

/** As long as `eventually` may need on a busy machine. */
jest.setTimeout(60_000);

const writer = new Writer({
  table: 'shelf',
  key: shelf.key,
  columns: [
    { name: 'place', type: 'text', numeric: false },
    { name: 'sku', type: 'text', numeric: false },
    { name: 'color', type: 'text', numeric: false },
    { name: 'size', type: 'integer', numeric: true },
    { name: 'units', type: 'integer', numeric: true },
  ],
});

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ connectionString: database.url });
  await pool.query(
    'create table shelf (place text, sku text, color text, size integer, units integer not null default 5, primary key (place, sku))',
  );
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const writeBatches = (changes: readonly Change[], batch: number): Promise<void> =>
  writing(pool, async (client) => {
    await client.query('truncate shelf');
    for (let i = 0; i < changes.length; i += batch) await writer.write(client, merge(shelf, changes.slice(i, i + batch)));
  });

it('leaves in the table what the changes mean one by one, in batches of any size', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyChange, { maxLength: 40 }), fc.integer({ min: 1, max: 15 }), async (changes, batch) => {
      await writeBatches(changes, batch);
      const { rows } = await pool.query<Row>('select * from shelf');
      const found = new Map(rows.map(({ place, sku, ...rest }) => [`${String(place)}/${String(sku)}`, rest]));
      expect(found).toEqual(interpret(new Map(), changes));
    }),
    { numRuns: 60 },
  );
});
