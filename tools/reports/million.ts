// Runs a report of a million rows (or as many as the first argument says) in a service of its own, in each format, and says how long that took and how much memory: `node tools/run.cjs tools/reports/million.ts`.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from '@cartage/embedded';

const PORT = 3_998;
const WITHIN_MS = 600_000;
const url = `http://127.0.0.1:${PORT}/reporting`;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Twelve columns of the kinds that facts have. */
const sqlFor = (rows: number): string => `
  select n::bigint as position, md5(n::text)::uuid as event_id, md5('order ' || n / 3)::uuid as order_id, 'SKU-' || n % 5000 as sku,
    'Warehouse ' || n % 40 as location, 'channel-' || n % 7 as channel, case when n % 4 = 0 then 'customer-changed-mind' end as reason,
    repeat('a title of some length ', 1 + (n % 3)::integer) as title, timestamptz '2026-01-01' + n * interval '7 seconds' as happened_at,
    (n % 90)::integer as units, (n * 1.2345)::numeric(12, 4) as amount, n % 2 = 0 as imported
  from generate_series(1, ${rows}) n`;

const ask = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
  const headers = {
    ...(body ? { 'content-type': 'application/json' } : {}),
    'idempotency-key': String(process.hrtime.bigint()),
  };
  const response = await fetch(`${url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
};

const until = async <Value>(look: () => Promise<Value | undefined>, everyMs: number): Promise<Value> => {
  for (const end = Date.now() + WITHIN_MS; Date.now() < end; await pause(everyMs)) {
    const found = await look().catch(() => undefined);
    if (found !== undefined) return found;
  }
  throw new Error(`It did not come within ${WITHIN_MS / 1000} s.`);
};

const peakMb = (pid: number): number =>
  Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);

/** From here on the peak is counted anew. */
const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');

const measure = async (pid: number, format: string, rows: number): Promise<string> => {
  await ask('PUT', '/reports/million', { sql: sqlFor(rows), formats: [format] });
  forgetPeak(pid);
  const { runId } = await ask('POST', '/reports/million/runs', {});
  const run = await until(async () => {
    const found = await ask('GET', `/runs/${String(runId)}`);
    return found['state'] === 'done' || found['state'] === 'failed' ? found : undefined;
  }, 200);
  if (run['state'] !== 'done') throw new Error(JSON.stringify(run));
  const seconds = (Date.parse(String(run['endedAt'])) - Date.parse(String(run['startedAt']))) / 1_000;
  const [file] = run['files'] as readonly { readonly bytes: number }[];
  return `${format.padEnd(8)} ${String(run['rows'])} rows, ${Math.round((file?.bytes ?? 0) / 1e6)} MB, ${seconds} s, peak RSS of the service ${peakMb(pid)} MB`;
};

const service = (folder: string, addresses: Record<string, string>): ChildProcess =>
  spawn(process.execPath, ['tools/run.cjs', 'services/reporting'], {
    env: {
      ...process.env,
      ...addresses,
      MASTER_KEY: Buffer.alloc(32, 1).toString('base64'),
      PORT: String(PORT),
      LOG_LEVEL: 'warn',
      REPORTS_FOLDER: folder,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });

const main = async (rows: number): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'cartage-million-'));
  chmodSync(folder, 0o755);
  const cluster = await startCluster({ folder, port: 0, say: console.log });
  const child = service(join(folder, 'reports'), { DATABASE_URL: cluster.url, REPORTS_DATABASE_URL: cluster.analystUrl });
  try {
    await until(() => ask('GET', '/reports'), 500);
    const pid = child.pid ?? 0;
    console.log(`before   peak RSS of the service ${peakMb(pid)} MB`);
    for (const format of ['csv', 'parquet']) console.log(await measure(pid, format, rows));
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

void main(Number(process.argv[2] ?? 1_000_000));
