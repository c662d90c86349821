import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { follow, type Following } from './stream';

let server: Server;
let asked: string[];
let answers: ((response: ServerResponse) => void)[];

beforeAll(async () => {
  server = createServer(({ url, headers }, response) => {
    asked.push(`${url ?? ''} ${headers['last-event-id'] ?? 'from now'} ${headers.authorization ?? ''}`.trim());
    (answers.shift() ?? saying(ending('complete')))(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  answers = [];
});

const beginning = (id: number): string => `id: ${id}\nretry: 1\n\n`;
const event = (id: number): string => `id: ${id}\nevent: OrderPlaced\ndata: {"type":"OrderPlaced","position":"${id}"}\n\n`;
const ending = (reason: string): string => `event: end\ndata: {"reason":"${reason}"}\n\n`;
const saying =
  (...text: readonly string[]) =>
  (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(text.join(''));
  };
const breaking =
  (text: string) =>
  (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(text, () => response.destroy());
  };
const refusing =
  (status: number, body: object) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/problem+json' });
    response.end(JSON.stringify(body));
  };

const positions = async (following: Following = {}, token?: () => string): Promise<readonly string[]> => {
  const seen: string[] = [];
  const at = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, token };
  for await (const { position } of follow(at, following)) seen.push(position);
  return seen;
};

describe('the stream, followed', () => {
  it('goes on where it was when a connection is lost, or the server lets go', async () => {
    answers = [
      breaking(beginning(3) + event(4)),
      saying(beginning(4), event(6), 'id: 9\n: nothing new\n\n', ending('stopping')),
      saying(event(10), ending('complete')),
    ];
    expect(await positions()).toEqual(['4', '6', '10']);
    expect(asked).toEqual(['/stream from now', '/stream 4', '/stream 9']);
  });

  it('misses nothing though nothing had come when the connection was lost', async () => {
    answers = [breaking(beginning(3))];
    await positions();
    expect(asked).toEqual(['/stream from now', '/stream 3']);
  });

  it('asks for what it was asked for, with the token of the moment', async () => {
    let n = 0;
    answers = [breaking(beginning(5))];
    await positions(
      { orderId: 'o', channel: 'web', types: ['OrderPlaced', 'OrderCancelled'], after: '0', untilNow: true },
      () => `t${(n += 1)}`,
    );
    const query = '/stream?type=OrderPlaced&type=OrderCancelled&orderId=o&channel=web&follow=false';
    expect(asked).toEqual([`${query} 0 Bearer t1`, `${query} 5 Bearer t2`]);
  });

  it('waits for who is away or has too much to do, and takes a refusal for an answer', async () => {
    answers = [
      breaking(beginning(1)),
      refusing(503, { code: 'OVERLOADED', detail: 'x' }),
      refusing(403, { code: 'SCOPE_MISSING', detail: 'The token lacks events:read.' }),
    ];
    await expect(positions()).rejects.toMatchObject({
      status: 403,
      code: 'SCOPE_MISSING',
      message: 'The token lacks events:read. (SCOPE_MISSING)',
    });
    expect(asked).toHaveLength(3);
    answers = [refusing(404, { hello: 'nginx' })];
    await expect(positions()).rejects.toThrow('answers 404, and not as Cartage does. Is the url right?');
  });

  it('tells of what it lost, and ends where that is trouble', async () => {
    const lost: boolean[] = [];
    answers = [refusing(503, { code: 'OVERLOADED', detail: 'x' }), breaking(beginning(1)), saying(ending('complete'))];
    await positions({ onLost: (_, wasConnected) => lost.push(wasConnected) });
    expect(lost).toEqual([false, true]);
    answers = [refusing(503, { code: 'OVERLOADED', detail: 'x' })];
    const over = (): void => {
      throw new Error('That is enough.');
    };
    await expect(positions({ onLost: over })).rejects.toThrow('That is enough.');
  });

  it('takes a connection for dead that says nothing', async () => {
    answers = [(response) => void response.writeHead(200).write(beginning(2))];
    expect(await positions({ silenceMs: 300 })).toEqual([]);
    expect(asked.length).toBeGreaterThan(1);
  });

  it('ends when it is told to', async () => {
    const over = new AbortController();
    answers = [(response) => void response.writeHead(200).write(event(1))];
    const seen: string[] = [];
    const at = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
    for await (const { position } of follow(at, { signal: over.signal })) {
      seen.push(position);
      over.abort();
    }
    expect(seen).toEqual(['1']);
  });

  it('says so of an address that is none', () =>
    expect(async () => follow({ url: 'nowhere' }).next()).rejects.toThrow('url: nowhere is no address'));
});
