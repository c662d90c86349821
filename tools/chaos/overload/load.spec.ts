import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { eventually } from '@cartage/testkit';
import { atRate, flatOut, keptConnections, openConnections, posting, type Post } from './load';

describe('orders that are posted', () => {
  let server: Server;
  const keys: string[] = [];
  const urlOf = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  beforeAll(async () => {
    server = createServer((asked, answer) => {
      keys.push(String(asked.headers['idempotency-key']));
      asked.resume().on('end', () => {
        if (keys.length === 2) answer.writeHead(503, { 'retry-after': '1' }).end('{}');
        else answer.writeHead(201).end('{"orderId":"o-1"}');
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('are told apart by what became of them, each under a key of its own', async () => {
    const agent = keptConnections();
    const post = posting({ agent, url: urlOf(), bodyOf: (n) => ({ n }), series: 'run' });
    expect(await post(1)).toMatchObject({ status: 201, orderId: 'o-1' });
    expect(await post(2)).toMatchObject({ status: 503, retryAfter: true });
    expect(keys).toEqual(['run-1', 'run-2']);
    agent.destroy();
  });

  it('have no answer where nobody listens', async () => {
    const post = posting({ agent: keptConnections(), url: 'http://127.0.0.1:1', bodyOf: () => ({}), series: 'run' });
    expect(await post(1)).toMatchObject({ status: 0 });
  });

  it('find the connections that were opened before', async () => {
    const agent = keptConnections();
    await openConnections(agent, urlOf(), 7);
    await eventually(() => expect(Object.values(agent.freeSockets).flat()).toHaveLength(7));
    agent.destroy();
  });
});

it('offers as many as were wanted, although none is answered before the last was asked', async () => {
  const answers: (() => void)[] = [];
  const slow: Post = () => new Promise((resolve) => answers.push(() => resolve({ status: 201, ms: 1, retryAfter: false })));
  const all = atRate(slow, { perSecond: 500, ms: 100 });
  await eventually(() => expect(answers.length).toBeGreaterThan(20));
  const answering = setInterval(() => answers.splice(0).forEach((answer) => answer()), 1);
  expect((await all).length).toBeGreaterThan(20);
  clearInterval(answering);
});

it('asks so many at a time when it goes flat out', async () => {
  let [asked, most, time] = [0, 0, 0];
  const post: Post = async () => {
    most = Math.max(most, (asked += 1));
    await new Promise(setImmediate);
    asked -= 1;
    return { status: 201, ms: 1, retryAfter: false };
  };
  expect(await flatOut(post, { atOnce: 3, ms: 30, now: () => (time += 1) })).toHaveLength(29);
  expect(most).toBe(3);
});
