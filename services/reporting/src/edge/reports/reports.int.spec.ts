import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bell, systemClock } from '@cartage/eventsourcing';
import { idFor, provenWebhookId, startAll, type Running } from '@cartage/service-kit';
import { eventually, testDatabase, testReader, type TestDatabase, type TestReader } from '@cartage/testkit';
import { parquetReadObjects } from 'hyparquet';
import { Pool } from 'pg';
import { workOnce, type WorkingNeeds } from '../../app/reports/working';
import { reportingService } from '../../reporting.module';
import { csvWriter } from './csv-writer';
import { folderStore } from './folder-store';
import { mailServer, type MailServer } from './mail-server.fixture';
import { nextTime } from './next-time';
import { postgresAnswering } from './postgres-answering';
import { reportTable } from './report-table';
import { runTable } from './run-table';

jest.setTimeout(120_000);

const secret = Buffer.alloc(32, 7).toString('base64');
const folder = mkdtempSync(join(tmpdir(), 'cartage-reports-'));
const told: { readonly id: string; readonly body: Record<string, unknown> }[] = [];
let receiver: Server;
let mail: MailServer;
let origin: string;
let database: TestDatabase;
let reader: TestReader;
let running: Running;
let pool: Pool;

/** Takes what is signed, and only that. */
const startReceiver = async (): Promise<void> => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const rawBody = Buffer.concat(chunks);
      const id = provenWebhookId({ headers: request.headers, rawBody }, [secret], new Date());
      told.push({ id, body: JSON.parse(rawBody.toString('utf8')) as Record<string, unknown> });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
};

beforeAll(async () => {
  await startReceiver();
  mail = await mailServer();
  database = await testDatabase();
  reader = await testReader(database);
  const reports = { REPORTING_READER: reader.name, REPORTS_DATABASE_URL: reader.url, REPORTS_FOLDER: folder, REPORTS_MOST_ROWS: '50000' };
  const environment = {
    ...{ DATABASE_URL: database.url, MASTER_KEY: Buffer.alloc(32, 6).toString('base64'), PORT: '0', LOG_LEVEL: 'silent', ...reports },
    ...{ REPORTS_WEBHOOK_ORIGINS: origin, REPORTS_WEBHOOK_SECRET: secret },
    ...{ SMTP_URL: mail.url, REPORTS_MAIL_DOMAINS: 'acme.example', REPORTS_FILE_URL: 'https://cartage.example/{run}.{format}' },
  };
  running = await startAll([reportingService], { environment });
  pool = new Pool({ connectionString: database.url, options: '-c search_path=reporting -c timezone=UTC' });
});

