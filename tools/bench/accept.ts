import autocannon from 'autocannon';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { orderBody, skus } from './bodies';
import { startEmbeddedProcess, startServiceProcess } from './embedded-process';
import type { Figure, Goal } from './figure';
import { postmasterOf, usageOf } from './machine';
import { onFreshDatabase, withFolder, type Database } from './places';

/** How fast one URL took orders. */
export interface Accepted {
  readonly perSecond: number;
  readonly p99: number;
  readonly refused: number;
  /** Milliseconds of CPU for each order, of all processes but the client. */
  readonly cpuMs: number;
}

/** Where orders are posted, and which processes take them. */
export interface Target {
  readonly url: string;
  readonly pids: readonly number[];
}

const CONNECTIONS = 32;

/** Posts realistic orders of two lines, each under a key of its own. Whatever is not answered with 2xx counts as refused. */
const post = async (
  { url, pids }: Target,
  until: { readonly duration: number } | { readonly amount: number },
  perSecond?: number,
): Promise<Accepted> => {
  let n = 0;
  const before = usageOf(pids).cpuSeconds;
  const result = await autocannon({
    url: `${url}/orders`,
    connections: CONNECTIONS,
    ...until,
    ...(perSecond === undefined ? {} : { overallRate: Math.max(1, Math.round(perSecond)) }),
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => ({
          ...request,
          headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
          body: JSON.stringify(orderBody((n += 1))),
        }),
      },
    ],
  });
  const { latency, duration } = result;
  const accepted = result['2xx'];
  const cpuMs = ((usageOf(pids).cpuSeconds - before) * 1000) / accepted;
  return { perSecond: accepted / duration, p99: latency.p99, refused: result.non2xx + result.errors, cpuMs };
};

const bareRoute = async ({ url: databaseUrl, postmaster }: Database, seconds: number): Promise<Accepted> => {
  const server = spawn(process.execPath, [join(__dirname, 'bare-route.js'), databaseUrl], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  try {
    const url = await new Promise<string>((resolve) => server.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())));
    const target = { url, pids: [server.pid ?? 0, postmaster] };
    await post(target, { duration: 1 });
    return await post(target, { duration: seconds });
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
};

/** Sends one request under a key of its own, and answers what came back. */
export const sendJson = async (url: string, method: 'PUT' | 'POST', body: object): Promise<Readonly<Record<string, unknown>>> => {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const answer = await fetch(url, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Readonly<Record<string, unknown>>;
};

export const stockUp = async (url: string): Promise<void> => {
  const place = { name: 'London', kind: 'warehouse', country: 'GB', latitude: 51.5, longitude: 0.02, active: true };
  await sendJson(`${url}/inventory/locations/LDN-1`, 'PUT', place);
  await sendJson(`${url}/inventory/receipts`, 'POST', { location: 'LDN-1', lines: skus.map((sku) => ({ sku, quantity: 1_000_000 })) });
};

/** So many orders a second are taken flat out, once it is warm. */
export const flatOutRate = async (target: Target, seconds: number): Promise<number> => {
  await post(target, { duration: 2 });
  return (await post(target, { duration: seconds })).perSecond;
};

/** At that rate, for a while. */
export const acceptedAt = (target: Target, seconds: number, perSecond: number): Promise<Accepted> =>
  post(target, { duration: seconds }, perSecond);

/** So many orders, as fast as they come. */
export const acceptedAtOnce = (target: Target, amount: number): Promise<Accepted> => post(target, { amount });

/** Flat out, and then at seven tenths of that, which is where somebody would run it. */
const flatOutAndCalm = async (target: Target, seconds: number): Promise<{ readonly flatOut: Accepted; readonly calm: Accepted }> => {
  await post(target, { duration: 2 });
  const flatOut = await post(target, { duration: seconds });
  return { flatOut, calm: await post(target, { duration: seconds }, flatOut.perSecond * 0.7) };
};

const alone = (seconds: number) =>
  onFreshDatabase(async ({ url, folder, postmaster }) => {
    const service = await startServiceProcess('order', url, { folder });
    try {
      return await flatOutAndCalm({ url: service.url, pids: [service.pid, postmaster] }, seconds);
    } finally {
      await service.stop();
    }
  });

const embedded = (seconds: number) =>
  withFolder(async (folder) => {
    const system = await startEmbeddedProcess(folder);
    try {
      await stockUp(system.url);
      return await flatOutAndCalm({ url: system.url, pids: [system.pid, postmasterOf(join(folder, 'postgres'))] }, seconds);
    } finally {
      await system.stop();
    }
  });

/** One way to take orders, beside the bare route just before: a machine that others use is not the same a minute later. */
const beside = async (who: string, goal: Goal, measure: () => ReturnType<typeof alone>, seconds: number): Promise<readonly Figure[]> => {
  const bare = await onFreshDatabase((database) => bareRoute(database, seconds));
  const { flatOut, calm } = await measure();
  const limit = { name: 'Fastify + one insert', value: bare.perSecond };
  const note = `${flatOut.cpuMs.toFixed(2)} ms of CPU an order, bare ${bare.cpuMs.toFixed(2)}; ${flatOut.refused} refused`;
  return [
    { name: `accepted by ${who}`, value: flatOut.perSecond, unit: 'orders/s', limit, goal, note },
    {
      name: `  p99 at 70 % load, ${who}`,
      value: calm.p99,
      unit: 'ms',
      goal: { must: 50, better: 'less' },
      note: `${calm.perSecond.toFixed(0)} orders/s`,
    },
  ];
};

/** Orders that are taken: by the order service alone, and by the embedded system while it carries them on. */
export const accepting = async (seconds: number): Promise<readonly Figure[]> => [
  ...(await beside('the order service alone', { must: 0.35, aim: 0.5, better: 'more' }, () => alone(seconds), seconds)),
  ...(await beside('the embedded system at work', { must: 0.2, better: 'more' }, () => embedded(seconds), seconds)),
];
