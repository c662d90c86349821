import autocannon from 'autocannon';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { orderBody } from './bodies';

/** How fast one URL took orders. Latencies in milliseconds. */
export interface Accepted {
  readonly perSecond: number;
  readonly p50: number;
  readonly p97: number;
  readonly p99: number;
  readonly accepted: number;
  readonly refused: number;
}

const CONNECTIONS = 32;

/** Posts realistic orders of two lines, each under a key of its own, for a while. Whatever is not answered with 2xx counts as refused. */
export const measureAccept = async (url: string, seconds: number): Promise<Accepted> => {
  let n = 0;
  const result = await autocannon({
    url: `${url}/orders`,
    connections: CONNECTIONS,
    duration: seconds,
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
  return {
    perSecond: accepted / duration,
    p50: latency.p50,
    p97: latency.p97_5,
    p99: latency.p99,
    accepted,
    refused: result.non2xx + result.errors,
  };
};

/** The same against the bare route. */
export const measureBareRoute = async (databaseUrl: string, seconds: number): Promise<Accepted> => {
  const server = spawn(process.execPath, [join(process.cwd(), 'dist', 'tools', 'bench', 'bare-route.js'), databaseUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  try {
    const url = await new Promise<string>((resolve) => server.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())));
    await measureAccept(url, 1);
    return await measureAccept(url, seconds);
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
};
