import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Done } from '../client/program';
import { apiAt } from './api';
import { runCommand } from './command';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

let server: Server;
let asked: Asked[];
let answers: Readonly<Record<string, readonly unknown[]>>;

const letter = (id: string, more: object = {}) => ({
  ...{ id, group: 'order.payment', type: 'PaymentAuthorized', key: 'o-1', state: 'dead', error: 'TypeError: no', attempts: 8, behind: 2 },
  ...more,
});
const refused = (status: number, code: string, detail: string) => ({ status, code, detail });

beforeAll(async () => {
  server = createServer((request, response) => {
    void request
      .setEncoding('utf8')
      .toArray()
      .then((chunks) => {
        const [path, method] = [request.url ?? '', request.method ?? ''];
        const given = answers[`${method} ${path.replace(/[?&]limit=200/, '')}`] ?? [];
        const turn = asked.filter((each) => each.method === method && each.path === path).length;
        asked.push({ method, path, body: chunks.join('') });
        const answer = given[Math.min(turn, given.length - 1)] ?? refused(404, 'PATH_UNKNOWN', `No service answers ${path}.`);
        response.writeHead(Number((answer as { readonly status?: number }).status ?? 200), { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer));
      });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  answers = {};
});

const urlOf = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const run = (...args: readonly string[]): Promise<Done> =>
  runCommand([...args, '--url', urlOf()], ['order', 'shipping'], (at) => apiAt(at, { tries: 3, everyMs: 1 }));

const list = '/operations/order/dead-letters';

describe('npm run dead-letters', () => {
  it('lists those of every service, page by page', async () => {
    answers = {
      [`GET ${list}`]: [{ items: [letter('7')], next: 'more' }],
      [`GET ${list}?cursor=more`]: [{ items: [letter('9', { state: 'waiting', error: '', behind: 0 })], next: null }],
      ['GET /operations/shipping/dead-letters']: [{ items: [], next: null }],
    };
    const { text, code } = await run('list');
    expect(text.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['service', 'id', 'state', 'group', 'type', 'key', 'behind', 'error'],
      ['order', '7', 'dead', 'order.payment', 'PaymentAuthorized', 'o-1', '2', 'TypeError: no'],
      ['order', '9', 'waiting', 'order.payment', 'PaymentAuthorized', 'o-1', '0'],
    ]);
    expect(code).toBe(0);
  });

  it('sends one again and says what became of it', async () => {
    answers = {
      [`POST ${list}/7/send`]: [letter('7', { state: 'retrying' })],
      [`GET ${list}/7`]: [letter('7', { state: 'retrying' }), refused(404, 'DEAD_LETTER_UNKNOWN', 'It may have been taken.')],
    };
    expect(await run('send', '7', '--service', 'order')).toEqual({ text: 'It was taken; the 2 behind it follow.', code: 0 });
    answers = { [`POST ${list}/8/send`]: [letter('8', { state: 'retrying' })], [`GET ${list}/8`]: [letter('8')] };
    expect(await run('send', '8', '--service', 'order')).toEqual({
      text: 'It is dead again: TypeError: no\nMend the cause, or drop it.',
      code: 1,
    });
    answers = { [`POST ${list}/9/send`]: [letter('9', { state: 'retrying' })], [`GET ${list}/9`]: [letter('9', { state: 'retrying' })] };
    expect(await run('send', '9', '--service', 'order')).toMatchObject({ text: expect.stringContaining('/health/ready'), code: 1 });
  });

  it('drops one with its reason', async () => {
    answers = { [`POST ${list}/7/drop`]: [letter('7', { state: 'dropped' })] };
    expect(await run('drop', '7', '--service', 'order', '--reason', 'A test.')).toMatchObject({ code: 0 });
    expect(asked.at(-1)).toMatchObject({ body: '{"reason":"A test."}' });
  });

  it('shows one with all that came', async () => {
    answers = { [`GET ${list}/7`]: [{ ...letter('7'), stack: 'at x', value: '{}' }] };
    expect(JSON.parse((await run('show', '7', '--service', 'order')).text)).toMatchObject({ id: '7', value: '{}' });
  });

  it.each<[readonly string[], string]>([
    [[], 'Usage:'],
    [['bury', '7'], 'There is no command bury.\nUsage:'],
    [['constructor'], 'There is no command constructor.'],
    [['list', '--servise', 'order'], "Unknown option '--servise'"],
    [['show'], 'Which one? Name its id'],
    [['show', '7'], 'Whose is it? Name the service: --service order|shipping.'],
    [['drop', '7', '--service', 'order'], 'Why is it not to be taken?'],
    [['show', '7', '--service', 'order'], 'No service answers /operations/order/dead-letters/7. (PATH_UNKNOWN)'],
  ])('says what to do instead of %j', (args, message) => expect(run(...args)).rejects.toThrow(message));

  it('says what to do when nobody answers, or somebody else', async () => {
    await expect(runCommand(['list', '--url', 'http://127.0.0.1:1'], ['order'])).rejects.toThrow(
      'Nobody answers at http://127.0.0.1:1. Start Cartage (`npm start`), or say where it runs: --url',
    );
    await expect(runCommand(['list', '--url', 'nowhere'], ['order'])).rejects.toThrow('--url is an address such as');
    answers = { [`GET ${list}`]: [{ status: 500 }] };
    await expect(run('list', '--service', 'order')).rejects.toThrow('Is --url right?');
  });
});