afterAll(async () => {
  await running.close();
  await pool.end();
  await database.drop();
  await reader.drop();
  await new Promise((resolve) => receiver.close(resolve));
  await mail.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

let keys = 0;
const ask = async (method: string, path: string, body?: object, headers: object = {}): Promise<Answer> => {
  const sent = { ...(body ? { 'content-type': 'application/json' } : {}), 'idempotency-key': `key-${(keys += 1)}`, ...headers };
  const response = await fetch(`${running.url}/reporting/${path}`, {
    method,
    headers: sent,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

const put = (name: string, sql: string, more: object = {}, headers: object = {}): Promise<Answer> =>
  ask('PUT', `reports/${name}`, { sql, ...more }, headers);

const runOf = async (name: string, body: object = {}): Promise<Record<string, unknown>> => {
  const started = await ask('POST', `reports/${name}/runs`, body);
  expect(started.status).toBe(201);
  return eventually(async () => {
    const { body: run } = await ask('GET', `runs/${String(started.body['runId'])}`);
    expect(['done', 'failed']).toContain(run['state']);
    return run;
  });
};

const fileOf = async (run: Record<string, unknown>, format: string): Promise<Buffer> => {
  const response = await fetch(`${running.url}/reporting/runs/${String(run['runId'])}/files/${format}`);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
};

describe('a report', () => {
  it('is kept, run, and there as files in each format; whoever wants to know is told', async () => {
    const sql = `select d.date_key as key, d.date, d.weekday, '=1+1' as note from dim_date d where d.date between $1::date and $1::date + 2 order by 1`;
    const kept = await put('days', sql, {
      parameters: [{ name: 'from', value: '2026-11-27' }],
      formats: ['csv', 'parquet'],
      webhook: `${origin}/x`,
    });
    expect(kept).toMatchObject({
      status: 200,
      body: { revision: 1, columns: [{ name: 'key', type: 'integer' }, { name: 'date', type: 'date' }, {}, { type: 'text' }] },
    });
    const run = await runOf('days', { parameters: { from: '2026-12-30' } });
    expect(run).toMatchObject({ state: 'done', rows: 3, values: ['2026-12-30'], files: [{ format: 'csv' }, { format: 'parquet' }] });
    const csv = await fileOf(run, 'csv');
    expect(csv.toString('utf8')).toBe(
      "key,date,weekday,note\r\n20261230,2026-12-30,3,'=1+1\r\n20261231,2026-12-31,4,'=1+1\r\n20270101,2027-01-01,5,'=1+1\r\n",
    );
    const rows = await parquetReadObjects({ file: Uint8Array.from(await fileOf(run, 'parquet')).buffer });
    expect(rows.map(({ key, note }) => [key, note])).toEqual([20261230, 20261231, 20270101].map((key) => [key, '=1+1']));
    await eventually(() => expect(told.map(({ id }) => id)).toContain(run['runId']));
    expect(told.find(({ id }) => id === run['runId'])?.body).toMatchObject({ type: 'report.ready', report: 'days', rows: 3 });
  });

  it('is mailed about to each recipient alone, with the way to its files and without them; who is not told is seen', async () => {
    const recipients = ['busy@acme.example', 'gone@acme.example'];
    await put('mailed', 'select 1 as one', { recipients });
    const { runId } = await runOf('mailed');
    const { notices } = await eventually(async () => {
      const { body: run } = await ask('GET', `runs/${String(runId)}`);
      expect(run['notices']).toMatchObject([{ state: 'told' }, { state: 'refused' }]);
      return run;
    });
    expect(notices).toMatchObject([
      { to: 'mailto:busy@acme.example', attempts: 2 },
      { to: 'mailto:gone@acme.example', attempts: 1, code: 'MAIL_REFUSED', detail: 'recipient-refused: SMTP 550 5.1.1' },
    ]);
    const received = mail.mails.map(({ to, subject, text, attachments }) => ({ to, subject, text, attachments }));
    expect(received).toMatchObject([{ to: { text: recipients[0] }, subject: 'Report mailed is ready', attachments: [] }]);
    expect(received[0]?.text).toContain(`https://cartage.example/${String(runId)}.csv`);
  });

  it.each([
    ['a typing error', 'select 1 as one,\n  2 asz two', 'line 2, column 9: syntax error at or near "two".'],
    ['a table that there is not', 'select * from sales', 'line 1, column 15: relation "sales" does not exist.'],
    ['a column that there is not', 'select colour from dim_date', 'line 1, column 8: column "colour" does not exist.'],
    ['two statements', 'select 1 as a; drop table report', 'cannot insert multiple commands into a prepared statement.'],
    ['a statement that ends the transaction', 'select 1 as a; commit', 'cannot insert multiple commands into a prepared statement'],
    ['a statement that writes', 'delete from dim_date', 'syntax error at or near "delete"'],
    [
      'a statement that writes in secret',
      'with x as (delete from dim_date returning 1) select * from x',
      'must not contain data-modifying statements',
    ],
    ['the machinery', 'select * from report', 'permission denied for table report'],
    ['a lock', 'select * from dim_date for update', 'cannot execute SELECT FOR UPDATE in a read-only transaction'],
    ['a value of another type', 'select $1::date as day', 'invalid input syntax for type date: "web"'],
    ['a value that is not bound', `select 1 as one`, 'Every parameter of the report has to stand in its SQL'],
  ])('is refused for %s, with its place and the fix', async (_, sql, detail) => {
    const parameters = sql.includes('$1') || sql.endsWith('as one') ? [{ name: 'day', value: 'web' }] : [];
    const refused = await put('wrong', sql, { parameters });
    expect(refused).toMatchObject({ status: 422, body: { code: 'SQL_INVALID', errors: [{ field: 'sql' }] } });
    expect(String(refused.body['detail'])).toContain(detail);
  });

  it.each<[string, object, string]>([
    ['a receiver that the operator does not know', { webhook: 'https://elsewhere.example.com/x' }, 'WEBHOOK_REFUSED'],
    ['a mailbox elsewhere', { recipients: ['me@elsewhere.example'] }, 'RECIPIENT_REFUSED'],
    ['a schedule that nobody can read', { schedule: { cron: 'daily', timeZone: 'UTC' } }, 'SCHEDULE_INVALID'],
  ])('is refused for %s', async (_, more, code) =>
    expect(await put('wrong', 'select 1 as one', more)).toMatchObject({ status: 422, body: { code } }),
  );

  it('is changed by whoever speaks of its newest revision, and gone when it is removed', async () => {
    await put('counted', 'select 1 as one');
    expect(await put('counted', 'select 2 as two', {}, { 'if-match': '"7"' })).toMatchObject({ status: 412 });
    expect(await put('counted', 'select 2 as two', {}, { 'if-match': '"1"' })).toMatchObject({
      body: { revision: 2, columns: [{ name: 'two' }] },
    });
    expect(await ask('GET', 'reports?limit=200')).toMatchObject({
      body: { items: expect.arrayContaining([expect.objectContaining({ name: 'counted' })]) },
    });
    expect(await ask('DELETE', 'reports/counted')).toMatchObject({ status: 200 });
    expect(await ask('GET', 'reports/counted')).toMatchObject({ status: 404, body: { code: 'REPORT_UNKNOWN' } });
    expect(await ask('POST', 'reports/counted/runs', {})).toMatchObject({ status: 404 });
  });

  it('is run once for one request, however often that is sent', async () => {
    await put('once', 'select 1 as one');
    const [first, again] = [
      await ask('POST', 'reports/once/runs', {}, { 'idempotency-key': 'k' }),
      await ask('POST', 'reports/once/runs', {}, { 'idempotency-key': 'k' }),
    ];
    expect(again.body['runId']).toBe(first.body['runId']);
  });
});

describe('a run', () => {
  const names = (): readonly string[] =>
    readdirSync(folder, { recursive: true })
      .map(String)
      .filter((name) => /\.(csv|parquet|part)$/.test(name));

  it('that comes to more rows than one may have leaves no file', async () => {
    await put('many', 'select n from generate_series(1, 60000) n', { formats: ['csv', 'parquet'] });
    expect(await runOf('many')).toMatchObject({ state: 'failed', code: 'REPORT_TOO_LARGE', files: [] });
    expect(names().filter((name) => name.includes('many') || name.endsWith('.part'))).toEqual([]);
  });

  it('that takes too long ends, though its SQL lifts the limit of the server', async () => {
    const answering = postgresAnswering({ url: reader.url, schema: 'reporting', seconds: 2, clock: systemClock });
    const sql = `select set_config('statement_timeout', '0', false) as lifted, pg_sleep(case when n = 1 then 0 else 600 end)::text as slept from generate_series(1, 600) n`;
    const asked = async (): Promise<unknown> => {
      const answer = await answering.open({ sql, values: [] }, new AbortController().signal);
      return answer.next().finally(() => answer.close());
    };
    await expect(asked()).rejects.toMatchObject({ code: 'REPORT_TIMED_OUT' });
    await eventually(async () => {
      const { rows } = await pool.query(`select 1 from pg_stat_activity where usename = $1 and query like 'fetch%' and state = 'active'`, [
        reader.name,
      ]);
      expect(rows).toEqual([]);
    });
  });

  it('that asks for a row of a hundred megabytes is cut off before they are in memory', async () => {
    const answering = postgresAnswering({ url: reader.url, schema: 'reporting', seconds: 60, clock: systemClock });
    const answer = await answering.open({ sql: `select repeat('x', 100000000) as it`, values: [] }, new AbortController().signal);
    await expect(answer.next()).rejects.toMatchObject({ code: 'ROWS_TOO_LARGE' });
    await answer.close();
  });

  it('is not begun as somebody who may do more than read', async () => {
    const mighty = postgresAnswering({ url: database.url, schema: 'reporting', seconds: 60, clock: systemClock });
    await expect(mighty.open({ sql: 'select 1 as one', values: [] }, new AbortController().signal)).rejects.toMatchObject({
      code: 'REPORTS_MAY_TOO_MUCH',
    });
  });

  it('of a time that has come is planned once, whoever looks, and carried out by one', async () => {
    // The service that runs beside finds it not due yet.
    const now = new Date('2099-11-28T06:00:30.000Z');
    const [shelf, runs, store] = [reportTable(pool), runTable(pool), folderStore(folder)];
    const schedule = { cron: '0 6 * * *', timeZone: 'UTC' };
    const definition = { sql: 'select $1::date as day', parameters: [{ name: 'day', daysAgo: 1 }], formats: ['csv'] as const, schedule };
    await shelf.put(
      { ...definition, name: 'timed', columns: [], by: 'me', nextAt: new Date('2099-11-28T06:00:00.000Z'), ifRevision: undefined },
      now,
    );
    const needs: WorkingNeeds = {
      ...{ shelf, runs, store, nextTime, idFor, news: bell(), clock: { ...systemClock, now: () => now } },
      answering: postgresAnswering({ url: reader.url, schema: 'reporting', seconds: 60, clock: systemClock }),
      writerOf: (_, columns) => csvWriter(columns),
      most: { rows: 1_000, bytes: 1_000_000 },
      onTrouble: (error) => expect(error).toBeUndefined(),
    };
    const stopping = new AbortController().signal;
    await Promise.all([workOnce(needs, stopping), workOnce(needs, stopping), workOnce(needs, stopping)]);
    await eventually(async () => {
      const made = await runs.list({ report: 'timed', state: undefined, after: undefined, limit: 10 });
      const expected = {
        plannedFor: '2099-11-28T06:00:00.000Z',
        plannedBy: 'schedule',
        values: ['2099-11-27'],
        state: 'done',
        attempts: 1,
      };
      expect(made).toEqual([expect.objectContaining(expected)]);
    });
    expect((await shelf.find('timed'))?.nextAt).toBe('2099-11-29T06:00:00.000Z');
    const file = names().find((name) => name.includes('timed'));
    expect(readFileSync(join(folder, file ?? ''), 'utf8')).toBe('day\r\n2099-11-27\r\n');
  });

  it('whose process died is taken by another, and the one that was thought dead ends nothing', async () => {
    const [shelf, runs] = [reportTable(pool), runTable(pool)];
    const past = new Date('2020-01-01T00:00:00.000Z');
    const report = await shelf.put(
      {
        name: 'died',
        sql: 'select 1 as one',
        parameters: [],
        formats: ['csv'],
        columns: [],
        by: 'me',
        nextAt: undefined,
        ifRevision: undefined,
      },
      past,
    );
    const runId = idFor('a run whose process dies');
    await running.close();
    await runs.plan({ runId, report, plannedFor: past, plannedBy: 'me', values: [] });
    const first = await runs.claim(past, new Date(past.getTime() + 1_000));
    expect(first).toMatchObject({ runId, attempts: 1 });
    expect(await runs.claim(new Date(past.getTime() + 999), past)).toBeUndefined();
    const second = await runs.claim(new Date(past.getTime() + 1_001), new Date(past.getTime() + 9_000));
    expect(second).toMatchObject({ runId, attempts: 2 });
    if (!first || !second) throw new Error('Nobody took it.');
    expect(await runs.keep(first, past)).toBe(false);
    await runs.end(first, { state: 'failed', code: 'X', detail: 'x' }, past);
    expect(await runs.find(runId)).toMatchObject({ state: 'running' });
    await runs.end(second, { state: 'done', rows: 1 }, past);
    expect(await runs.find(runId)).toMatchObject({ state: 'done', rows: 1 });
  });
});
