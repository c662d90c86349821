// Builds the dbt project of deploy/dbt over a throw-away Cartage in which orders stand, and counts what held: `node tools/run.cjs tools/dbt/run.ts <dbt>`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmbedded, type Embedded } from '@cartage/embedded';
import { messageOf } from '@cartage/eventsourcing';
import { Client } from 'pg';
import { categories, expectedTotal, importLine, ratesFile, sales, SKU } from './orders';

const MODELLER = 'cartage_dbt';
const WITHIN_MS = 120_000;
const DBT_WITHIN_MS = 240_000;

const post = async (url: string, type: string, body: string): Promise<void> => {
  const headers = { 'content-type': type, 'idempotency-key': `dbt-${body.length}` };
  const response = await fetch(url, { method: 'POST', headers, body });
  const answer = (await response.json()) as { readonly rejected?: number };
  if (!response.ok || answer.rejected !== 0) throw new Error(`${url}: ${JSON.stringify(answer)}`);
};

/** What is sold is described after it was sold, twice: its sales stand under neither. */
const describe = async (url: string, category: string): Promise<void> => {
  const headers = { 'content-type': 'application/json', 'idempotency-key': `dbt-${category}` };
  const barcodes = [{ code: '14006381333938', units: 12 }, { code: '4006381333931' }];
  const body = JSON.stringify({ title: 'Mug', category, status: 'active', returnable: true, barcodes });
  const response = await fetch(`${url}/inventory/items/${SKU}`, { method: 'PUT', headers, body });
  if (!response.ok) throw new Error(`${SKU}: ${await response.text()}`);
};

const awaitSales = async (client: Client): Promise<void> => {
  for (const end = Date.now() + WITHIN_MS; Date.now() < end; await new Promise((resolveIt) => setTimeout(resolveIt, 200))) {
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from reporting.fact_order where placed_at is not null');
    const versions = await client.query('select 1 from reporting.dim_product_history where revision is not null');
    if (rows[0]?.n === sales.length && versions.rows.length === categories.length) return;
  }
  throw new Error(`The star did not show ${sales.length} orders and ${categories.length} descriptions within ${WITHIN_MS / 1000} s.`);
};

/** As docs/how-to/model-with-dbt.md has it. */
const makeModeller = async (client: Client, password: string): Promise<void> => {
  await client.query(`create role ${MODELLER} login password '${password}'`);
  await client.query(`grant cartage_analyst to ${MODELLER}`);
  await client.query(`create schema analytics authorization ${MODELLER}`);
};

const environmentFor = ({ hostname, port, pathname }: URL, password: string): NodeJS.ProcessEnv => ({
  ...process.env,
  ...{ DBT_HOST: hostname, DBT_PORT: port, DBT_DATABASE: pathname.slice(1), DBT_USER: MODELLER, DBT_PASSWORD: password },
  PYTHONDONTWRITEBYTECODE: '1',
});

/** Its own exit code says no more than its results. */
const build = async (program: string, folder: string, env: NodeJS.ProcessEnv): Promise<void> => {
  const paths = ['--project-dir', resolve('deploy/dbt'), '--profiles-dir', resolve('deploy/dbt')];
  const out = ['--target-path', join(folder, 'target'), '--log-path', join(folder, 'logs'), '--no-use-colors'];
  const child = spawn(program, ['build', ...paths, ...out], { env, stdio: ['ignore', 'inherit', 'inherit'], timeout: DBT_WITHIN_MS });
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  if (signal !== null) throw new Error(`dbt was ended by ${signal}; it has ${DBT_WITHIN_MS / 1000} s.`);
};

interface Results {
  readonly results: readonly { readonly unique_id: string; readonly status: string; readonly message: string | null }[];
}

const resultsIn = (folder: string): Results => JSON.parse(readFileSync(join(folder, 'target', 'run_results.json'), 'utf8')) as Results;

const good = new Set(['success', 'pass']);

/** The models come to what was sold, counted without them. */
const totalTrouble = async (client: Client): Promise<string | undefined> => {
  const { rows } = await client.query<{ orders: number; total: number }>(
    'select sum(orders)::int as orders, sum(total)::int as total from analytics.daily_sales',
  );
  const expected = { orders: sales.length, total: expectedTotal() };
  const [found] = rows;
  return found?.orders === expected.orders && found.total === expected.total
    ? undefined
    : `daily_sales come to ${JSON.stringify(found)}, and should to ${JSON.stringify(expected)}`;
};

const checked = async (program: string, folder: string, { url, databaseUrl }: Embedded): Promise<number> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await post(`${url}/imports`, 'application/x-ndjson', sales.map(importLine).join('\n'));
    for (const category of categories) await describe(url, category);
    await post(`${url}/reporting/rates/import?source=ECB`, 'text/csv', ratesFile());
    const password = 'models';
    await makeModeller(client, password);
    await awaitSales(client);
    await build(program, folder, environmentFor(new URL(databaseUrl), password));
    const { results } = resultsIn(folder);
    const failed = results
      .filter(({ status }) => !good.has(status))
      .map(({ unique_id, status, message }) => `${unique_id}: ${status}, ${message ?? ''}`);
    const troubles = [...failed, ...[await totalTrouble(client)].flatMap((each) => each ?? [])];
    for (const trouble of troubles) console.log(`✗ ${trouble}`);
    console.log(`${results.length + 1 - troubles.length} passed, ${troubles.length} failed, 0 skipped`);
    return troubles.length === 0 && results.length > 0 ? 0 : 1;
  } finally {
    await client.end();
  }
};

const main = async (program: string): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), 'cartage-dbt-'));
  // Postgres runs as another user where we are root.
  chmodSync(folder, 0o755);
  try {
    const settings = { CARTAGE_DIR: folder, PORT: '0', LOG_LEVEL: 'silent', REPORTING_ENABLED: 'true', POSTGRES_PORT: '54398' };
    const system = await startEmbedded(settings, console.log);
    return await checked(program, folder, system).finally(() => system.close());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

main(process.argv[2] ?? 'dbt').then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(messageOf(error));
    process.exit(1);
  },
);
