import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { Partners1764360000000 } from '../migrations/1764360000000-partners';
import { PartnerRowsOver1764380000000 } from '../migrations/1764380000000-partner-rows-over';
import { forgettingMessages } from './message-table';
import { forgettingNotices } from './notice-table';

let database: TestDatabase;
let pool: Pool;
const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [before, old, young] = ['2026-11-01T00:00:00.000Z', '2026-10-31T00:00:00.000Z', '2026-11-02T00:00:00.000Z'];

beforeAll(async () => {
  database = await testDatabase();
  const migrations = [Partners1764360000000, PartnerRowsOver1764380000000];
  const source = await new DataSource({ type: 'postgres', url: database.url, migrations }).initialize();
  await source.runMigrations();
  await source.destroy();
  pool = new Pool({ connectionString: database.url, max: 2 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const left = async (column: string, table: string): Promise<readonly string[]> =>
  (await pool.query<{ is: string }>(`select ${column} || ' ' || status as is from ${table} order by 1`)).rows.map((row) => row.is);

it('what partners were told is forgotten once it is over so long, a few at a time; what waits, or waits for a person, never', async () => {
  const statuses = ['told', 'passed-over', 'dropped', 'waiting', 'overdue', 'refused'];
  for (const [n, status] of [...statuses, 'told'].entries())
    await pool.query(
      `insert into partner_message (message_id, partner, shipment_id, content, status, planned_at, next_at, ended_at) values ($1, 'n', $1, '{}', $2, $3, $3, $4)`,
      [id(n), status, old, status === 'waiting' ? null : n === 6 ? young : old],
    );
  const forget = forgettingMessages(pool);
  expect([await forget(before, 2), await forget(before, 2), await forget(before, 2)]).toEqual([2, 1, 0]);
  expect(await left('message_id', 'partner_message')).toEqual([
    ...[`${id(3)} waiting`, `${id(4)} overdue`, `${id(5)} refused`],
    `${id(6)} told`,
  ]);
});

it('and so is what they said', async () => {
  for (const [n, status] of ['taken', 'dropped', 'parked', 'refused', 'taken'].entries())
    await pool.query(
      `insert into partner_notice (partner, notice_id, kind, status, detail, faults, content, tries, received_at) values ('n', $1, 'packed', $2, '', '[]', '{}', 1, $3)`,
      [`w${n}`, status, n === 4 ? young : old],
    );
  expect(await forgettingNotices(pool)(before, 500)).toBe(2);
  expect(await left('notice_id', 'partner_notice')).toEqual(['w2 parked', 'w3 refused', 'w4 taken']);
});
