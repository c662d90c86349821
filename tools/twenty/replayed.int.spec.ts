import { services } from '@cartage/embedded/services';
import { startAll, type Running } from '@cartage/service-kit';
import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { askingAt } from '../notebook/asking';
import { cellsIn } from '../notebook/cells';
import { drawn } from '../notebook/drawing';
import { writeNotebook } from '../notebook/writing';
import { fileOf } from '../simulator/replay/fixture';
import { replay } from '../simulator/replay/run';
import { verify } from '../verify/verifying';
import { answerTwice } from './asking';
import { twentyQuestions } from './questions';

const file = fileOf([
  '1,A,"MUG, ""BLUE""",2,2010-12-01 08:26:00,2.55,17850.0,United Kingdom',
  '1,A,MUG,3,2010-12-01 08:26:00,2.55,17850.0,United Kingdom',
  '2,B,PLATE,1,2010-12-01 08:30:00,0.001,,EIRE',
  '1,P,POSTAGE,1,2010-12-01 08:26:00,18.0,17850.0,United Kingdom',
  '3,A,damaged,-7,2010-12-02 09:00:00,0.0,,United Kingdom',
  '5,B,PLATE,4,2010-12-31 23:59:00,1.25,12583.0,France',
  '6,C,CUP,3,2011-01-01 00:00:00,3.333,12583.0,France',
  '7,A,MUG,5,2011-01-04 10:00:00,2.55,13000.0,Germany',
  '7,B,PLATE,1,2011-01-04 10:00:00,1.0,13000.0,Germany',
  'C8,A,MUG,-5,2011-01-04 12:00:00,2.55,13000.0,Germany',
  'C8,B,PLATE,-1,2011-01-04 12:00:00,1.0,13000.0,Germany',
  'C4,A,MUG,-4,2011-01-05 09:00:00,2.5,17850.0,United Kingdom',
  'C4,D,Discount,-1,2011-01-05 09:00:00,5.0,17850.0,United Kingdom',
  '9,C,CUP,2,2011-01-06 10:00:00,3.5,,Channel Islands',
]);

const WITHIN_MS = 180_000;
jest.setTimeout(WITHIN_MS);

let database: TestDatabase;
let running: Running;
const quiet = () => ({ advance: () => undefined, stop: () => undefined });

beforeAll(async () => {
  database = await testDatabase();
  const kept = { MASTER_KEY: Buffer.alloc(32, 5).toString('base64'), RATE_LIMIT: '0', RATE_LIMIT_PUBLIC: '0' };
  running = await startAll(services, { environment: { DATABASE_URL: database.url, ...kept, PORT: '0', LOG_LEVEL: 'fatal' } });
  const { balanced } = await replay({ file, origins: running.url, progress: quiet });
  expect(balanced).toBe(true);
});

afterAll(async () => {
  await running.close();
  await database.drop();
});

const verified = (only: readonly string[], patienceMs: number) => verify({ addressOf: () => database.url, only, patienceMs });

describe('invoices that were replayed', () => {
  it('are answered twenty questions of, by reporting as by the file alone', async () => {
    const answers = await answerTwice({ databaseUrl: database.url, file, patienceMs: 60_000 });
    expect(answers.filter(({ equal }) => !equal)).toEqual([]);
    expect([answers.length, new Set(answers.map(({ asks }) => asks)).size, twentyQuestions.length]).toEqual([20, 20, 20]);
    expect(answers[3]).toMatchObject({ file: [[1275 + 0 + 1800 + 500 + 1000 + 1275 + 100 + 700]] });
  });

  it('are a page of text, tables and pictures, as the notebook of the documentation has it', async () => {
    const cells = cellsIn(readFileSync('docs/notebooks/gift-shop.md', 'utf8'));
    const { html, pictures } = await askingAt(database.url, (asking) => writeNotebook(cells, asking, drawn));
    expect(pictures).toHaveLength(cells.filter(({ kind }) => kind === 'picture').length);
    expect(html).toContain('<td>2011-01</td><td class="number">3</td>');
    const changing = askingAt(database.url, (asking) => asking.answer('delete from dim_date'));
    await expect(changing).rejects.toThrow('syntax error at or near "delete"');
    const endless = askingAt(database.url, (asking) => asking.answer('select generate_series(1, 10001)'));
    await expect(endless).rejects.toThrow('more than 10000 rows');
  });

  it('agree with the services’ own books, to the unit and the penny', async () => {
    const reports = await verified([], 60_000);
    expect(reports.flatMap(({ ledger, differences }) => (differences.length > 0 ? [[ledger, differences]] : []))).toEqual([]);
    expect(reports.filter(({ compared }) => compared === 0).map(({ ledger }) => ledger)).toEqual(['return-labels']);
    const totals = Object.fromEntries(reports.map((each) => [each.ledger, each.totals]));
    expect(totals['payments']?.['refunded']).toEqual({ theirs: 1_020, ours: 1_020 });
  });

  it('do not where somebody changed a figure, and it is named', async () => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      await client.query(
        `do $$ begin execute (select 'update reporting.fact_order_' || name || ' set total = total + 1 where country = ''IE''' from reporting.generation where shown); end $$`,
      );
      await client.query(
        `do $$ begin execute (select 'delete from reporting.fact_payment_' || name || ' where kind = ''refunded''' from reporting.generation where shown); end $$`,
      );
    } finally {
      await client.end();
    }
    const [orders, payments] = await verified(['orders', 'payments'], 0);
    expect(orders?.differences).toEqual([{ id: expect.any(String), figure: 'total', theirs: 0, ours: 1 }]);
    expect(payments?.differences).toEqual([{ id: expect.stringMatching(/ in GBP$/), figure: 'refunded', theirs: 1_020, ours: 0 }]);
  });
});
