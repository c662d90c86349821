import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** What became of a request. */
export interface Outcome {
  /** 0: no answer. */
  readonly status: number;
  readonly ms: number;
  readonly retryAfter: boolean;
  /** Of an order that was accepted. */
  readonly orderId?: string;
}

/** Posts the n-th order. */
export type Post = (n: number) => Promise<Outcome>;

const LONGEST_MS = 60_000;

const orderIdIn = (text: string): { readonly orderId?: string } => {
  const { orderId } = JSON.parse(text) as { readonly orderId?: string };
  return orderId === undefined ? {} : { orderId };
};

/** Connections that are kept, as a gateway keeps them: more requests than connections open further ones. */
export const keptConnections = (): Agent => new Agent({ keepAlive: true, maxFreeSockets: Number.POSITIVE_INFINITY });

/** Opens so many before they are needed. One that is opened under load waits for its turn where the process does not see it yet. */
export const openConnections = async (agent: Agent, url: string, count: number): Promise<void> => {
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      request(`${url}/health/live`, { agent }, (answer) => answer.resume().on('end', resolve))
        .on('error', reject)
        .end();
    });
  await Promise.all(Array.from({ length: count }, one));
};

interface Posting {
  readonly agent: Agent;
  readonly url: string;
  readonly bodyOf: (n: number) => object;
  /** Names the keys of this series. */
  readonly series: string;
}

/** Each under a key of its own. Nobody asks twice: what was turned away is turned away. */
export const posting = ({ agent, url, bodyOf, series }: Posting): Post => {
  const post: Post = (n) =>
    new Promise((resolve) => {
      const began = performance.now();
      const ended = (status: number, more: Partial<Outcome> = {}): void =>
        resolve({ status, ms: performance.now() - began, retryAfter: false, ...more });
      const headers = { 'content-type': 'application/json', 'idempotency-key': `${series}-${n}` };
      const sent = request(`${url}/orders`, { method: 'POST', agent, headers, timeout: LONGEST_MS }, (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('error', () => ended(0));
        answer.on('end', () => {
          const { statusCode: status = 0, headers: told } = answer;
          ended(status, { retryAfter: told['retry-after'] !== undefined, ...(status < 300 ? orderIdIn(text) : {}) });
        });
      });
      sent.on('timeout', () => sent.destroy());
      sent.on('error', () => ended(0));
      sent.end(JSON.stringify(bodyOf(n)));
    });
  return post;
};

/** As many as it takes: so many at a time, the next when one is answered. */
export const flatOut = async (
  post: Post,
  { atOnce, ms, now = () => performance.now() }: { readonly atOnce: number; readonly ms: number; readonly now?: () => number },
): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  const end = now() + ms;
  let n = 0;
  const one = async (): Promise<void> => {
    while (now() < end) outcomes.push(await post((n += 1)));
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return outcomes;
};

const TICK_MS = 20;

/** At this rate, whatever is answered: customers do not wait for each other. Done when the last one has an answer. */
export const atRate = async (
  post: Post,
  { perSecond, ms }: { readonly perSecond: number; readonly ms: number },
): Promise<readonly Outcome[]> => {
  const asked: Promise<Outcome>[] = [];
  const began = performance.now();
  for (let gone = 0; gone < ms; gone = performance.now() - began) {
    const due = Math.floor((Math.min(gone, ms) / 1_000) * perSecond);
    while (asked.length < due) asked.push(post(asked.length + 1));
    await pause(TICK_MS);
  }
  return Promise.all(asked);
};
