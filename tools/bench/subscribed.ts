import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Received } from './receiver';
import { orderBody } from './bodies';
import { startEmbeddedProcess, type CartageProcess } from './embedded-process';
import { postmasterOf } from './machine';
import { sendJson, stockUp } from './accept';
import { withFolder } from './places';

/** A Cartage that keeps every public event and sends webhooks to this machine, and a receiver. */
export interface Subscribed {
  readonly url: string;
  readonly pids: readonly number[];
  /** What the receiver has up to now. */
  received(): Promise<Received>;
}

const LANES = 16;
const PATIENCE_MS = 180_000;
const LOOK_MS = 100;

const startReceiver = async () => {
  const child = fork(join(__dirname, 'receiver.js'));
  process.once('exit', () => child.kill());
  const told = async (): Promise<Received> => ((await once(child, 'message')) as [Received])[0];
  const { url } = await told();
  const received = async (): Promise<Received> => {
    const answer = told();
    child.send('how far');
    return answer;
  };
  return { url, received, close: () => void child.kill() };
};

const subscriptions = { SUBSCRIPTIONS_ENABLED: 'true', WEBHOOK_LOOPBACK: 'true', HOST: '127.0.0.1', RATE_LIMIT: '0' };

const measured = async (
  system: CartageProcess,
  folder: string,
  use: (subscribed: Subscribed, hooks: string) => Promise<void>,
): Promise<void> => {
  const receiver = await startReceiver();
  try {
    await stockUp(system.url);
    const pids = [system.pid, postmasterOf(join(folder, 'postgres'))];
    await use({ url: system.url, pids, received: receiver.received }, receiver.url);
  } finally {
    receiver.close();
  }
};

export const onSubscribed = (use: (subscribed: Subscribed, hooks: string) => Promise<void>): Promise<void> =>
  withFolder(async (folder) => {
    const system = await startEmbeddedProcess(folder, subscriptions);
    try {
      await measured(system, folder, use);
    } finally {
      await system.stop();
    }
  });

export const placeOrders = async (url: string, orders: number): Promise<void> => {
  let n = 0;
  const lane = async (): Promise<void> => {
    while (n < orders) await sendJson(`${url}/orders`, 'POST', orderBody((n += 1)));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
};

/** So many events of these types are kept for subscribers. */
export const keptOf = async (url: string, types: readonly string[]): Promise<number> => {
  const counts = await Promise.all(
    types.map(async (type) => {
      const answer = await fetch(`${url}/stream?type=${type}&lastEventId=0&follow=false`, { headers: { accept: 'text/event-stream' } });
      if (!answer.ok) throw new Error(`GET /stream answered ${answer.status}: ${await answer.text()}`);
      return (await answer.text()).split('\n').filter((line) => line === `event: ${type}`).length;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
};

export const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await pause(LOOK_MS)) if (await isSo()) return;
  throw new Error(`${what} did not come to be within ${PATIENCE_MS / 1_000} s.`);
};

const STEPS = ['OrderPlaced', 'OrderConfirmed', 'StockAllocated'];
const QUIET_MS = 2_000;

/** Waits until that many orders are kept for subscribers, and nothing more becomes of them. */
export const settled = async (url: string, orders: number): Promise<void> => {
  await until('What was ordered', async () => (await keptOf(url, ['OrderPlaced'])) >= orders);
  let before = 0;
  await until('Quiet', async () => {
    const last = before;
    await pause(QUIET_MS);
    before = await keptOf(url, STEPS);
    return before === last;
  });
};

export const makeEndpoint = async (url: string, to: string, more: object): Promise<string> => {
  const { endpointId } = await sendJson(`${url}/subscriptions/webhook-endpoints`, 'POST', { url: to, ...more });
  return String(endpointId);
};

export const makeReplay = async (url: string, endpointId: string, more: object): Promise<string> => {
  const { replayId } = await sendJson(`${url}/subscriptions/replays`, 'POST', { endpointId, ...more, note: randomUUID() });
  return String(replayId);
};
