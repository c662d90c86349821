import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Done } from '../client/program';
import { apiAt } from './api';
import { runCommand } from './command';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly key: unknown;
  readonly caller: unknown;
  readonly body: unknown;
}

let server: Server;
let asked: Asked[];
let answers: readonly (readonly [status: number, body: object])[];

beforeAll(async () => {
  server = createServer((request, response) => {
    void request
      .setEncoding('utf8')
      .toArray()
      .then((chunks) => {
        const body: unknown = chunks.length === 0 ? undefined : JSON.parse(chunks.join(''));
        asked.push({
          method: request.method ?? '',
          path: request.url ?? '',
          key: request.headers['idempotency-key'],
          caller: request.headers.authorization,
          body,
        });
        const [status, answer] = answers[Math.min(asked.length, answers.length) - 1] ?? [404, {}];
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer));
      });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
});

const run = (...args: readonly string[]): Promise<Done> =>
  runCommand([...args, '--url', `http://127.0.0.1:${(server.address() as AddressInfo).port}`], {
    open: apiAt,
    waits: { tries: 3, everyMs: 1 },
  });

describe('npm run person', () => {
  it('exports all that is known, and says when it is not all', async () => {
    answers = [[200, { items: [{}, {}], missing: [] }]];
    expect(await run('export', '--email', 'ada@example.org')).toMatchObject({ note: '2 items.', code: 0 });
    expect(asked).toMatchObject([{ method: 'POST', path: '/customers/export', body: { email: 'ada@example.org' } }]);
    answers = [[200, { items: [], missing: ['shipping'] }]];
    asked = [];
    expect(await run('export', '--customer', 'c-1')).toMatchObject({ note: expect.stringContaining('shipping'), code: 1 });
  });

  it('erases, and waits until every service has answered', async () => {
    answers = [
      [202, { erasureId: 'e-1', status: 'asked', missing: ['order'] }],
      [200, { erasureId: 'e-1', status: 'asked', missing: ['order'] }],
      [200, { erasureId: 'e-1', status: 'erased', missing: [] }],
    ];
    const done = await run('erase', '--customer', 'c-1', '--reason', 'Ticket 1', '--key', 'once');
    expect(done).toMatchObject({ note: expect.stringContaining('Erased.'), code: 0 });
    expect(JSON.parse(done.text)).toMatchObject({ status: 'erased' });
    expect(asked).toMatchObject([
      { method: 'POST', path: '/customers/erasures', key: 'once', body: { customerId: 'c-1', reason: 'Ticket 1' } },
      { method: 'GET', path: '/customers/erasures/e-1' },
      { method: 'GET', path: '/customers/erasures/e-1' },
    ]);
  });

  it('names who has not answered, and what it waits for', async () => {
    answers = [[202, { erasureId: 'e-1', status: 'asked', missing: ['shipping'] }]];
    expect(await run('erase', '--customer', 'c-1')).toMatchObject({ note: expect.stringContaining('shipping have not answered'), code: 1 });
    answers = [[202, { erasureId: 'e-1', status: 'waiting', waitsFor: ['o-1'] }]];
    asked = [];
    expect(await run('erase', '--customer', 'c-1', '--wait-for-orders')).toMatchObject({
      note: expect.stringContaining('1 orders'),
      code: 0,
    });
    expect(asked).toMatchObject([{ body: { whenOpen: 'wait' } }]);
  });

  it('says who calls, by a token from a file', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'cartage-person-')), 'token');
    writeFileSync(file, 'a.b.c\n');
    answers = [[200, { items: [], missing: [] }]];
    await run('export', '--customer', 'c-1', '--token-file', file);
    expect(asked).toMatchObject([{ caller: 'Bearer a.b.c' }]);
    await expect(run('export', '--customer', 'c-1', '--token-file', `${file}.not`)).rejects.toThrow('cannot be read');
  });

  it('shows a certificate again', async () => {
    answers = [[200, { erasureId: 'e-1', status: 'erased' }]];
    expect(await run('certificate', 'e-1')).toMatchObject({ code: 0 });
  });

  it.each<[readonly string[], string]>([
    [['erase'], 'Who?'],
    [['certificate'], 'Which one?'],
    [['forget'], 'There is no command forget'],
    [[], 'Usage'],
    [['export', '--name', 'Ada'], 'Usage'],
  ])('%j is told what is missing', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(message);
  });

  it('passes on what the service refuses', async () => {
    answers = [[409, { code: 'PERSON_HAS_OPEN_ORDERS', detail: 'One of their orders is under way.' }]];
    await expect(run('erase', '--customer', 'c-1')).rejects.toThrow('One of their orders is under way. (PERSON_HAS_OPEN_ORDERS)');
  });
});
