import { services } from '@cartage/embedded/services';
import { postgresEventStore } from '@cartage/event-store';
import type { Named } from '@cartage/eventsourcing';
import { newId, startAll, type Running } from '@cartage/service-kit';
import { eventually, goldenSamples, testDatabase, type TestDatabase } from '@cartage/testkit';
import { readFileSync } from 'node:fs';
import { Client, Pool } from 'pg';
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

const starSays = async (sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

/** Of the star that is shown: %s is its name. */
const inStar = async (sql: string): Promise<void> => {
  const [shown] = await starSays('select name from reporting.generation where shown');
  await starSays(sql.replaceAll('%s', String(shown?.['name'])));
};

/** Shipping tells of a label for a return that was replayed, and that its carrier refused it. */
const refusedLabel = async (): Promise<string> => {
  const pool = new Pool({ connectionString: database.url, options: '-c search_path=shipping' });
  try {
    const { rows } = await pool.query<{ returnId: string; orderId: string }>(
      'select return_id "returnId", order_id "orderId" from returns.return_line order by return_id limit 1',
    );
    const of = rows[0];
    if (!of) throw new Error('Nothing was sent back.');
    const golden = goldenSamples<Named<string, object>>('services/shipping/src/domain/way-back/golden');
    const told = (type: string, sequence?: number, more: object = {}) => ({
      ...{ id: newId(), type, data: { ...golden.of(type).data, ...of, ...more } },
      meta: { commandId: newId(), correlationId: newId(), actor: 'test', ...(sequence === undefined ? {} : { sequence }) },
    });
    const events = [
      ...[told('ReturnLabelWanted'), told('ReturnLabelRequested', 1, { policy: 'carriers@7' })],
      ...[
        told('ReturnLabelFailed', 2, { policy: 'carriers@7' }),
        told('ReturnLabelFailed', 3, { policy: 'carriers@8', failedAt: '2026-11-29T09:00:00.000Z' }),
      ],
    ];
    expect(await postgresEventStore({ pool }).appendMany([{ stream: `wayback-${of.returnId}`, expected: 0, events }])).toMatchObject([
      { status: 'appended' },
    ]);
    return of.returnId;
  } finally {
    await pool.end();
  }
};

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
    expect(reports.filter(({ compared }) => compared === 0).map(({ ledger }) => ledger)).toEqual([
      ...['return-labels', 'return-label-policies'],
    ]);
    const totals = Object.fromEntries(reports.map((each) => [each.ledger, each.totals]));
    expect(totals['payments']?.['refunded']).toEqual({ theirs: 1_020, ours: 1_020 });
  });

  it('agree with them of what was sold, as it is described, and do not where somebody changed that', async () => {
    const barcodes = [{ code: '14006381333938', units: 12 }, { code: '036000291452' }, { code: '40170725' }];
    const body = JSON.stringify({ title: 'Mug, blue', category: 'mugs', status: 'active', returnable: true, barcodes });
    const headers = { 'content-type': 'application/json', 'idempotency-key': newId() };
    expect(await fetch(`${running.url}/inventory/items/A`, { method: 'PUT', headers, body })).toMatchObject({ status: 200 });
    await eventually(async () => {
      const [{ compared, differences } = {}] = await verified(['products'], 0);
      expect([compared, differences]).toEqual([expect.any(Number), []]);
      expect(await starSays(`select title, gtin from reporting.dim_product where sku = 'A'`)).toEqual([
        { title: 'Mug, blue', gtin: '00036000291452' },
      ]);
    });
    await inStar(`update reporting.dim_product_%s set gtin = '00000040170725' where sku = 'A'`);
    const [changed] = await verified(['products'], 0);
    expect(changed?.differences).toEqual([{ id: 'A', figure: 'gtin', theirs: '00036000291452', ours: '00000040170725' }]);
  });

  it('agree with them of a label for the way back, too, which a carrier refused', async () => {
    const returnId = await refusedLabel();
    await eventually(async () => {
      const [{ compared, differences, totals } = {}] = await verified(['return-label-policies'], 0);
      expect([compared, differences, totals]).toEqual([1, [], { failures: { theirs: 2, ours: 2 } }]);
    });
    await inStar(`update reporting.fact_return_%s set label_failures = 3, label_policy_version = '9' where return_id = '${returnId}'`);
    const [changed] = await verified(['return-label-policies'], 0);
    expect(changed?.differences).toEqual([
      { id: returnId, figure: 'policy', theirs: 'carriers@8', ours: 'carriers@9' },
      { id: returnId, figure: 'failures', theirs: 2, ours: 3 },
    ]);
  });

  it('do not where somebody changed by which policy a label was bought, or how often it was refused, and it is named', async () => {
    const [before] = await verified(['label-policies'], 60_000);
    expect([before?.compared, before?.differences]).toEqual([expect.any(Number), []]);
    expect(before?.compared).toBeGreaterThan(1);
    const one = `shipment_id = (select min(shipment_id::text)::uuid from reporting.fact_shipment)`;
    await inStar(`update reporting.fact_shipment_%s set label_failures = 2, policy_version = '9' where ${one}`);
    const [after] = await verified(['label-policies'], 0);
    expect(after?.differences).toEqual([
      { id: expect.any(String), figure: 'policy', theirs: 'carriers@settings', ours: 'carriers@9' },
      { id: expect.any(String), figure: 'failures', theirs: 0, ours: 2 },
    ]);
  });

  it('do not where somebody changed a figure, and it is named', async () => {
    await inStar(`update reporting.fact_order_%s set total = total + 1 where country = 'IE'`);
    await inStar(`delete from reporting.fact_payment_%s where kind = 'refunded'`);
    const [orders, payments] = await verified(['orders', 'payments'], 0);
    expect(orders?.differences).toEqual([{ id: expect.any(String), figure: 'total', theirs: 0, ours: 1 }]);
    expect(payments?.differences).toEqual([{ id: expect.stringMatching(/ in GBP$/), figure: 'refunded', theirs: 1_020, ours: 0 }]);
  });
});
