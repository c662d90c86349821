import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askCartage, cartageAt, itemsOf, parsed, Trouble } from './client';

let server: Server;
let asked: readonly string[];
let answer: readonly [status: number, body: unknown];

beforeAll(async () => {
  server = createServer(({ method, url, headers }, response) => {
    asked = [...asked, `${method ?? ''} ${url ?? ''} ${headers.authorization ?? 'nobody'}`];
    response.writeHead(answer[0], { 'content-type': 'application/json' });
    response.end(JSON.stringify(url?.includes('cursor=2') ? { items: [{ id: 2 }], next: null } : answer[1]));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  answer = [200, {}];
});
const urlOf = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

describe('a tool that asks a running Cartage', () => {
  it('says who calls, by a token from a file, in every request', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'cartage-tools-')), 'token');
    writeFileSync(file, 'a.b.c\n');
    const at = cartageAt({ url: urlOf(), 'token-file': file });
    await askCartage(at, ['POST', '/operations/order/dead-letters/7/send']);
    expect(asked).toEqual(['POST /operations/order/dead-letters/7/send Bearer a.b.c']);
    expect(() => cartageAt({ url: urlOf(), 'token-file': `${file}.not` })).toThrow(/--token-file .* cannot be read/);
  });

  it('reads a list to its end, beside what the list is asked for', async () => {
    answer = [200, { items: [{ id: 1 }], next: '2' }];
    const items: unknown[] = [];
    for await (const item of itemsOf(cartageAt({ url: urlOf() }), '/orders?status=held')) items.push(item);
    expect(items).toEqual([{ id: 1 }, { id: 2 }]);
    expect(asked).toEqual(['GET /orders?status=held&limit=200 nobody', 'GET /orders?status=held&cursor=2&limit=200 nobody']);
  });

  it('passes on what is refused, with its status', async () => {
    answer = [403, { code: 'SCOPE_MISSING', detail: 'The token lacks operations:write.' }];
    const refused = askCartage(cartageAt({ url: urlOf() }), ['GET', '/x']);
    await expect(refused).rejects.toMatchObject({ message: 'The token lacks operations:write. (SCOPE_MISSING)', status: 403 });
    answer = [502, 'a proxy'];
    await expect(askCartage(cartageAt({ url: urlOf() }), ['GET', '/x'])).rejects.toThrow('Is --url right?');
  });

  it('says what to do about an address that is none, or where nobody is, or an option that there is not', async () => {
    expect(() => cartageAt({ url: 'nowhere' })).toThrow(Trouble);
    await expect(askCartage(cartageAt({ url: 'http://127.0.0.1:1' }), ['GET', '/x'])).rejects.toThrow('Start Cartage (`npm start`)');
    expect(() => parsed(['--nmae', 'x'], {}, 'Usage: …')).toThrow(/Unknown option '--nmae'[^]*Usage: …/);
  });
});
