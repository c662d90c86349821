import { readFileSync } from 'node:fs';
import { services } from '@cartage/embedded/services';
import { startAll, type Running } from '@cartage/service-kit';
import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { namesOf, tablesOf, type TableRow } from './catalogue';
import { kafkaUses } from './kafka-access-page';
import { reportingPage } from './reporting-page';
import { tablesPage } from './tables-page';

let database: TestDatabase;
let running: Running;
let tables: readonly TableRow[];
let names: readonly TableRow[];

beforeAll(async () => {
  database = await testDatabase();
  const environment = { DATABASE_URL: database.url, MASTER_KEY: Buffer.alloc(32, 5).toString('base64'), PORT: '0', LOG_LEVEL: 'silent' };
  running = await startAll(services, { environment });
  const pool = new Pool({ connectionString: database.url });
  try {
    tables = await tablesOf(pool, services);
    names = await namesOf(pool);
  } finally {
    await pool.end();
  }
}, 60_000);

afterAll(async () => {
  await running.close();
  await database.drop();
});

describe('the tables that analysts query', () => {
  it('are documented as they are (else: npm run reference)', () =>
    expect(readFileSync('docs/reference/tables.md', 'utf8')).toBe(tablesPage(services, tables)));

  it('are documented as they are, those of the star too (else: npm run reference)', () => {
    expect(names.length).toBeGreaterThan(20);
    expect(readFileSync('docs/reference/reporting.md', 'utf8')).toBe(reportingPage(names));
    expect(names.flatMap(({ table, about, columns }) => (about && columns.every((each) => each.about) ? [] : [table]))).toEqual([]);
  });

  it('each say which question they answer, and what each column of a view means', () => {
    const views = new Set(services.flatMap(({ schema, views: each }) => each.map(({ name }) => `${schema}.${name}`)));
    const silent = tables.flatMap(({ schema, table, about, columns }) => [
      ...(about ? [] : [`${schema}.${table}`]),
      ...(views.has(`${schema}.${table}`) ? columns.flatMap((each) => (each.about ? [] : [`${schema}.${table}.${each.column}`])) : []),
    ]);
    expect(silent).toEqual([]);
  });
});

it('what services need of Kafka is documented as it is (else: npm run reference)', () =>
  expect(readFileSync('docs/reference/kafka-access.json', 'utf8')).toBe(kafkaUses(running.uses)));
