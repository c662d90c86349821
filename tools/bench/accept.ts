import autocannon from 'autocannon';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { orderBody, skus } from './bodies';
import { startEmbeddedProcess, startServiceProcess } from './embedded-process';
import type { Figure } from './figure';
import { onFreshDatabase, withFolder } from './places';

/** How fast one URL took orders. */
interface Accepted {
  readonly perSecond: number;
  readonly p99: number;
  readonly refused: number;
}

const CONNECTIONS = 32;

/** Posts realistic orders of two lines, each under a key of its own. Whatever is not answered with 2xx counts as refused. */
const post = async (url: string, seconds: number, perSecond?: number): Promise<Accepted> => {
  let n = 0;
  const result = await autocannon({
    url: `${url}/orders`,
    connections: CONNECTIONS,
    duration: seconds,
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
  return { perSecond: result['2xx'] / duration, p99: latency.p99, refused: result.non2xx + result.errors };
};

const bareRoute = async (databaseUrl: string, seconds: number): Promise<Accepted> => {
  const server = spawn(process.execPath, [join(__dirname, 'bare-route.js'), databaseUrl], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  try {
    const url = await new Promise<string>((resolve) => server.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())));
    await post(url, 1);
    return await post(url, seconds);
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
};

const put = async (url: string, method: 'PUT' | 'POST', body: object): Promise<void> => {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const answer = await fetch(url, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${await answer.text()}`);
};

const stockUp = async (url: string): Promise<void> => {
  const place = { name: 'London', kind: 'warehouse', country: 'GB', latitude: 51.5, longitude: 0.02, active: true };
  await put(`${url}/inventory/locations/LDN-1`, 'PUT', place);
  await put(`${url}/inventory/receipts`, 'POST', { location: 'LDN-1', lines: skus.map((sku) => ({ sku, quantity: 1_000_000 })) });
};

/** Flat out, and then at seven tenths of that, which is where somebody would run it. */
const flatOutAndCalm = async (url: string, seconds: number): Promise<{ readonly flatOut: Accepted; readonly calm: Accepted }> => {
  await post(url, 2);
  const flatOut = await post(url, seconds);
  return { flatOut, calm: await post(url, seconds, flatOut.perSecond * 0.7) };
};

const alone = (seconds: number) =>
  onFreshDatabase(async ({ url, folder }) => {
    const service = await startServiceProcess('order', url, folder);
    try {
      return await flatOutAndCalm(service.url, seconds);
    } finally {
      await service.stop();
    }
  });

const embedded = (seconds: number) =>
  withFolder(async (folder) => {
    const system = await startEmbeddedProcess(folder);
    try {
      await stockUp(system.url);
      return await flatOutAndCalm(system.url, seconds);
    } finally {
      await system.stop();
    }
  });

/** Orders that are taken: by the order service alone, and by the embedded system while it carries them on. */
export const accepting = async (seconds: number): Promise<readonly Figure[]> => {
  const bare = await onFreshDatabase(({ url }) => bareRoute(url, seconds));
  const limit = { name: 'Fastify + one insert', value: bare.perSecond };
  const figures = (who: string, { flatOut, calm }: Awaited<ReturnType<typeof alone>>, goal: Figure['goal']): readonly Figure[] => [
    {
      name: `accepted by ${who}`,
      value: flatOut.perSecond,
      unit: 'orders/s',
      limit,
      ...(goal ? { goal } : {}),
      note: `${flatOut.refused} refused`,
    },
    {
      name: `  p99 at 70 % load, ${who}`,
      value: calm.p99,
      unit: 'ms',
      goal: { must: 50, better: 'less' },
      note: `${calm.perSecond.toFixed(0)} orders/s`,
    },
  ];
  return [
    { name: 'limit: Fastify + one insert', value: bare.perSecond, unit: 'orders/s', note: `p99 ${bare.p99} ms` },
    ...figures('the order service alone', await alone(seconds), { must: 0.35, aim: 0.5, better: 'more' }),
    ...figures('the embedded system at work', await embedded(seconds), { must: 0.2, better: 'more' }),
  ];
};
