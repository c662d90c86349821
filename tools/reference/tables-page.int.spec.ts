import { readFileSync } from 'node:fs';
import { services } from '@cartage/embedded/services';
import { startAll, type Running } from '@cartage/service-kit';
import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { tablesOf, type TableRow } from './catalogue';
import { tablesPage } from './tables-page';

let database: TestDatabase;
let running: Running;
let tables: readonly TableRow[];

beforeAll(async () => {
  database = await testDatabase();
  const environment = { DATABASE_URL: database.url, MASTER_KEY: Buffer.alloc(32, 5).toString('base64'), PORT: '0', LOG_LEVEL: 'silent' };
  running = await startAll(services, { environment });
  const pool = new Pool({ connectionString: database.url });
  tables = await tablesOf(pool, services).finally(() => pool.end());
}, 60_000);

afterAll(async () => {
  await running.close();
  await database.drop();
});

describe('the tables that analysts query', () => {
  it('are documented as they are (else: npm run reference)', () =>
    expect(readFileSync('docs/reference/tables.md', 'utf8')).toBe(tablesPage(services, tables)));

  it('each say which question they answer, and what each column of a view means', () => {
    const views = new Set(services.flatMap(({ schema, views: each }) => each.map(({ name }) => `${schema}.${name}`)));
    const silent = tables.flatMap(({ schema, table, about, columns }) => [
      ...(about ? [] : [`${schema}.${table}`]),
      ...(views.has(`${schema}.${table}`) ? columns.flatMap((each) => (each.about ? [] : [`${schema}.${table}.${each.column}`])) : []),
    ]);
    expect(silent).toEqual([]);
  });
});
